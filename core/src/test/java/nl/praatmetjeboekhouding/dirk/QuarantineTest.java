package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.GateReport;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import org.junit.jupiter.api.Test;

/** What was put away does not come back by itself. */
final class QuarantineTest {

  private final Scene scene = new Scene();

  @Test
  void blocksABuildThatADeployWasRolledBackFrom() {
    afterARollbackFrom2();
    int staged = scene.deployer.uploads(STAGING);

    RunReport report = scene.deploy("2", "again");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("QUARANTINED");
    assertThat(report.summary())
        .contains("put away in production as 2 by run task-2", "excepting(\"quarantine:2\", why)");
    assertThat(scene.deployer.uploads(STAGING)).isEqualTo(staged);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void blocksABuildThatARollbackPutAway() {
    scene.deploy("1");
    scene.deploy("2");
    scene.rollback("back");

    assertThat(scene.deploy("2", "again").reason()).contains("QUARANTINED");
  }

  @Test
  void blocksTheSameBuildByAnotherLabel() {
    afterARollbackFrom2();
    scene.deployer.building("2");

    RunReport report = scene.runbook("2.0.1").run(DeployRequest.of("api").taskId("again"));

    assertThat(report.reason()).contains("QUARANTINED");
    assertThat(report.summary()).contains("as 2 by run task-2");
  }

  @Test
  void letsAnotherBuildThrough() {
    afterARollbackFrom2();

    assertThat(scene.deploy("3").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void letsTheBuildThroughThatWasPutBack() {
    afterARollbackFrom2();

    assertThat(scene.deploy("1", "again").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void isLeftByNameAndIsOverOnceTheBuildIsGoodAgain() {
    scene.deploy("1");
    scene.deploy("2");
    scene.rollback("back");
    scene.asking = QuarantineTest::excepting2;

    RunReport again = scene.deploy("2", "again");
    scene.asking = UnaryOperator.identity();
    scene.deploy("3");
    RunReport third = scene.deploy("2", "once-more");

    assertThat(again.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(again.notes()).anyMatch(note -> note.contains("it was the cache"));
    assertThat(third.outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void isOverOnceARollbackToTheBuildWasSeenToBeGood() {
    scene.deploy("1");
    scene.deploy("2");
    scene.rollback("back");
    scene.rollbackTo("2", "forth");

    assertThat(scene.deploy("2", "again").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void comesBackWithTheNextRollback() {
    scene.deploy("1");
    scene.deploy("2");
    scene.rollback("back");
    scene.asking = QuarantineTest::excepting2;
    scene.deploy("2", "again");
    scene.asking = UnaryOperator.identity();
    scene.rollbackTo("1", "back-again");

    assertThat(scene.deploy("2", "third").reason()).contains("QUARANTINED");
  }

  @Test
  void anExceptionFromABuildThatWasNotPutAwayIsRefused() {
    afterARollbackFrom2();
    scene.asking = request -> request.excepting("quarantine:3", "to be sure");

    RunReport report = scene.deploy("3");

    assertThat(report.reason()).contains("UNKNOWN_EXCEPTION");
    assertThat(report.summary()).contains("there are quarantine:2");
  }

  @Test
  void isLookedAtAgainJustBeforeTrafficMoves() {
    Scene elsewhere = new Scene();
    elsewhere.deploy("1");
    elsewhere.sickInProduction("2");
    elsewhere.deploy("2");
    JournalRecord rolledBack = elsewhere.journal.heads("run").get(1).record();
    scene.deploy("1");
    scene.whenStepEnded =
        Scene.once(
            "check staging", () -> scene.journal.append("run:other", 1, List.of(), rolledBack));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("QUARANTINED");
    assertThat(report.summary()).contains("before 2 reached production");
    assertThat(scene.serving()).contains("1");
    assertThat(Scene.step(report, "activate production")).isEmpty();
    assertThat(scene.deployer.uploads(PRODUCTION)).isEqualTo(2);
  }

  @Test
  void isShownInThePlan() {
    afterARollbackFrom2();
    scene.deployer.building("2");

    DeployPlan plan = scene.runbook("2").plan();

    assertThat(plan.gates())
        .filteredOn(gate -> gate.gate().equals("quarantine"))
        .singleElement()
        .extracting(GateReport::verdict)
        .isEqualTo(GateReport.Verdict.BLOCKS);
    assertThat(plan.objections()).anyMatch(why -> why.contains("put away in production as 2"));
  }

  private void afterARollbackFrom2() {
    scene.deploy("1");
    scene.sickInProduction("2");
    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.ROLLED_BACK);
  }

  private static DeployRequest excepting2(DeployRequest request) {
    return request.by("anna").excepting("quarantine:2", "it was the cache");
  }
}
