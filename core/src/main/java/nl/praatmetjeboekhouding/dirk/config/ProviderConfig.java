package nl.praatmetjeboekhouding.dirk.config;

import nl.praatmetjeboekhouding.dirk.catalog.CheckedSettings;

/** Which provider to use, and its settings. Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public final class ProviderConfig {

  private final String provider;

  private ProviderConfig(String provider) {
    this.provider = provider;
  }

  /** A provider without settings. */
  public static ProviderConfig of(String provider) {
    return new ProviderConfig(provider);
  }

  /** This one, with a text; {@code ${env:NAME}} stands for the secret of that name. */
  public ProviderConfig with(String name, String value) {
    throw new UnsupportedOperationException(name + value);
  }

  /** The provider's id. */
  public String provider() {
    return provider;
  }

  /** The settings for one call of {@code create}, which marks what it asks for. */
  public CheckedSettings settings(SecretsLookup lookup) {
    throw new UnsupportedOperationException(lookup.toString());
  }

  /** The id only: a setting may hold what was not meant to be shown. */
  @Override
  public String toString() {
    return "ProviderConfig[" + provider + "]";
  }
}
