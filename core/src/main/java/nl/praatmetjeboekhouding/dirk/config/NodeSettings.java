package nl.praatmetjeboekhouding.dirk.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.catalog.CheckedSettings;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** Settings over nodes. Never tells a value, for it may be a secret in the wrong place. */
final class NodeSettings implements CheckedSettings {

  private final Place place;
  private final SecretsLookup lookup;
  private final Faults faults = new Faults();
  private final Section section;

  /** Settings of a provider that is named at {@code place}; their names follow {@code path}. */
  NodeSettings(Place place, String path, Node.Members members, SecretsLookup lookup) {
    this.place = place;
    this.lookup = lookup;
    this.section = new Section(path, members, faults);
  }

  @Override
  public String required(String name) {
    return required(name, text(name), "a text");
  }

  @Override
  public Optional<String> text(String name) {
    return section.text(name);
  }

  @Override
  public Optional<Boolean> flag(String name) {
    return section.flag(name);
  }

  @Override
  public Optional<Long> number(String name) {
    return section.number(name);
  }

  @Override
  public Optional<Duration> duration(String name) {
    return section.text(name, Forms::duration);
  }

  @Override
  public Optional<URI> uri(String name) {
    return section.text(name, Forms::uri);
  }

  @Override
  public Path requiredPath(String name) {
    return required(name, path(name), "a path");
  }

  @Override
  public Optional<Path> path(String name) {
    return section.text(name, Forms::path);
  }

  @Override
  public Map<String, String> texts(String name) {
    return section.section(name, "an object of texts").map(NodeSettings::texts).orElse(Map.of());
  }

  private static Map<String, String> texts(Section object) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String key : object.names()) {
      object.anyText(key).ifPresent(text -> texts.put(key, text));
    }
    return texts;
  }

  @Override
  public Secret requiredSecret(String name) {
    return required(name, secret(name), SecretReference.FORM);
  }

  @Override
  public Optional<Secret> secret(String name) {
    return section.secret(name).map(secret -> Secrets.of(secret, lookup));
  }

  @Override
  public void refuse(String name, String why) {
    section.fault(name, why);
  }

  @Override
  public List<Fault> wrong() {
    return faults.all();
  }

  @Override
  public List<Fault> unread() {
    return section.unread();
  }

  @Override
  public Fault fault(String message) {
    return place.fault(message);
  }

  private <V> V required(String name, Optional<V> value, String form) {
    if (value.isPresent()) {
      return value.get();
    }
    String hint =
        Spelling.nearest(name, section.unknown())
            .map(word -> "; is " + Shown.name(word) + " meant to be it?")
            .orElse("");
    section.required(name, value, form + hint);
    throw new ConfigurationException(faults.all());
  }
}
