package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import nl.praatmetjeboekhouding.dirk.model.FreezeWindow;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.report.PlanReport;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.GateReport;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import org.junit.jupiter.api.Test;

/**
 * Freezes stop deploys, never a way back. The scene begins on 1 January 2026 at 01:00 in Amsterdam.
 */
final class FreezeTest {

  private static final FreezeWindow NEW_YEAR =
      window("new-year", "2025-12-31T12:00", "2026-01-02T08:00").because("nobody is there");

  private final Scene scene = Scene.whereVersionsCanBeAddressed();

  @Test
  void blocksADeployBeforeAnythingIsChanged() {
    scene.gates = GatesPolicy.standard().withFreeze(NEW_YEAR);

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("FREEZE");
    assertThat(report.summary())
        .contains(
            "new-year (nobody is there) is in force until 2026-01-02 08:00 Europe/Amsterdam",
            "excepting(\"freeze:new-year\", why)");
    assertThat(scene.deployer.uploads(STAGING)).isZero();
    assertThat(scene.deployer.uploads(PRODUCTION)).isZero();
  }

  @Test
  void letsADeployThroughOnceItIsOver() {
    scene.gates = GatesPolicy.standard().withFreeze(NEW_YEAR);
    scene.time.advance(Duration.ofHours(31));

    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void blocksOnlyTheServicesThatItNames() {
    scene.gates = GatesPolicy.standard().withFreeze(NEW_YEAR.only("web"));

    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void isShownInThePlanWithItsVerdict() {
    scene.gates = GatesPolicy.standard().withFreeze(NEW_YEAR);
    scene.deployer.building("1");

    DeployPlan frozen = scene.runbook("1").plan();
    scene.time.advance(Duration.ofHours(31));
    DeployPlan thawed = scene.runbook("1").plan();

    assertThat(frozen.gates())
        .filteredOn(gate -> gate.gate().equals("freeze:new-year"))
        .singleElement()
        .satisfies(gate -> assertThat(gate.verdict()).isEqualTo(GateReport.Verdict.BLOCKS));
    assertThat(frozen.objections()).singleElement().asString().contains("is in force");
    assertThat(PlanReport.toText(frozen)).contains("! blocks: the freeze new-year");
    assertThat(PlanReport.toJson(frozen)).contains("\"verdict\" : \"blocks\"");
    assertThat(thawed.objections()).isEmpty();
    assertThat(thawed.hash()).isEqualTo(frozen.hash());
  }

  @Test
  void isBoundByThePlansHash() {
    scene.deployer.building("1");
    DeployPlan plan = scene.runbook("1").plan();
    scene.gates =
        GatesPolicy.standard().withFreeze(window("later", "2026-02-01T00:00", "2026-02-02T00:00"));

    RunReport report =
        scene.runbook("1").run(DeployRequest.of("api").taskId("t").applying(plan.hash()));

    assertThat(report.reason()).contains("STALE_PLAN");
    assertThat(report.summary()).contains("gates was", "freeze:later");
  }

  @Test
  void thatBeginsMeanwhileBlocksJustBeforeTrafficMoves() {
    scene.deploy("1");
    scene.gates =
        GatesPolicy.standard().withFreeze(window("soon", "2026-01-01T02:00", "2026-01-01T03:00"));
    scene.whenStepEnded =
        Scene.once("check dark in production", () -> scene.time.advance(Duration.ofHours(1)));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("FREEZE");
    assertThat(report.summary()).contains("before 2 reached production", "as it was");
    assertThat(Scene.step(report, "ask the gates")).isPresent();
    assertThat(Scene.step(report, "ask the gates again")).isPresent();
    assertThat(Scene.step(report, "activate production")).isEmpty();
    assertThat(scene.serving()).contains("1");
    assertThat(scene.deployer.active(PRODUCTION, Scene.CALL).orElseThrow().split().sole())
        .isPresent();
  }

  @Test
  void thatBeginsMeanwhileBlocksBeforeAnUploadThatIsTheSwitch() {
    Scene direct = new Scene(InMemoryDeployer.Shape.AT_ONCE);
    direct.deploy("1");
    direct.gates =
        GatesPolicy.standard().withFreeze(window("soon", "2026-01-01T02:00", "2026-01-01T03:00"));
    direct.whenStepEnded =
        Scene.once("check staging", () -> direct.time.advance(Duration.ofHours(1)));

    RunReport report = direct.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("FREEZE");
    assertThat(direct.deployer.uploads(PRODUCTION)).isEqualTo(1);
    assertThat(direct.serving()).contains("1");
  }

  @Test
  void thatBeginsAfterTheSwitchDoesNotStopTheWayBack() {
    scene.deploy("1");
    scene.gates =
        GatesPolicy.standard().withFreeze(window("soon", "2026-01-01T02:00", "2026-01-01T03:00"));
    scene.sickInProduction("2");
    scene.whenStepEnded =
        Scene.once("activate production", () -> scene.time.advance(Duration.ofHours(1)));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void isPassedByWhoeverExceptsItByNameWithAReason() {
    scene.gates = GatesPolicy.standard().withFreeze(NEW_YEAR);
    scene.asking = request -> request.by("anna").excepting("freeze:new-year", "hotfix for INC-12");

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.notes())
        .anyMatch(
            note ->
                note.contains("Freeze:new-year did not stop this deploy, excepted by anna")
                    && note.contains("hotfix for INC-12"));
    assertThat(journalText())
        .contains("\"by\":\"anna\"", "\"freeze:new-year\":\"hotfix for INC-12\"");
  }

  @Test
  void isNotPassedByTheExceptionFromAnother() {
    scene.gates =
        GatesPolicy.standard()
            .withFreeze(NEW_YEAR, window("week", "2025-12-29T00:00", "2026-01-05T00:00"));
    scene.asking = request -> request.excepting("freeze:new-year", "hotfix");

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.summary()).contains("the freeze week").doesNotContain("the freeze new-year");
  }

  @Test
  void anExceptionOfNothingKnownIsRefusedWithWhatThereIs() {
    scene.gates = GatesPolicy.standard().withFreeze(NEW_YEAR);
    scene.asking = request -> request.excepting("freeze:newyear", "hotfix");

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("UNKNOWN_EXCEPTION");
    assertThat(report.summary()).contains("freeze:newyear", "there are freeze:new-year");
    assertThat(Scene.step(report, "test")).isEmpty();
  }

  @Test
  void anExceptionWithoutAReasonIsRefused() {
    assertThatThrownBy(() -> DeployRequest.of("api").excepting("freeze:new-year", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("freeze:new-year must say why");
  }

  @Test
  void anExceptionThatWasNotNeededIsNoted() {
    scene.gates =
        GatesPolicy.standard().withFreeze(window("later", "2026-02-01T00:00", "2026-02-02T00:00"));
    scene.asking = request -> request.excepting("freeze:later", "to be sure");

    assertThat(scene.deploy("1").notes())
        .contains("The exception from freeze:later was not needed.");
  }

  @Test
  void isNotAskedAgainByWhoTakesTheRunUp() {
    scene.gates =
        GatesPolicy.standard().withFreeze(window("soon", "2026-01-01T01:30", "2026-01-01T03:00"));
    scene.whenStepEnded =
        Scene.once("ask the gates", () -> scene.cancellation.detach("the machine is needed"));
    scene.deploy("1");
    scene.cancellation = nl.praatmetjeboekhouding.dirk.time.Cancellation.create();
    scene.time.advance(Duration.ofHours(1));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.summary()).contains("before 1 reached production");
    assertThat(scene.deployer.uploads(STAGING)).isEqualTo(1);
  }

  private String journalText() {
    StringBuilder text = new StringBuilder();
    scene.journal.heads("run").stream()
        .flatMap(head -> scene.journal.read(head.stream(), 1).stream())
        .forEach(entry -> text.append(entry.record().data()));
    return text.toString();
  }

  private static FreezeWindow window(String name, String from, String until) {
    return FreezeWindow.of(
        name,
        new FreezeWindow.Once(LocalDateTime.parse(from), LocalDateTime.parse(until)),
        ZoneId.of("Europe/Amsterdam"));
  }
}
