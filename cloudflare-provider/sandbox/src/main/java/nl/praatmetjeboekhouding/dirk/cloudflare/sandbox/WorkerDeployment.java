package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A deployment as the sandbox has it, whatever its lists show and the edge serves yet.
 *
 * @param id a UUID
 * @param created when
 * @param shares percentages by version id
 * @param annotations such as {@code workers/message}
 */
public record WorkerDeployment(
    String id, Instant created, Map<String, Double> shares, Map<String, String> annotations) {

  /** Checks that nothing is null. */
  public WorkerDeployment {
    requireNonNull(id, "id");
    requireNonNull(created, "created");
    shares = Map.copyOf(shares);
    annotations = Map.copyOf(annotations);
  }

  static WorkerDeployment of(Rollout rollout) {
    return new WorkerDeployment(
        rollout.id(),
        rollout.created(),
        rollout.shares().stream().collect(Collectors.toMap(Share::versionId, Share::percentage)),
        rollout.annotations());
  }
}
