package nl.praatmetjeboekhouding.dirk.internal;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Deployed;

/** What serves a stage after something was done to it, for the report. */
final class Serving {

  private Serving() {}

  static Deployed after(Stage stage, Rollout.Went went) {
    Deployed.Status status =
        switch (went.reached()) {
          case HEALTHY -> Deployed.Status.HEALTHY;
          case SICK -> Deployed.Status.UNHEALTHY;
          default -> Deployed.Status.UNKNOWN;
        };
    return of(stage, status, went.version(), went.deployment(), went.verdict());
  }

  static Deployed after(Stage stage, Version good, WayBack.Went went) {
    Deployed.Status status =
        switch (went.reached()) {
          case BACK -> Deployed.Status.ROLLED_BACK;
          case FAILED -> Deployed.Status.UNHEALTHY;
          default -> Deployed.Status.UNKNOWN;
        };
    return of(stage, status, Optional.of(good), went.deployment(), went.verdict());
  }

  static Deployed unhealthy(Stage stage, Rollout rollout) {
    return of(
        stage, Deployed.Status.UNHEALTHY, rollout.version(), Optional.empty(), Optional.empty());
  }

  private static Deployed of(
      Stage stage,
      Deployed.Status status,
      Optional<Version> version,
      Optional<Deployment> deployment,
      Optional<Verdict> verdict) {
    return new Deployed(
        stage.target(),
        version.flatMap(Version::release).map(Release::label),
        status,
        version.map(Version::id),
        deployment.map(Deployment::id),
        verdict.flatMap(Verdict::identity),
        verdict.filter(seen -> seen.kind() == Verdict.Kind.PASS).isPresent());
  }
}
