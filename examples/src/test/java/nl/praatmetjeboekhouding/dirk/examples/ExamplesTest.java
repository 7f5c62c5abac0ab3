package nl.praatmetjeboekhouding.dirk.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExamplesTest {

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void setUp() {
    scene = new Scene(folder);
  }

  @AfterEach
  void tearDown() {
    scene.close();
  }

  @Test
  void theFirstDeployPutsTheProjectIntoProduction() {
    RunReport report = FirstDeploy.deploy(scene.releasing("0.2.1").runbook(), scene.out());

    assertThat(report.outcome()).as(report.summary()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).isEqualTo("0.2.1");
    assertThat(scene.printed()).contains("read docs/RULES.md", "\"status\" : \"complete\"");
  }

  @Test
  void rollingBackPutsTheReleaseBeforeBack() {
    FirstDeploy.deploy(scene.releasing("0.2.1").runbook(), scene.out());
    FirstDeploy.deploy(scene.releasing("0.2.2").runbook(), scene.out());

    RunReport report = RollBack.rollBack(scene.runbook(), scene.out());

    assertThat(report.outcome()).as(report.summary()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).isEqualTo("0.2.1");
  }

  @Test
  void anApprovalLetsADeployGoOnThatWaitedForIt() {
    scene.releasing("0.2.1").gated("{ \"approval\": { \"by\": [\"anna\"] } }");
    RunReport waiting;
    try (Dirk dirk = Dirk.open(scene.runbook())) {
      waiting =
          dirk.deploy(
              DeployRequest.of("api").by("bob").acknowledging(dirk.context().acknowledgement()));
    }

    List<RunReport> reports =
        ApproveADeploy.approve(
            scene.runbook(), waiting.plan().orElseThrow().hex(), "anna", scene.out());

    assertThat(waiting.outcome()).as(waiting.summary()).isEqualTo(Outcome.WAITING);
    assertThat(reports).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.printed()).contains("anna approved plan ", "0.2.1 serves production");
  }

  @Test
  void aReceiptIsTakenAlongAndCheckedWithoutTheJournal() throws IOException {
    RunReport report = FirstDeploy.deploy(scene.releasing("0.2.1").runbook(), scene.out());
    Path receipt = folder.resolve("receipt.json");
    TakeAReceipt.take(scene.runbook(), report.taskId(), receipt);

    assertThat(TakeAReceipt.check(receipt, scene.out()).isIntact()).isTrue();
    Files.writeString(receipt, Files.readString(receipt).replace("0.2.1", "0.2.2"));
    assertThat(TakeAReceipt.check(receipt, scene.out()).isIntact()).isFalse();
    assertThat(scene.printed()).contains("intact").containsPattern("entry 1, entry, bytes \\d+ to");
  }

  @Test
  void aToolThatClosesItsDirkOnTheWayOutDeploysLikeAnyOther() {
    RunReport report = CloseOnTheWayOut.deploy(scene.releasing("0.2.1").runbook());

    assertThat(report.outcome()).as(report.summary()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void whatAReviewedPlanSaysIsDeployed() {
    FirstDeploy.deploy(scene.releasing("0.2.1").runbook(), scene.out());
    scene.releasing("0.2.2").greeting("Good evening");

    DeployPlan plan = PlanAndApply.plan(scene.runbook(), scene.out());
    assertThat(scene.serving()).isEqualTo("0.2.1");
    RunReport report = PlanAndApply.apply(scene.runbook(), plan.hash().hex(), scene.out());

    assertThat(scene.printed())
        .contains("deploy of api: 0.2.2", "  ~ Variable GREETING is added")
        .contains("plan " + plan.hash().hex())
        .doesNotContain("Good evening");
    assertThat(report.outcome()).as(report.summary()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).isEqualTo("0.2.2");
  }

  @Test
  void aPlanThatNoLongerStandsIsNotDeployed() {
    FirstDeploy.deploy(scene.releasing("0.2.1").runbook(), scene.out());
    DeployPlan plan = PlanAndApply.plan(scene.releasing("0.2.2").runbook(), scene.out());
    scene.greeting("Good evening");

    RunReport report = PlanAndApply.apply(scene.runbook(), plan.hash().hex(), scene.out());

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.summary()).contains("Variable GREETING is added");
    assertThat(scene.serving()).isEqualTo("0.2.1");
  }

  @Test
  void theRunbookOfTheGuideIsRight() {
    DirkConfig config = DirkConfig.read(Path.of("getting-started/dirk.jsonc"));

    assertThat(config.services()).containsOnlyKeys("api");
    assertThat(config.warnings()).isEmpty();
  }

  @Test
  void aListenerTellsBeginningAndEnd() {
    ListenToARun.deploy(scene.releasing("0.2.1").runbook(), scene.out());

    assertThat(scene.printed())
        .isEqualToNormalizingNewlines("deploy of api began\n0.2.1 serves production.\n");
  }

  @Test
  void aListenerTellsWhatWentWrong() {
    ListenToARun.deploy(scene.releasing(" ").runbook(), scene.out());

    assertThat(scene.printed()).contains("plan: The release has no label");
  }
}
