package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.isAddressed;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.spi.Alert;
import nl.praatmetjeboekhouding.dirk.spi.AlertFilter;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Call;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedAlerts;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How production traffic comes to a version: in the dark, over a ramp, and watched on. */
final class RolloutTest {

  private final Scene scene = Scene.whereVersionsCanBeAddressed();

  /** The shares that production has had, oldest first. */
  private List<String> splits() {
    List<String> splits = new ArrayList<>();
    scene.deployer.deployments(PRODUCTION, Optional.empty(), Scene.CALL).deployments().stream()
        .map(deployment -> shares(deployment.split()))
        .forEach(split -> splits.add(0, split));
    return splits;
  }

  private String shares(Split split) {
    List<String> shares = new ArrayList<>();
    split
        .shares()
        .forEach(
            share ->
                shares.add(
                    scene
                            .deployer
                            .version(PRODUCTION, share.version(), Scene.CALL)
                            .flatMap(version -> version.release())
                            .orElseThrow()
                            .label()
                        + " "
                        + share.percent().toPlainString()));
    return String.join(", ", shares);
  }

  /** From now on this label answers badly wherever the look goes that is meant. */
  private void sick(String label, Predicate<Endpoint> where) {
    var truth = scene.probe.rule();
    scene.probe.then(
        endpoint ->
            where.test(endpoint) && scene.answering(endpoint).equals(Optional.of(label))
                ? scene.probe.reading(Health.UNHEALTHY, "status 500").withIdentity(label)
                : truth.apply(endpoint));
  }

  /** Deploys 2 by a process that ends when a step begins; another one may go on afterwards. */
  private RunReport deployDyingIn(String step) {
    return deployDyingIn(step, "2");
  }

  private RunReport deployDyingIn(String step, String label) {
    scene.whenStepStarts = Scene.once(step, () -> scene.cancellation.detach("the laptop died"));
    RunReport left = scene.deploy(label);
    scene.cancellation = Cancellation.create();
    return left;
  }

  private static boolean isDark(Endpoint endpoint) {
    return Scene.targetOf(endpoint).equals(PRODUCTION) && isAddressed(endpoint);
  }

  @Nested
  class InTheDark {

    @ParameterizedTest
    @ValueSource(strings = {"check dark in production", "choose the course in production"})
    void aRollbackComesOverADeployThatDiedWithItsVersionInTheDark(String step) {
      scene.deploy("1");
      scene.deploy("2");
      deployDyingIn(step, "3");

      RunReport report = scene.rollback("back");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(scene.serving()).contains("1");
    }

    @Test
    void looksAtTheVersionOnTheProductionHostBeforeAnyTrafficComesToIt() {
      scene.deploy("1");

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(splits()).containsExactly("1 100", "1 100, 2 0", "2 100");
      assertThat(Scene.step(report, "check dark in production"))
          .map(StepReport::status)
          .contains(StepReport.Status.DONE);
    }

    @Test
    void takesTheVersionBackWithoutAnyCustomerHavingSeenItWhenItIsSickThere() {
      scene.deploy("1");
      sick("2", RolloutTest::isDark);

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.reason()).contains("UNHEALTHY");
      assertThat(report.summary()).contains("in the dark").contains("Production is as it was");
      assertThat(splits()).containsExactly("1 100", "1 100, 2 0", "1 100");
    }

    @Test
    void doesNotBelieveAnAnswerOfTheVersionThatServesBecauseTheVendorMayIgnoreTheHeader() {
      scene.deploy("1");
      scene.probe.then(
          endpoint ->
              scene
                  .probe
                  .reading(Health.HEALTHY, "")
                  .withIdentity(scene.deployer.serving(Scene.targetOf(endpoint)).orElse("nobody")));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.reason()).contains("NOT_PROPAGATED");
      assertThat(report.summary()).contains("turn the look in the dark off");
      assertThat(scene.serving()).contains("1");
    }

    @Test
    void isLeftOutOfAFirstDeployAndWhenThePolicySaysSo() {
      scene.deploy("1");
      scene.rollout = RolloutPolicy.atOnce();
      scene.deploy("2");

      assertThat(splits()).containsExactly("1 100", "2 100");
    }

    @Test
    void isLeftOutAndSaysSoWhereTheServiceCannotTellItsVersion() {
      scene.identity = new IdentityRule.None();
      scene.deploy("1");

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(splits()).containsExactly("1 100", "2 100");
      assertThat(report.notes()).anyMatch(note -> note.contains("no look in the dark"));
    }

    @Test
    void isTakenBackWhenSomebodyCancels() {
      scene.deploy("1");
      scene.whenStepStarts =
          Scene.once("check dark in production", () -> scene.cancellation.cancel("wrong branch"));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(splits()).containsExactly("1 100", "1 100, 2 0", "1 100");
    }

    @Test
    void saysWhatIsLeftWhenItCannotBeTakenBack() {
      scene.deploy("1");
      sick("2", RolloutTest::isDark);
      scene.whenStepStarts =
          Scene.once(
              "end dark in production",
              () -> scene.deployer.failNext(Call.ACTIVATE, FailureKind.FORBIDDEN));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.notes()).anyMatch(note -> note.contains("share of 0 %"));
      assertThat(splits()).containsExactly("1 100", "1 100, 2 0");
    }

    @Test
    void endsInConflictWhenSomebodyElseDeploysMeanwhile() {
      scene.deploy("1");
      scene.whenStepEnded =
          Scene.once(
              "check dark in production", () -> scene.deployer.deployForeign(PRODUCTION, "theirs"));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.CONFLICT);
      assertThat(scene.serving()).contains("theirs");
    }

    @Test
    void doesNotTakeAListThatLagsForSomebodyElsesDeploy() {
      scene.deploy("1");
      scene.time.advance(Duration.ofMinutes(1));
      scene.deployer.lagging(Duration.ofSeconds(30));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(scene.serving()).contains("2");
    }

    @Test
    void goesOnWhereItWasAfterItsProcessDied() {
      scene.deploy("1");
      RunReport left = deployDyingIn("check dark in production");

      RunReport report = scene.deploy("2");

      assertThat(left.outcome()).isEqualTo(Outcome.WAITING);
      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(splits()).containsExactly("1 100", "1 100, 2 0", "2 100");
    }
  }

  @Nested
  class OverARamp {

    @Test
    void goesThroughItsStagesAndEachPassesTheGate() {
      scene.rollout = RolloutPolicy.standard().withRamp(List.of(1, 10, 50), Duration.ofMinutes(1));
      scene.deploy("1");

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(splits())
          .containsExactly("1 100", "1 100, 2 0", "1 99, 2 1", "1 90, 2 10", "1 50, 2 50", "2 100");
      assertThat(report.steps())
          .extracting(StepReport::name)
          .contains("check production at 1", "soak production at 10", "check production at 50");
      assertThat(report.infrastructure().deploysToday()).contains(2L);
    }

    @Test
    void putsTheVersionBeforeBackWhenAStageIsSick() {
      scene.rollout = RolloutPolicy.atOnce().withRamp(List.of(10, 50), Duration.ofMinutes(5));
      scene.deploy("1");
      scene.whenStepEnded =
          Scene.once(
              "check production at 10",
              () ->
                  scene.probe.then(
                      endpoint ->
                          scene.probe.reading(Health.UNHEALTHY, "status 500").withIdentity("2")));
      scene.whenStepStarts =
          Scene.once(
              "put back production",
              () ->
                  scene.probe.then(
                      endpoint -> scene.probe.reading(Health.HEALTHY, "").withIdentity("1")));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(splits()).containsExactly("1 100", "1 90, 2 10", "1 100");
    }

    @Test
    void putsTheVersionBeforeBackWhenTheVendorRefusesALaterStage() {
      scene.rollout = RolloutPolicy.atOnce().withRamp(List.of(10, 50), Duration.ZERO);
      scene.deploy("1");
      scene.whenStepStarts =
          Scene.once(
              "ramp production to 50",
              () -> scene.deployer.failNext(Call.ACTIVATE, FailureKind.INVALID));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(scene.serving()).contains("1");
    }

    @Test
    void isHeldAsRampingWhenTheLooksDoNotTell() {
      scene.rollout = RolloutPolicy.atOnce().withRamp(List.of(10), Duration.ZERO);
      scene.deploy("1");
      scene.whenStepEnded =
          Scene.once(
              "ramp production to 10",
              () ->
                  scene.probe.then(
                      endpoint -> scene.probe.reading(Health.INCONCLUSIVE, "no route")));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.HELD);
      assertThat(report.deployed().get(0).status()).isEqualTo(Deployed.Status.RAMPING);
    }

    @Test
    void isLeftOutAndSaysSoWhereTheVendorCannotShareTraffic() {
      Scene switching = new Scene(InMemoryDeployer.Shape.SWITCHING);
      switching.rollout = RolloutPolicy.standard().withRamp(List.of(10), Duration.ZERO);
      switching.deploy("1");

      RunReport report = switching.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(report.notes()).anyMatch(note -> note.contains("There was no ramp"));
    }

    @Test
    void watchesOnlyWhereTheVendorCannotAddressOneVersion() {
      Scene blind = Scene.whereVersionsCanBeAddressed();
      blind.vendor = blind.deployer;
      blind.rollout = RolloutPolicy.standard().withRamp(List.of(10), Duration.ofMinutes(1));
      blind.deploy("1");

      RunReport report = blind.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(report.steps())
          .extracting(StepReport::name)
          .contains("soak production at 10")
          .doesNotContain("check production at 10");
    }

    @Test
    void isOneRunWhoseRollbackKnowsThatTrafficMoved() {
      scene.rollout = RolloutPolicy.atOnce().withRamp(List.of(10), Duration.ZERO);
      scene.deploy("1");
      scene.whenStepStarts =
          Scene.once("check production at 10", () -> scene.cancellation.cancel("enough"));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(splits()).containsExactly("1 100", "1 90, 2 10", "1 100");
    }
  }

  @Nested
  class Soaking {

    private final ScriptedAlerts tracker = ScriptedAlerts.none();

    private void soaking() {
      scene.rollout = RolloutPolicy.atOnce().withSoak(SoakPolicy.lasting(Duration.ofMinutes(5)));
      scene.alerts = Optional.of(tracker);
      scene.deploy("1");
    }

    private Alert alert(Alert.Level level) {
      return Alert.of("17", "checkout fails", level, scene.time.instant());
    }

    @Test
    void watchesOnForAsLongAsItIsTold() {
      soaking();

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(Scene.step(report, "soak production").orElseThrow().took())
          .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
      assertThat(tracker.asked()).extracting(AlertFilter::release).contains(Optional.of("2"));
    }

    @Test
    void putsTheVersionBeforeBackWhenTheTrackerRaisesAnAlertOfTheRelease() {
      soaking();
      scene.whenStepStarts =
          Scene.once(
              "soak production", () -> tracker.raise(alert(Alert.Level.ERROR).withRelease("2")));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(report.reason()).contains("ALERT");
      assertThat(report.summary()).contains("checkout fails");
      assertThat(scene.serving()).contains("1");
    }

    @Test
    void takesNoNoticeOfAlertsOfOtherReleasesOfWarningsAndOfWhatWasBefore() {
      soaking();
      tracker.raise(alert(Alert.Level.CRITICAL));
      scene.time.advance(Duration.ofMinutes(1));
      scene.whenStepStarts =
          Scene.once(
              "soak production",
              () ->
                  tracker
                      .raise(alert(Alert.Level.WARNING).withRelease("2"))
                      .raise(alert(Alert.Level.CRITICAL).withRelease("1")));

      assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void hearsAnAlertThatCameWhileTheGateWasStillLooking() {
      soaking();
      scene.whenStepStarts =
          Scene.once(
              "check production",
              () -> tracker.raise(alert(Alert.Level.CRITICAL).withRelease("2")));

      assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    @Test
    void saysThatTheTrackerCouldNotBeAskedAndGoesByItsReadings() {
      soaking();
      for (int ask = 0; ask < 100; ask++) {
        tracker.failNext(FailureKind.TIMEOUT);
      }

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(Scene.step(report, "soak production").orElseThrow().detail())
          .contains("could not be asked");
      assertThat(report.notes())
          .anySatisfy(note -> assertThat(note).contains("tracker", "not known"));
    }

    @Test
    void failsOnThreeBadReadingsInARow() {
      soaking();
      scene.whenStepStarts =
          Scene.once(
              "soak production",
              () -> {
                for (int look = 0; look < 3; look++) {
                  scene.probe.once(endpoint -> scene.probe.reading(Health.UNHEALTHY, "status 500"));
                }
              });

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(report.reason()).contains("UNHEALTHY");
    }

    @Test
    void failsOnMoreThanATenthOfBadReadingsAlsoIfTheyAreNeverThreeInARow() {
      soaking();
      int[] looks = {0};
      scene.whenStepStarts =
          Scene.once(
              "soak production",
              () -> {
                var truth = scene.probe.rule();
                scene.probe.then(
                    endpoint ->
                        scene.answering(endpoint).equals(Optional.of("2")) && ++looks[0] % 6 == 0
                            ? scene.probe.reading(Health.UNHEALTHY, "status 500").withIdentity("2")
                            : truth.apply(endpoint));
              });

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(report.reason()).contains("TOO_MANY_BAD");
    }

    @Test
    void endsInConflictWhenSomebodyElseDeployedWhileItLasted() {
      soaking();
      scene.whenStepStarts =
          Scene.once(
              "soak production",
              () ->
                  scene.time.after(
                      Duration.ofMinutes(2),
                      () -> scene.deployer.deployForeign(PRODUCTION, "theirs")));

      assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.CONFLICT);
    }

    @Test
    void isHeldWhenMostLooksToldNothing() {
      soaking();
      scene.whenStepStarts =
          Scene.once(
              "soak production",
              () ->
                  scene.probe.then(
                      endpoint -> scene.probe.reading(Health.INCONCLUSIVE, "no route")));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.HELD);
      assertThat(report.reason()).contains("BLIND");
    }
  }

  @Nested
  class ConfirmedInTime {

    @Test
    void putsTheVersionBeforeBackWhenTheProcessDiedAndNobodyConfirmedTheSwitchInTime() {
      scene.rollout = RolloutPolicy.atOnce().withConfirmWithin(Duration.ofMinutes(10));
      scene.deploy("1");
      RunReport unused = deployDyingIn("check production");
      scene.time.advance(Duration.ofMinutes(10));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(report.reason()).contains("UNCONFIRMED");
      assertThat(report.summary()).contains("Out of time");
      assertThat(scene.serving()).contains("1");
    }

    @Test
    void goesOnWithTheGateWhenThereIsTimeLeft() {
      scene.rollout = RolloutPolicy.atOnce().withConfirmWithin(Duration.ofMinutes(10));
      scene.deploy("1");
      RunReport unused = deployDyingIn("check production");
      scene.time.advance(Duration.ofMinutes(9));

      assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void putsTheVersionBeforeBackWhileItSoaksLongerThanItMay() {
      scene.rollout =
          RolloutPolicy.atOnce()
              .withSoak(SoakPolicy.lasting(Duration.ofMinutes(30)))
              .withConfirmWithin(Duration.ofMinutes(10));
      scene.deploy("1");

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(report.reason()).contains("UNCONFIRMED");
    }

    @Test
    void givesGatesAndSoaksTheTimeThatTheyMayTakeWhenNothingIsSaid() {
      RolloutPolicy policy =
          RolloutPolicy.standard()
              .withRamp(List.of(10, 50), Duration.ofMinutes(5))
              .withSoak(SoakPolicy.lasting(Duration.ofMinutes(20)));

      Duration within = policy.confirmedWithin(Duration.ofMinutes(1));

      assertThat(within).isEqualTo(Duration.ofMinutes(2 * (2 + 5) + 2 + 20 + 15));
    }
  }

  @Nested
  class OverInTime {

    @Test
    void endsBeforeTheSwitchWithProductionAsItWas() {
      scene.deploy("1");
      scene.asking = request -> request.within(Duration.ofMinutes(5));
      scene.whenStepEnded =
          Scene.once("check staging", () -> scene.time.advance(Duration.ofMinutes(6)));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.reason()).contains("DEADLINE");
      assertThat(scene.serving()).contains("1");
    }

    @Test
    void putsTheVersionBeforeBackAfterTheSwitch() {
      scene.rollout = RolloutPolicy.atOnce();
      scene.deploy("1");
      scene.asking = request -> request.within(Duration.ofMinutes(5));
      scene.whenStepEnded =
          Scene.once("activate production", () -> scene.time.advance(Duration.ofMinutes(6)));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(report.reason()).contains("DEADLINE");
      assertThat(scene.serving()).contains("1");
    }

    @Test
    void countsTheTimeInWhichNobodyToldTheRun() {
      scene.deploy("1");
      scene.asking = request -> request.within(Duration.ofMinutes(5));
      RunReport unused = deployDyingIn("check staging");
      scene.time.advance(Duration.ofMinutes(6));

      RunReport report = scene.deploy("2");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.reason()).contains("DEADLINE");
    }
  }
}
