package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.context.Acknowledgement;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;

/** The journal's forms of the values that several steps share. */
final class Forms {

  static final Form<String> TEXT = form(TextNode::valueOf, JsonNode::asText);

  static final Form<List<String>> TEXTS = list(TEXT);

  static final Form<Acknowledgement> ACKNOWLEDGEMENT =
      form(
          read -> {
            ObjectNode node = object();
            read.documents().forEach((name, digest) -> node.put(name, digest.hex()));
            return node;
          },
          node -> {
            Map<String, Digest> read = new TreeMap<>();
            node.properties()
                .forEach(one -> read.put(one.getKey(), new Digest(one.getValue().asText())));
            return new Acknowledgement(read);
          });

  static final Form<Version> VERSION = form(Forms::writeVersion, Forms::readVersion);

  static final Form<Deployment> DEPLOYMENT = form(Forms::writeDeployment, Forms::readDeployment);

  static final Form<LiveSetting> LIVE_SETTING =
      form(
          setting ->
              object()
                  .put("name", setting.name())
                  .put("value", setting.value())
                  .put("summary", setting.summary()),
          node ->
              new LiveSetting(
                  node.path("name").asText(),
                  node.path("value").asText(),
                  node.path("summary").asText()));

  private Forms() {}

  static <T> Form<T> form(Function<T, JsonNode> write, Function<JsonNode, T> read) {
    return new Form<>() {
      @Override
      public JsonNode write(T value) {
        return write.apply(value);
      }

      @Override
      public T read(JsonNode node) {
        return read.apply(node);
      }
    };
  }

  static <T> Form<Optional<T>> optional(Form<T> form) {
    return form(
        value -> value.map(form::write).orElse(NullNode.instance),
        node -> isAbsent(node) ? Optional.empty() : Optional.of(form.read(node)));
  }

  static <T> Form<List<T>> list(Form<T> form) {
    return form(
        values -> {
          ArrayNode array = JsonNodeFactory.instance.arrayNode();
          values.forEach(value -> array.add(form.write(value)));
          return array;
        },
        node -> {
          List<T> values = new ArrayList<>();
          node.forEach(element -> values.add(form.read(element)));
          return List.copyOf(values);
        });
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static Optional<String> text(JsonNode node, String name) {
    return isAbsent(node.path(name)) ? Optional.empty() : Optional.of(node.path(name).asText());
  }

  static ObjectNode writeTarget(Target target) {
    return object()
        .put("service", target.service())
        .put("environment", target.environment().name());
  }

  static Target readTarget(JsonNode node) {
    return new Target(
        node.path("service").asText(), new Environment(node.path("environment").asText()));
  }

  static ObjectNode writeRelease(Release release) {
    return object().put("label", release.label()).put("digest", release.digest().hex());
  }

  static Release readRelease(JsonNode node) {
    return new Release(node.path("label").asText(), new Digest(node.path("digest").asText()));
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static JsonNode writeSplit(Split split) {
    ArrayNode shares = JsonNodeFactory.instance.arrayNode();
    split
        .shares()
        .forEach(
            share ->
                shares.add(
                    object()
                        .put("version", share.version())
                        .put("percent", share.percent().toPlainString())));
    return shares;
  }

  private static Split readSplit(JsonNode node) {
    List<Split.Share> shares = new ArrayList<>();
    node.forEach(
        share ->
            shares.add(
                new Split.Share(
                    share.path("version").asText(),
                    new java.math.BigDecimal(share.path("percent").asText()))));
    return new Split(shares);
  }

  private static JsonNode writeVersion(Version version) {
    ObjectNode node = object().put("id", version.id());
    node.set("target", writeTarget(version.target()));
    version.release().ifPresent(release -> node.set("release", writeRelease(release)));
    version.key().ifPresent(key -> node.put("key", key));
    version.created().ifPresent(created -> node.put("created", created.toString()));
    node.set("progress", writeProgress(version.progress()));
    return node.put("reference", version.reference());
  }

  private static Version readVersion(JsonNode node) {
    return new Version(
        node.path("id").asText(),
        readTarget(node.path("target")),
        isAbsent(node.path("release"))
            ? Optional.empty()
            : Optional.of(readRelease(node.path("release"))),
        text(node, "key"),
        text(node, "created").map(Instant::parse),
        readProgress(node.path("progress")),
        node.path("reference").asText());
  }

  private static JsonNode writeDeployment(Deployment deployment) {
    ObjectNode node = object().put("id", deployment.id());
    node.set("target", writeTarget(deployment.target()));
    node.set("split", writeSplit(deployment.split()));
    deployment.key().ifPresent(key -> node.put("key", key));
    deployment.created().ifPresent(created -> node.put("created", created.toString()));
    node.set("progress", writeProgress(deployment.progress()));
    return node.put("reference", deployment.reference());
  }

  private static Deployment readDeployment(JsonNode node) {
    return new Deployment(
        node.path("id").asText(),
        readTarget(node.path("target")),
        readSplit(node.path("split")),
        text(node, "key"),
        text(node, "created").map(Instant::parse),
        readProgress(node.path("progress")),
        node.path("reference").asText());
  }

  private static JsonNode writeProgress(Progress progress) {
    if (progress instanceof Progress.Failed failed) {
      return object().put("state", "failed").put("reason", failed.reason());
    }
    return object().put("state", progress instanceof Progress.Pending ? "pending" : "ready");
  }

  private static Progress readProgress(JsonNode node) {
    return switch (node.path("state").asText()) {
      case "pending" -> Progress.pending();
      case "failed" -> Progress.failed(node.path("reason").asText());
      default -> Progress.ready();
    };
  }
}
