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
          default -> share(went);
        };
    return of(stage, status, went.version(), went.deployment(), went.verdict());
  }

  /** What can be said of a version that nobody judged: which part of the traffic it has. */
  private static Deployed.Status share(Rollout.Went went) {
    boolean shares = went.deployment().filter(made -> made.split().sole().isEmpty()).isPresent();
    return shares ? Deployed.Status.RAMPING : Deployed.Status.UNKNOWN;
  }

  /**
   * After a way back.
   *
   * @param bad what was to be put away, and still serves where that certainly failed
   */
  static Deployed after(Stage stage, Version good, Optional<Version> bad, WayBack.Went went) {
    boolean isBack = went.deployment().isPresent();
    return switch (went.reached()) {
      case BACK ->
          of(
              stage,
              Deployed.Status.ROLLED_BACK,
              Optional.of(good),
              went.deployment(),
              went.verdict());
      case FAILED ->
          of(
              stage,
              Deployed.Status.UNHEALTHY,
              isBack ? Optional.of(good) : bad,
              went.deployment(),
              went.verdict());
      case UNKNOWN ->
          of(
              stage,
              Deployed.Status.UNKNOWN,
              isBack ? Optional.of(good) : Optional.empty(),
              went.deployment(),
              went.verdict());
      case CONFLICT -> unknown(stage);
    };
  }

  /** What a rollout left, in a state that nothing was done about. */
  static Deployed left(Stage stage, Deployed.Status status, Rollout rollout) {
    return of(stage, status, rollout.version(), rollout.deployment(), Optional.empty());
  }

  private static Deployed unknown(Stage stage) {
    return of(stage, Deployed.Status.UNKNOWN, Optional.empty(), Optional.empty(), Optional.empty());
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
