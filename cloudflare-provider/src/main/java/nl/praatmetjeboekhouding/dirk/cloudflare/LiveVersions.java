package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** The versions of a Worker that serve. Reads only. */
final class LiveVersions {

  private final Workers workers;
  private final String worker;
  private final Supplier<CallContext> calls;

  LiveVersions(Workers workers, String worker, Supplier<CallContext> calls) {
    this.workers = workers;
    this.worker = worker;
    this.calls = calls;
  }

  /**
   * Whether Dirk uploaded all of them; false if that is not to be seen. A version that came of a
   * secret that was set is the one before it, as to code and settings.
   */
  boolean areOurs() {
    try (Together together = workers.together(calls.get())) {
      Together.Later<Set<String>> live = together.start(this::live);
      Together.Later<List<JsonNode>> all =
          together.start(() -> workers.versions(worker, 1, calls.get()).versions());
      return !live.get().isEmpty()
          && live.get().stream().allMatch(version -> isOurs(version, all.get()));
    }
  }

  private Set<String> live() {
    Set<String> live = new HashSet<>();
    workers.deployments(worker, calls.get()).stream()
        .limit(1)
        .forEach(
            deployment ->
                deployment
                    .path("versions")
                    .forEach(version -> live.add(version.path("version_id").asText())));
    return live;
  }

  private static boolean isOurs(String id, List<JsonNode> newestFirst) {
    return newestFirst.stream()
        .dropWhile(version -> !version.path("id").asText().equals(id))
        .dropWhile(Annotations::isOfASecret)
        .findFirst()
        .filter(Annotations::isOurs)
        .isPresent();
  }
}
