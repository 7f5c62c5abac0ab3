package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;

/** Looks for earlier effects by the keys that they carried. */
final class Sightings {

  private static final int PAGES = 10;
  private static final int LISTED = 10;
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

  private final Workers workers;

  Sightings(Workers workers) {
    this.workers = workers;
  }

  Sighting<Version> upload(FindRequest request, String worker, CallContext call) {
    for (int page = 1; page <= PAGES; page++) {
      VersionPage versions = workers.versions(worker, page, call);
      Optional<JsonNode> found = uploaded(versions.versions(), request.key());
      if (found.isPresent()) {
        return new Sighting.Done<>(Answers.version(found.get(), request.target()));
      }
      if (versions.last()) {
        return new Sighting.Absent<>();
      }
    }
    return new Sighting.CannotTell<>("Cloudflare lists more versions than Dirk looks through");
  }

  Sighting<Deployment> activation(FindRequest request, String worker, CallContext call) {
    List<JsonNode> deployments = workers.deployments(worker, call);
    for (int index = 0; index < deployments.size(); index++) {
      Deployment deployment = Answers.deployment(deployments.get(index), request.target());
      if (deployment.key().equals(Optional.of(request.key().text()))) {
        return index == 0 ? new Sighting.Done<>(deployment) : new Sighting.Superseded<>(deployment);
      }
    }
    return deployments.size() < LISTED || reachesBack(deployments, request.since())
        ? new Sighting.Absent<>()
        : new Sighting.CannotTell<>("Cloudflare lists only the last deployments");
  }

  private static Optional<JsonNode> uploaded(List<JsonNode> versions, StepKey key) {
    return versions.stream()
        .filter(version -> Annotations.uploadKey(version).equals(Optional.of(key.text())))
        .findFirst();
  }

  /** Whether the oldest deployment is older than the intent, clocks that differ allowed for. */
  private static boolean reachesBack(List<JsonNode> deployments, Instant since) {
    return Answers.created(deployments.get(deployments.size() - 1))
        .filter(oldest -> oldest.isBefore(since.minus(CLOCKS_DIFFER)))
        .isPresent();
  }
}
