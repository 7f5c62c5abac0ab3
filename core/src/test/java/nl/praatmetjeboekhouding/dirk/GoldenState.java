package nl.praatmetjeboekhouding.dirk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;

/**
 * What stood at the vendor at one moment of a golden run, newest first. Its form is its own, so
 * that it stays readable whatever becomes of the journal's.
 *
 * @param crons what is set beside the versions; nothing where the vendor has no settings
 */
record GoldenState(
    Map<Target, List<Version>> versions,
    Map<Target, List<Deployment>> deployments,
    Map<Target, String> crons) {

  GoldenState {
    versions = Map.copyOf(versions);
    deployments = Map.copyOf(deployments);
    crons = Map.copyOf(crons);
  }

  /** As it is now; lag does not hide anything. */
  static GoldenState of(InMemoryDeployer deployer, Optional<SettingsVendor> settings) {
    Map<Target, List<Version>> versions = new HashMap<>();
    Map<Target, List<Deployment>> deployments = new HashMap<>();
    Map<Target, String> crons = new HashMap<>();
    for (Target target : List.of(Scene.STAGING, Scene.PRODUCTION)) {
      versions.put(target, deployer.versions(target));
      deployments.put(target, deployer.deployments(target));
      settings.ifPresent(vendor -> crons.put(target, vendor.crons(target)));
    }
    return new GoldenState(versions, deployments, crons);
  }

  List<Version> made(Target target) {
    return versions.getOrDefault(target, List.of());
  }

  List<Deployment> served(Target target) {
    return deployments.getOrDefault(target, List.of());
  }

  JsonNode toJson() {
    ObjectNode node = object();
    for (Target target : List.of(Scene.STAGING, Scene.PRODUCTION)) {
      ObjectNode place = node.putObject(target.environment().name());
      ArrayNode made = place.putArray("versions");
      versions.getOrDefault(target, List.of()).forEach(version -> made.add(write(version)));
      ArrayNode served = place.putArray("deployments");
      deployments
          .getOrDefault(target, List.of())
          .forEach(deployment -> served.add(write(deployment)));
      Optional.ofNullable(crons.get(target)).ifPresent(text -> place.put("crons", text));
    }
    return node;
  }

  static GoldenState of(JsonNode node) {
    Map<Target, List<Version>> versions = new HashMap<>();
    Map<Target, List<Deployment>> deployments = new HashMap<>();
    Map<Target, String> crons = new HashMap<>();
    for (Target target : List.of(Scene.STAGING, Scene.PRODUCTION)) {
      JsonNode place = node.path(target.environment().name());
      List<Version> made = new ArrayList<>();
      place.path("versions").forEach(one -> made.add(version(one, target)));
      List<Deployment> served = new ArrayList<>();
      place.path("deployments").forEach(one -> served.add(deployment(one, target)));
      versions.put(target, made);
      deployments.put(target, served);
      text(place, "crons").ifPresent(text -> crons.put(target, text));
    }
    return new GoldenState(versions, deployments, crons);
  }

  private static ObjectNode write(Version version) {
    ObjectNode node = object().put("id", version.id());
    version
        .release()
        .ifPresent(
            release -> node.put("label", release.label()).put("digest", release.digest().hex()));
    version.key().ifPresent(key -> node.put("key", key));
    return node.put("created", version.created().orElseThrow().toString());
  }

  private static ObjectNode write(Deployment deployment) {
    ObjectNode node = object().put("id", deployment.id());
    ObjectNode split = node.putObject("split");
    deployment.split().shares().forEach(share -> split.put(share.version(), share.percent()));
    deployment.key().ifPresent(key -> node.put("key", key));
    return node.put("created", deployment.created().orElseThrow().toString());
  }

  private static Version version(JsonNode node, Target target) {
    return new Version(
        node.path("id").asText(),
        target,
        text(node, "label")
            .map(label -> new Release(label, new Digest(node.path("digest").asText()))),
        text(node, "key"),
        text(node, "created").map(Instant::parse),
        Progress.ready(),
        "");
  }

  private static Deployment deployment(JsonNode node, Target target) {
    List<Split.Share> shares = new ArrayList<>();
    node.path("split")
        .properties()
        .forEach(
            share ->
                shares.add(
                    new Split.Share(share.getKey(), new BigDecimal(share.getValue().asText()))));
    return new Deployment(
        node.path("id").asText(),
        target,
        new Split(shares),
        text(node, "key"),
        text(node, "created").map(Instant::parse),
        Progress.ready(),
        "");
  }

  private static Optional<String> text(JsonNode node, String name) {
    return node.hasNonNull(name) ? Optional.of(node.path(name).asText()) : Optional.empty();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
