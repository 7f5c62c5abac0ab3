package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A Worker of the account. Guarded by the account's lock. */
final class Script {

  final String name;
  final String tag;
  final Instant created;
  final Deque<Version> versions = new ArrayDeque<>();
  final Deque<Rollout> rollouts = new ArrayDeque<>();
  final ObjectNode settings = JsonNodeFactory.instance.objectNode();
  ArrayNode schedules = JsonNodeFactory.instance.arrayNode();
  Instant modified;
  boolean onWorkersDev;
  boolean previews;
  @Nullable String migrationTag;

  Script(String name, String tag, Instant now) {
    this.name = name;
    this.tag = tag;
    this.created = now;
    this.modified = now;
  }

  Optional<Version> version(String id) {
    return versions.stream().filter(version -> version.id().equals(id)).findFirst();
  }

  Optional<Version> newest() {
    return Optional.ofNullable(versions.peekFirst());
  }

  Optional<Rollout> active() {
    return Optional.ofNullable(rollouts.peekFirst());
  }

  /** What the edge follows at a moment, in nanoseconds of the time source. */
  Optional<Rollout> served(long now) {
    return rollouts.stream().filter(rollout -> rollout.servedFrom() - now <= 0).findFirst();
  }

  Stream<Version> visibleVersions(long now) {
    return versions.stream().filter(version -> version.visibleFrom() - now <= 0);
  }

  Stream<Rollout> visibleRollouts(long now) {
    return rollouts.stream().filter(rollout -> rollout.visibleFrom() - now <= 0);
  }
}
