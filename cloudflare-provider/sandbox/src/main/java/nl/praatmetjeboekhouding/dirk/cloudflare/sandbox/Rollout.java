package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A deployment: which versions serve from when on.
 *
 * @param visibleFrom nanoseconds of the time source from which lists show it
 * @param servedFrom nanoseconds of the time source from which the edge follows it
 */
record Rollout(
    String id,
    Instant created,
    List<Share> shares,
    Map<String, String> annotations,
    long visibleFrom,
    long servedFrom) {

  Rollout {
    shares = List.copyOf(shares);
    annotations = Map.copyOf(annotations);
  }

  boolean has(String versionId) {
    return shares.stream().anyMatch(share -> share.versionId().equals(versionId));
  }
}
