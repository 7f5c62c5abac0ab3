package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ErrorBudgetPolicy;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.run.GateReport;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.Uptime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 99.9 % over 30 days leave 43.2 minutes, that is 2592 seconds. */
final class ErrorBudgetTest {

  private static final Duration MONTH = Duration.ofDays(30);

  private final Scene scene = Scene.whereVersionsCanBeAddressed();

  ErrorBudgetTest() {
    scene.gates = GatesPolicy.standard().withErrorBudget(ErrorBudgetPolicy.standard());
    scene.asking = request -> request.by("bob");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,         PT720H,       PASSES",
    "PT1944S,      PT719H,       PASSES",
    "PT1944.001S,  PT719H,       NEEDS_APPROVAL",
    "PT2591.999S,  PT719H,       NEEDS_APPROVAL",
    "PT2592S,      PT719H,       BLOCKS",
    "PT3H,         PT1H,         BLOCKS",
    "PT0S,         PT648H,       PASSES",
    "PT0S,         PT647H59M59S, NEEDS_APPROVAL",
    "PT1S,         PT647H59M59S, PASSES",
    "PT0S,         PT0S,         NEEDS_APPROVAL"
  })
  void saysWhatFollowsFromDownTimeAndWhatWasMeasured(
      Duration down, Duration up, GateReport.Verdict verdict) {
    measured(up, down);
    scene.deployer.building("1");

    assertThat(scene.runbook("1").plan().gates())
        .filteredOn(gate -> gate.gate().equals("error-budget"))
        .singleElement()
        .extracting(GateReport::verdict)
        .isEqualTo(verdict);
  }

  @Test
  void blocksOnceItIsSpent() {
    measured(MONTH, Duration.ofMinutes(44));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("ERROR_BUDGET");
    assertThat(report.summary())
        .contains("is spent: down for 44.0 min of the 43.2 min that 99.9 % over 30d leave")
        .contains("excepting(\"error-budget\", why)");
    assertThat(scene.deployer.uploads(STAGING)).isZero();
  }

  @Test
  void letsAHotfixThroughByName() {
    measured(MONTH, Duration.ofMinutes(44));
    scene.asking = request -> request.by("bob").excepting("error-budget", "hotfix for INC-12");

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.notes())
        .anyMatch(note -> note.contains("excepted by bob") && note.contains("INC-12"));
  }

  @Test
  void isNoFreePassWhereNobodyMeasures() {
    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(report.reason()).contains("APPROVAL");
    assertThat(report.summary()).contains("nobody measures the uptime");
  }

  @Test
  void isNoFreePassWhereNothingIsKnown() {
    scene.uptime = Optional.of((target, from, to, call) -> Optional.empty());

    assertThat(scene.deploy("1").summary()).contains("nothing was measured");
  }

  @Test
  void isNoFreePassWhereTheSourceIsDown() {
    scene.uptime =
        Optional.of(
            (target, from, to, call) -> {
              throw ProviderException.of(FailureKind.UNAVAILABLE, "the monitor said 503");
            });

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(report.summary()).contains("the monitor said 503");
  }

  @Test
  void isNoFreePassWhereTheSourceBreaksItsContract() {
    scene.uptime =
        Optional.of(
            (target, from, to, call) -> {
              throw new IllegalStateException("no");
            });

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(report.summary()).contains("IllegalStateException");
  }

  @Test
  void isAskedForProductionOverItsTimeUpToNow() {
    List<String> asked = new ArrayList<>();
    scene.uptime =
        Optional.of(
            (target, from, to, call) -> {
              asked.add(target + " " + Duration.between(from, to) + " " + to);
              return Optional.of(new Uptime(MONTH, Duration.ZERO));
            });
    Instant start = scene.time.instant();

    scene.deploy("1");

    assertThat(asked).hasSize(2);
    assertThat(asked.get(0)).isEqualTo(PRODUCTION + " PT720H " + start);
    assertThat(asked.get(1)).isNotEqualTo(asked.get(0));
  }

  @Test
  void thatIsSpentMeanwhileBlocksJustBeforeTrafficMoves() {
    measured(MONTH, Duration.ZERO);
    scene.deploy("1");
    scene.whenStepEnded =
        Scene.once("check dark in production", () -> measured(MONTH, Duration.ofHours(1)));
    // the source is read anew at each look
    scene.uptime = Optional.of((target, from, to, call) -> Optional.of(now));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("ERROR_BUDGET");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void thatRunsLowMeanwhileNeedsAnApprovalThatNobodyGave() {
    measured(MONTH, Duration.ZERO);
    scene.deploy("1");
    scene.whenStepEnded =
        Scene.once("check dark in production", () -> measured(MONTH, Duration.ofMinutes(40)));
    scene.uptime = Optional.of((target, from, to, call) -> Optional.of(now));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("APPROVAL");
    assertThat(report.summary()).contains("needs an approval only since");
    assertThat(scene.serving()).contains("1");
  }

  private Uptime now = new Uptime(MONTH, Duration.ZERO);

  private void measured(Duration up, Duration down) {
    now = new Uptime(up, down);
    scene.uptime = Optional.of((target, from, to, call) -> Optional.of(now));
  }
}
