package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A version as the sandbox has it, whatever its lists show yet.
 *
 * @param id a UUID
 * @param number counted per Worker from 1
 * @param created when
 * @param annotations such as {@code workers/tag}
 */
public record WorkerVersion(
    String id, int number, Instant created, Map<String, String> annotations) {

  /** Checks that nothing is null. */
  public WorkerVersion {
    requireNonNull(id, "id");
    requireNonNull(created, "created");
    annotations = Map.copyOf(annotations);
  }

  static WorkerVersion of(Version version) {
    return new WorkerVersion(
        version.id(), version.number(), version.created(), version.annotations());
  }
}
