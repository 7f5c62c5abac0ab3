package nl.praatmetjeboekhouding.dirk.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.catalog.CheckedSettings;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** Settings over nodes. Never tells a value, for it may be a secret in the wrong place. */
final class NodeSettings implements CheckedSettings {

  private final String path;
  private final Node.Members members;
  private final SecretsLookup lookup;
  private final Set<String> known = new LinkedHashSet<>();

  NodeSettings(String path, Node.Members members, SecretsLookup lookup) {
    this.path = path;
    this.members = members;
    this.lookup = lookup;
  }

  @Override
  public String required(String name) {
    return text(name).orElseThrow(() -> missing(name, "a text"));
  }

  @Override
  public Optional<String> text(String name) {
    return node(name).map(node -> plain(name, node));
  }

  @Override
  public Optional<Boolean> flag(String name) {
    return node(name).map(node -> as(Node.Flag.class, name, node, "true or false").on());
  }

  @Override
  public Optional<Long> number(String name) {
    String form = "a whole number";
    return node(name)
        .map(
            node -> {
              try {
                return as(Node.Amount.class, name, node, form).value().longValueExact();
              } catch (ArithmeticException e) {
                throw wrong(name, node, "must be " + form);
              }
            });
  }

  @Override
  public Optional<Duration> duration(String name) {
    return node(name)
        .map(
            node ->
                Durations.parse(plain(name, node))
                    .orElseThrow(() -> wrong(name, node, "must be " + Durations.FORM)));
  }

  @Override
  public Optional<URI> uri(String name) {
    return node(name).map(node -> uri(name, node));
  }

  @Override
  public Map<String, String> texts(String name) {
    return node(name)
        .map(node -> texts(name, as(Node.Members.class, name, node, "an object of texts")))
        .orElse(Map.of());
  }

  @Override
  public Secret requiredSecret(String name) {
    return secret(name).orElseThrow(() -> missing(name, SecretReference.FORM));
  }

  @Override
  public Optional<Secret> secret(String name) {
    return node(name)
        .map(
            node ->
                SecretReference.name(as(Node.Text.class, name, node, "text").text())
                    .map(secret -> Secrets.of(secret, lookup))
                    .orElseThrow(
                        () ->
                            wrong(
                                name,
                                node,
                                "must be %s, for it is a secret: its value may not stand in a file"
                                    .formatted(SecretReference.FORM))));
  }

  @Override
  public List<Fault> unread() {
    List<Fault> unread = new ArrayList<>();
    members
        .members()
        .forEach(
            (name, member) -> {
              if (!known.contains(name)) {
                unread.add(
                    member.name().fault(path(name) + " is unknown" + Spelling.hint(name, known)));
              }
            });
    return unread;
  }

  private Optional<Node> node(String name) {
    known.add(name);
    return Optional.ofNullable(members.members().get(name)).map(Node.Member::value);
  }

  private URI uri(String name, Node node) {
    try {
      URI uri = new URI(plain(name, node));
      if (uri.isAbsolute() && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw wrong(name, node, "must be a URI: " + e.getReason());
    }
    throw wrong(name, node, "must be an absolute URI without user name and password");
  }

  private Map<String, String> texts(String name, Node.Members object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object
        .members()
        .forEach((key, member) -> texts.put(key, plain(name + "." + key, member.value())));
    return texts;
  }

  private String plain(String name, Node node) {
    String text = as(Node.Text.class, name, node, "text").text();
    if (text.isBlank()) {
      throw wrong(name, node, "must not be empty");
    }
    if (SecretReference.isHinted(text)) {
      throw wrong(name, node, "is not a secret: write the text itself");
    }
    return text;
  }

  private <N extends Node> N as(Class<N> type, String name, Node node, String form) {
    if (type.isInstance(node)) {
      return type.cast(node);
    }
    throw wrong(name, node, "must be " + form + ", not " + node.kind());
  }

  private ConfigurationException wrong(String name, Node node, String problem) {
    return new ConfigurationException(List.of(node.place().fault(path(name) + " " + problem)));
  }

  private ConfigurationException missing(String name, String form) {
    return new ConfigurationException(
        List.of(members.place().fault(path(name) + " is missing: set it to " + form)));
  }

  private String path(String name) {
    return path + "." + name;
  }
}
