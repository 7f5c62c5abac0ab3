package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;

/**
 * Looks for earlier effects by the keys that they carried. That one is absent is said only where
 * Cloudflare's list is complete, or holds something older than the intent.
 */
final class Sightings {

  /** How many pages of versions are looked through. */
  private static final int PAGES = 10;

  /** How many deployments Cloudflare lists at most: a shorter list is complete. */
  private static final int LISTED = 10;

  /** How far this machine's clock may be from Cloudflare's. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  private final Workers workers;

  Sightings(Workers workers) {
    this.workers = workers;
  }

  /** Looks page by page, no further back than the intent. */
  Sighting<Version> upload(FindRequest request, String worker, CallContext call) {
    Remaining remaining = new Remaining(call, workers.time());
    for (int page = 1; page <= PAGES; page++) {
      VersionPage versions = workers.versions(worker, page, remaining.call());
      Optional<JsonNode> found = uploaded(versions.versions(), request.key());
      if (found.isPresent()) {
        return new Sighting.Done<>(Answers.version(found.get(), request.target()));
      }
      boolean older =
          isOlder(versions.versions(), version -> version.path("metadata"), request.since());
      if (versions.last() || older) {
        return new Sighting.Absent<>();
      }
    }
    return new Sighting.CannotTell<>(
        "the last " + PAGES + " pages of versions do not reach back to " + request.since());
  }

  Sighting<Deployment> activation(FindRequest request, String worker, CallContext call) {
    List<JsonNode> deployments = workers.deployments(worker, call);
    for (int index = 0; index < deployments.size(); index++) {
      JsonNode listed = deployments.get(index);
      if (Annotations.activationKey(listed).equals(Optional.of(request.key().text()))) {
        Deployment deployment = Answers.deployment(listed, request.target());
        return index == 0 ? new Sighting.Done<>(deployment) : new Sighting.Superseded<>(deployment);
      }
    }
    boolean complete = deployments.size() < LISTED;
    return complete || isOlder(deployments, Function.identity(), request.since())
        ? new Sighting.Absent<>()
        : new Sighting.CannotTell<>(
            "the "
                + deployments.size()
                + " deployments that Cloudflare lists do not reach back to "
                + request.since());
  }

  private static Optional<JsonNode> uploaded(List<JsonNode> versions, StepKey key) {
    return versions.stream()
        .filter(version -> Annotations.uploadKey(version).equals(Optional.of(key.text())))
        .findFirst();
  }

  /** Whether one is certainly older than the intent. What has no date proves nothing. */
  private static boolean isOlder(
      List<JsonNode> list, Function<JsonNode, JsonNode> dated, Instant since) {
    Instant earliest = since.minus(CLOCKS_DIFFER);
    return list.stream()
        .flatMap(member -> Answers.created(dated.apply(member)).stream())
        .anyMatch(created -> created.isBefore(earliest));
  }
}
