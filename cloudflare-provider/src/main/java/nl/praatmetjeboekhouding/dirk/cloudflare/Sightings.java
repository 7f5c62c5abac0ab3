package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;

/** Looks for earlier effects by the keys that they carried. */
final class Sightings {

  private static final int PAGES = 10;
  private static final int LISTED = 10;

  private final Workers workers;

  Sightings(Workers workers) {
    this.workers = workers;
  }

  Sighting<Version> upload(StepKey key, String worker, Target target, CallContext call) {
    for (int page = 1; page <= PAGES; page++) {
      VersionPage versions = workers.versions(worker, page, call);
      Optional<JsonNode> found = uploaded(versions.versions(), key);
      if (found.isPresent()) {
        return new Sighting.Done<>(Answers.version(found.get(), target));
      }
      if (versions.last()) {
        return new Sighting.Absent<>();
      }
    }
    return new Sighting.CannotTell<>("Cloudflare lists more versions than Dirk looks through");
  }

  Sighting<Deployment> activation(StepKey key, String worker, Target target, CallContext call) {
    List<JsonNode> deployments = workers.deployments(worker, call);
    for (int index = 0; index < deployments.size(); index++) {
      Deployment deployment = Answers.deployment(deployments.get(index), target);
      if (deployment.key().equals(Optional.of(key.text()))) {
        return index == 0 ? new Sighting.Done<>(deployment) : new Sighting.Superseded<>(deployment);
      }
    }
    return deployments.size() < LISTED || reachesBack(deployments, key, worker, call)
        ? new Sighting.Absent<>()
        : new Sighting.CannotTell<>("Cloudflare lists only the last deployments");
  }

  private static Optional<JsonNode> uploaded(List<JsonNode> versions, StepKey key) {
    return versions.stream()
        .filter(version -> Annotations.uploadKey(version).equals(Optional.of(key.text())))
        .findFirst();
  }

  /** Whether the oldest deployment is older than what the run itself uploaded before. */
  private boolean reachesBack(
      List<JsonNode> deployments, StepKey key, String worker, CallContext call) {
    Optional<Instant> oldest = Answers.created(deployments.get(deployments.size() - 1));
    String run = new StepKey(key.run(), "-").text();
    String prefix = run.substring(0, run.length() - 1);
    return workers.versions(worker, 1, call).versions().stream()
        .filter(version -> Annotations.uploadKey(version).orElse("").startsWith(prefix))
        .flatMap(version -> Answers.created(version.path("metadata")).stream())
        .anyMatch(uploaded -> oldest.isPresent() && oldest.get().isBefore(uploaded));
  }
}
