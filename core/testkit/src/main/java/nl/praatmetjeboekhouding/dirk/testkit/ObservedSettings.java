package nl.praatmetjeboekhouding.dirk.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.spi.Settings;

/** Settings that remember what was asked for, and of which some can be missing. Not thread-safe. */
final class ObservedSettings implements Settings {

  private final Settings settings;
  private final Set<String> missing;
  private final Set<String> asked = new TreeSet<>();

  /**
   * @param missing the names of settings that are as if nobody had set them
   */
  ObservedSettings(Settings settings, Set<String> missing) {
    this.settings = settings;
    this.missing = missing;
  }

  /** The names that were asked for. */
  Set<String> asked() {
    return asked;
  }

  @Override
  public String required(String name) {
    if (isMissing(name)) {
      throw isMissingFault(name);
    }
    return settings.required(name);
  }

  @Override
  public Optional<String> text(String name) {
    return isMissing(name) ? Optional.empty() : settings.text(name);
  }

  @Override
  public Optional<Boolean> flag(String name) {
    return isMissing(name) ? Optional.empty() : settings.flag(name);
  }

  @Override
  public Optional<Long> number(String name) {
    return isMissing(name) ? Optional.empty() : settings.number(name);
  }

  @Override
  public Optional<Duration> duration(String name) {
    return isMissing(name) ? Optional.empty() : settings.duration(name);
  }

  @Override
  public Optional<URI> uri(String name) {
    return isMissing(name) ? Optional.empty() : settings.uri(name);
  }

  @Override
  public Path requiredPath(String name) {
    if (isMissing(name)) {
      throw isMissingFault(name);
    }
    return settings.requiredPath(name);
  }

  @Override
  public Optional<Path> path(String name) {
    return isMissing(name) ? Optional.empty() : settings.path(name);
  }

  @Override
  public Map<String, String> texts(String name) {
    return isMissing(name) ? Map.of() : settings.texts(name);
  }

  @Override
  public Secret requiredSecret(String name) {
    if (isMissing(name)) {
      throw isMissingFault(name);
    }
    return settings.requiredSecret(name);
  }

  @Override
  public Optional<Secret> secret(String name) {
    return isMissing(name) ? Optional.empty() : settings.secret(name);
  }

  @Override
  public void refuse(String name, String why) {
    settings.refuse(name, why);
  }

  private boolean isMissing(String name) {
    asked.add(name);
    return missing.contains(name);
  }

  private static ConfigurationException isMissingFault(String name) {
    return new ConfigurationException("settings", name + " is missing");
  }
}
