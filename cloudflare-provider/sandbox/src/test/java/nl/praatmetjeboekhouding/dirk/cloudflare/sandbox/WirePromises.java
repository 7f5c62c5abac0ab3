package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport.Status;

/** What a run owes whatever happens on the wire, held against what the sandbox has. */
final class WirePromises {

  private static final List<String> CRONS = List.of("5 * * * *");

  private final WireScene scene;
  private final boolean outage;
  private final WireRun.Seen seen;
  private final RunReport report;

  /**
   * @param outage whether Cloudflare stayed away longer than anybody waits
   */
  WirePromises(WireScene scene, boolean outage, WireRun.Seen seen) {
    this.scene = scene;
    this.outage = outage;
    this.seen = seen;
    this.report = seen.report();
  }

  void check() {
    eachKeyTookEffectOnce();
    stepsAreTrue();
    whatServesIsTrue();
    theOutcomeIsTrue();
    productionServesOnlyWhatPassedAGate();
    if (!outage) {
      assertThat(report.outcome())
          .as(report.summary())
          .isEqualTo(scene.isSick() ? Outcome.ROLLED_BACK : Outcome.SUCCEEDED);
    }
    assertThat(seen.leases()).as("leases left").isEmpty();
  }

  private void eachKeyTookEffectOnce() {
    for (WireRun.Standing standing : List.of(seen.staging(), seen.production())) {
      assertThat(standing.versions().stream().flatMap(WirePromises::key)).doesNotHaveDuplicates();
      assertThat(standing.deployments().stream().flatMap(WirePromises::key))
          .doesNotHaveDuplicates();
    }
  }

  /** An effect is told as done if the sandbox has it, and as failed if not. */
  private void stepsAreTrue() {
    for (StepReport step : report.steps()) {
      String name = step.name();
      if (step.status() == Status.UNKNOWN) {
        assertThat(report.outcome()).as(step.toString()).isNotEqualTo(Outcome.SUCCEEDED);
        continue;
      }
      WireRun.Standing standing = name.contains("staging") ? seen.staging() : seen.production();
      String key = new StepKey(WireRun.TASK, name).text();
      if (name.startsWith("upload ")) {
        boolean isThere =
            standing.versions().stream().flatMap(WirePromises::key).anyMatch(key::equals);
        assertThat(isThere).as(step.toString()).isEqualTo(step.status() == Status.DONE);
      } else if (name.matches("(activate|put back) [a-z]+|(go|end) dark in [a-z]+")) {
        boolean isThere =
            standing.deployments().stream().flatMap(WirePromises::key).anyMatch(key::equals);
        assertThat(isThere).as(step.toString()).isEqualTo(step.status() == Status.DONE);
      }
    }
  }

  private void whatServesIsTrue() {
    for (Deployed deployed : report.deployed()) {
      boolean isStaging = deployed.target().environment().equals(Environment.STAGING);
      WorkerDeployment active = active(isStaging ? seen.staging() : seen.production());
      if (deployed.status() != Deployed.Status.UNKNOWN) {
        assertThat(active.shares())
            .as(deployed.toString())
            .isEqualTo(Map.of(deployed.version().orElseThrow(), 100.0));
      }
      deployed.deployment().ifPresent(id -> assertThat(active.id()).isEqualTo(id));
      deployed
          .identity()
          .filter(said -> deployed.proven())
          .ifPresent(said -> assertThat(active.shares()).containsOnlyKeys(said));
    }
    assertThat(sole(active(seen.production()))).isEqualTo(seen.answering());
  }

  private void theOutcomeIsTrue() {
    String before = sole(active(seen.productionBefore()));
    String now = sole(active(seen.production()));
    switch (report.outcome()) {
      case SUCCEEDED -> {
        assertThat(now).isNotEqualTo(before);
        if (scene == WireScene.DEPLOY) {
          assertThat(step("activate production")).hasValue(Status.DONE);
          assertThat(step("check production")).hasValue(Status.DONE);
          assertThat(seen.production().schedules()).isEqualTo(CRONS);
          assertThat(seen.staging().schedules()).isEqualTo(CRONS);
        }
      }
      case ROLLED_BACK -> {
        assertThat(now).isEqualTo(before);
        boolean isToldOtherwise =
            report.notes().stream().anyMatch(note -> note.contains("not put back"));
        assertThat(isToldOtherwise && !outage).isFalse();
        if (!isToldOtherwise) {
          assertThat(seen.production().schedules()).isEqualTo(seen.productionBefore().schedules());
        }
      }
      case ROLLBACK_FAILED -> {
        assertThat(now).isNotEqualTo(before);
        assertThat(step("put back production")).hasValue(Status.FAILED);
      }
      case HELD ->
          assertThat(report.steps())
              .as(report.summary())
              .anyMatch(step -> step.status() == Status.UNKNOWN || step.status() == Status.FAILED);
      default -> {
        assertThat(report.summary()).contains("Production is as it was");
        boolean isToldOtherwise =
            report.notes().stream().anyMatch(note -> note.contains("share of 0 %"));
        assertThat(isToldOtherwise && !outage).isFalse();
        assertThat(now).isEqualTo(before);
        if (!isToldOtherwise) {
          assertThat(active(seen.production()).shares()).hasSize(1);
        }
        assertThat(seen.production().schedules()).isEqualTo(seen.productionBefore().schedules());
        assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      }
    }
  }

  private void productionServesOnlyWhatPassedAGate() {
    Optional<Status> gate = step("check staging");
    for (WorkerDeployment deployment : seen.production().deployments()) {
      boolean isEarlier =
          seen.productionBefore().deployments().stream()
              .anyMatch(earlier -> sole(earlier).equals(sole(deployment)));
      if (!isEarlier) {
        assertThat(gate).as("the gate before %s", deployment).hasValue(Status.DONE);
        assertThat(release(seen.production(), deployment))
            .isEqualTo(release(seen.staging(), active(seen.staging())));
      }
    }
  }

  private Optional<Status> step(String name) {
    return report.steps().stream()
        .filter(step -> step.name().equals(name))
        .map(StepReport::status)
        .findFirst();
  }

  private static String release(WireRun.Standing standing, WorkerDeployment deployment) {
    return standing.versions().stream()
        .filter(version -> version.id().equals(sole(deployment)))
        .map(version -> version.annotations().getOrDefault("workers/message", ""))
        .findFirst()
        .orElseThrow();
  }

  private static WorkerDeployment active(WireRun.Standing standing) {
    return standing.deployments().get(0);
  }

  /** The version that has all the traffic, whatever is there in the dark beside it. */
  private static String sole(WorkerDeployment deployment) {
    return deployment.shares().entrySet().stream()
        .filter(share -> share.getValue() == 100)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<String> key(WorkerVersion version) {
    return ours(version.annotations().getOrDefault("workers/tag", ""));
  }

  private static Stream<String> key(WorkerDeployment deployment) {
    return ours(deployment.annotations().getOrDefault("workers/message", "").split(" ", 2)[0]);
  }

  private static Stream<String> ours(String key) {
    return Stream.of(key).filter(text -> text.startsWith("dirk:"));
  }
}
