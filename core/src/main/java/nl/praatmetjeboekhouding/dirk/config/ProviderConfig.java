package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.catalog.CheckedSettings;

/** Which provider to use, and its settings. Immutable. */
public final class ProviderConfig {

  private final String provider;
  private final Place place;
  private final String path;
  private final Node.Members settings;

  private ProviderConfig(String provider, Place place, String path, Node.Members settings) {
    this.provider = requireNonNull(provider, "provider");
    this.place = place;
    this.path = path;
    this.settings = settings;
  }

  /** A provider without settings. */
  public static ProviderConfig of(String provider) {
    Place place = Place.none("provider " + provider);
    return of(provider, place, "settings", Node.Members.none(place));
  }

  /** A provider that is named at a place, with settings whose names follow {@code path}. */
  static ProviderConfig of(String provider, Place place, String path, Node.Members settings) {
    return new ProviderConfig(provider, place, path, settings);
  }

  /** This one, with a text; {@code ${env:NAME}} stands for the secret of that name. */
  public ProviderConfig with(String name, String value) {
    return with(name, text(value));
  }

  /** This one, with a switch. */
  public ProviderConfig with(String name, boolean value) {
    return with(name, new Node.Flag(settings.place(), value));
  }

  /** This one, with a whole number. */
  public ProviderConfig with(String name, long value) {
    return with(name, new Node.Amount(settings.place(), BigDecimal.valueOf(value)));
  }

  /** This one, with names and texts. */
  public ProviderConfig with(String name, Map<String, String> values) {
    Map<String, Node.Member> members = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> members.put(key, new Node.Member(settings.place(), text(value))));
    return with(name, new Node.Members(settings.place(), members));
  }

  /** The provider's id. */
  public String provider() {
    return provider;
  }

  /** The settings for one call of {@code create}; they mark what is asked for. */
  public CheckedSettings settings(SecretsLookup lookup) {
    return new NodeSettings(place, path, settings, requireNonNull(lookup, "lookup"));
  }

  /** The settings that name a secret: the secret's name by the setting's. */
  Map<String, String> secrets() {
    Map<String, String> secrets = new LinkedHashMap<>();
    settings
        .members()
        .forEach(
            (name, member) -> {
              if (member.value() instanceof Node.Text text) {
                SecretReference.name(text.text()).ifPresent(secret -> secrets.put(name, secret));
              }
            });
    return secrets;
  }

  private ProviderConfig with(String name, Node value) {
    requireNonNull(name, "name");
    return new ProviderConfig(provider, place, path, settings.with(name, value));
  }

  private Node.Text text(String value) {
    return new Node.Text(settings.place(), requireNonNull(value, "value"));
  }

  /** Whether provider and settings are the same, wherever they were written. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ProviderConfig that
        && provider.equals(that.provider)
        && settings.plain().equals(that.settings.plain());
  }

  @Override
  public int hashCode() {
    return 31 * provider.hashCode() + settings.plain().hashCode();
  }

  /** The id only: a setting may hold what was not meant to be shown. */
  @Override
  public String toString() {
    return "ProviderConfig[" + provider + "]";
  }
}
