package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.ApprovalPolicy;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.Test;

/** What is seldom, and must come out right all the same. */
final class AgainstTheOddsTest {

  private final Scene scene = new Scene();

  @Test
  void countsADeployThatSomebodyElseReplacedInTheSoakAsOneThatChangedProduction() {
    scene.rollout = RolloutPolicy.atOnce().withSoak(SoakPolicy.lasting(Duration.ofMinutes(5)));
    scene.deploy("1");
    scene.whenStepStarts =
        Scene.once(
            "soak production",
            () ->
                scene.time.after(
                    Duration.ofMinutes(2),
                    () -> scene.deployer.deployForeign(Scene.PRODUCTION, "theirs")));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(report.infrastructure().deploysToday()).contains(2L);
  }

  @Test
  void doesNotPassASoakInWhichTheNewVersionNeverAnswered() {
    scene.rollout = RolloutPolicy.atOnce().withSoak(SoakPolicy.lasting(Duration.ofMinutes(5)));
    scene.deploy("1");
    scene.whenStepStarts =
        Scene.once(
            "soak production",
            () ->
                scene.probe.then(
                    endpoint -> scene.probe.reading(Health.HEALTHY, "").withIdentity("1")));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isNotEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void rollsBackAlsoWhileAnotherServiceIsDeployedByANewerDirk() {
    scene.deploy("1");
    scene.deploy("2");
    newerRunOfAnotherService();

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void saysThatTheTargetIsLeasedAlsoWhereOnlyANewerDirkCanReadTheRunsOfOthers() {
    scene.deploy("1");
    newerRunOfAnotherService();
    var lease =
        scene.journal.acquire(
            scene.deployer.resource(Scene.PRODUCTION), "elsewhere", "a fix", Duration.ofHours(1));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.summary()).contains("elsewhere", "a fix");
    scene.journal.release(lease);
  }

  @Test
  void quarantinesWhatARollbackPutAwayInTheMidstOfARamp() {
    scene.rollout = RolloutPolicy.atOnce().withRamp(List.of(10, 50), Duration.ofMinutes(1));
    scene.deploy("1");
    scene.whenStepStarts = Scene.once("soak production at 10", () -> scene.rollback("back"));
    RunReport first = scene.deploy("2");
    assertThat(first.outcome()).isEqualTo(Outcome.SUPERSEDED);
    scene.whenStepStarts = step -> {};

    RunReport report = scene.deploy("2", "task-again");

    assertThat(report.reason()).contains("QUARANTINED");
  }

  @Test
  void goesOnWhereTheConfigurationAsksForAnApprovalByNow() {
    scene.deploy("1");
    scene.whenStepEnded =
        Scene.once("ask the gates", () -> scene.cancellation.detach("the pod was moved"));
    RunReport left = scene.deploy("2");
    assertThat(left.outcome()).isEqualTo(Outcome.WAITING);
    scene.cancellation = Cancellation.create();
    scene.gates = GatesPolicy.standard().withApproval(ApprovalPolicy.always().withOwnCounting());

    RunReport report = scene.deploy("2");

    assertThat(report.reason()).isNotEqualTo(Optional.of("BROKEN"));
  }

  @Test
  void refusesADeadlineThatNeverComes() {
    DeployRequest request = DeployRequest.of("api");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> request.within(Duration.ofSeconds(Long.MAX_VALUE)))
        .withMessageContaining("366 days");
  }

  private void newerRunOfAnotherService() {
    scene.journal.append(
        "run:web-1",
        1,
        List.of(),
        new RunRecord.Started(
                "deploy",
                9,
                "web",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode(),
                "",
                "",
                "",
                "elsewhere")
            .toJournal());
    scene.journal.append("run:web-1", 2, List.of(), record());
  }

  private static JournalRecord record() {
    return new JournalRecord("vantage", 1, JsonNodeFactory.instance.objectNode());
  }
}
