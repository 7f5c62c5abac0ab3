package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/**
 * Adds a version to a Worker that is there; one that broke down is sent again if a look shows that
 * no version came of it. Used once.
 */
final class VersionUpload {

  private final Workers workers;
  private final Remaining remaining;
  private final Repeats repeats;

  VersionUpload(Workers workers, Remaining remaining, Repeats repeats) {
    this.workers = workers;
    this.remaining = remaining;
    this.repeats = repeats;
  }

  /**
   * The id of the version.
   *
   * @param newest the newest version before, as {@link #newest} gives it
   */
  String send(
      String worker,
      ObjectNode metadata,
      GivenSecrets secrets,
      List<WorkerModule> modules,
      Optional<String> newest) {
    JsonNode answer =
        repeats.send(
            () -> workers.uploadVersion(worker, metadata, secrets, modules, remaining.call()),
            failure -> sameAs(newest, worker, failure));
    String version = answer.path("id").asText("");
    if (version.isBlank()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Cloudflare took a version of " + worker + " without saying which; list them");
    }
    return version;
  }

  /**
   * The id of the newest of these; empty if there is none.
   *
   * @param versions newest first
   */
  static Optional<String> newest(List<JsonNode> versions) {
    return versions.stream().map(version -> version.path("id").asText("")).findFirst();
  }

  /** A version that came meanwhile may be this upload's or somebody else's: it is not taken. */
  private Optional<JsonNode> sameAs(
      Optional<String> newest, String worker, ProviderException failure) {
    if (newest(workers.versions(worker, 1, remaining.call()).versions()).equals(newest)) {
      return Optional.empty();
    }
    throw failure;
  }
}
