package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Call;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RollbackRunbookTest {

  private final Scene scene = new Scene();

  @Test
  void goesBackToTheNewestVersionKnownToBeGood() {
    scene.deploy("1");
    scene.deploy("2");

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void waitsForAVendorThatIsUnwell() {
    scene.deploy("1");
    scene.deploy("2");
    for (int count = 0; count < 10; count++) {
      scene.deployer.failNext(Call.ACTIVE, FailureKind.UNAVAILABLE);
    }
    scene.deployer.throttleNext(Call.ACTIVE, Duration.ofSeconds(40));

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void doesNothingTheSecondTime() {
    scene.deploy("1");
    scene.deploy("2");
    scene.deploy("3");
    scene.rollback("back");

    RunReport report = scene.rollback("back-again");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.reason()).contains("ALREADY_THERE");
    assertThat(scene.serving()).contains("2");
    assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(4);
  }

  @Test
  void neverGoesBackToAVersionThatFailed() {
    scene.deploy("1");
    scene.sickInProduction("2");
    scene.deploy("2");
    scene.deploy("3");

    scene.rollback("back");

    assertThat(scene.serving()).contains("1");
  }

  @Test
  void goesBackToTheVersionThatIsNamed() {
    scene.deploy("1");
    String first = scene.deployer.servingVersion(PRODUCTION).orElseThrow().id();
    scene.deploy("2");
    scene.deploy("3");

    RunReport report = scene.rollbackTo(first, "back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void changesNothingWhenTheNamedVersionDoesNotExist() {
    scene.deploy("1");

    RunReport report = scene.rollbackTo("v99", "back");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.summary()).contains("there is no version v99");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void saysThatThereIsNothingToGoBackToAfterTheFirstDeploy() {
    scene.deploy("1");

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("NOTHING_TO_GO_BACK_TO");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void asksTheVendorWhatServedBeforeWhenTheJournalWasLost() {
    scene.deploy("1");
    scene.deploy("2");
    scene.journal = MemoryJournal.create(scene.time);

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
    assertThat(report.summary()).contains("the vendor's list");
  }

  @Test
  void endsRollbackFailedWhenTheEarlierVersionIsSick() {
    scene.deploy("1");
    scene.deploy("2");
    scene.sickInProduction("1");

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLBACK_FAILED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void failsSafelyWhenTheVendorCannotBeAsked() {
    scene.deploy("1");
    scene.deployer.failNext(Call.ACTIVE, FailureKind.UNAUTHENTICATED);

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("UNAUTHENTICATED");
  }

  @Test
  void isHeldWhenTheGateCannotTell() {
    scene.deploy("1");
    scene.deploy("2");
    scene.probe.then(endpoint -> scene.probe.reading(Health.INCONCLUSIVE, "throttled"));

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void switchesOnceAndLooksForLateArrivalsWhenTheAnswerIsLost() {
    scene.deploy("1");
    scene.deploy("2");
    scene.deployer.lagging(Duration.ofSeconds(20));
    scene.time.advance(Duration.ofMinutes(1));
    scene.deployer.loseNextAnswer(Call.ACTIVATE, FailureKind.BROKEN_OFF);

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(3);
    assertThat(Scene.step(report, "look for late arrivals")).isPresent();
  }

  @Test
  void thatSentNothingPutNothingAway() {
    scene.deploy("1");
    scene.deploy("2");
    scene.whenStepStarts =
        Scene.once("put back production", () -> scene.deployer.deployForeign(PRODUCTION, "hotfix"));
    RunReport rollback = scene.rollback("back");
    scene.deployer.deployForeign(PRODUCTION, "mended");

    RunReport again = scene.deploy("2", "again");

    assertThat(rollback.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(again.reason()).isNotEqualTo(Optional.of("QUARANTINED"));
  }

  @Test
  void goesBackAlthoughOneLookAtWhatServesFails() {
    scene.deploy("1");
    scene.deploy("2");
    scene.whenStepStarts =
        Scene.once(
            "put back production",
            () -> scene.deployer.failNext(Call.ACTIVE, FailureKind.UNAVAILABLE));

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void endsConflictWhenSomebodyElseDeploysMeanwhile() {
    scene.deploy("1");
    scene.deploy("2");
    scene.whenStepStarts =
        Scene.once("put back production", () -> scene.deployer.deployForeign(PRODUCTION, "hotfix"));

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(scene.serving()).contains("hotfix");
    assertThat(report.deployed().get(0).version()).isEmpty();
  }

  @Test
  void staysOpenWhenItIsDetachedAndGoesOnWhenAskedAgain() {
    scene.deploy("1");
    scene.deploy("2");
    scene.whenStepStarts =
        Scene.once(
            "check production put back", () -> scene.cancellation.detach("the process ends"));

    RunReport left = scene.rollback("back");
    scene.cancellation = Cancellation.create();
    RunReport report = scene.rollback("back");

    assertThat(left.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(left.reason()).contains("DETACHED");
    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(3);
  }

  @Test
  void isNotCancelled() {
    scene.deploy("1");
    scene.deploy("2");
    scene.cancellation.cancel("please");

    assertThat(scene.rollback("back").outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void goesBackToAVersionThatWasPutAwayAndIsGoodAgain() {
    scene.deploy("1");
    scene.deploy("2");
    scene.deploy("3");
    String third = scene.deployer.servingVersion(PRODUCTION).orElseThrow().id();
    scene.rollback("back");
    scene.rollbackTo(third, "forward");
    scene.deploy("4");

    scene.rollback("back-again");

    assertThat(scene.serving()).contains("3");
  }

  @Test
  void doesNothingTheSecondTimeAlthoughTheFirstCouldNotBeSeenToWork() {
    scene.deploy("1");
    scene.deploy("2");
    var truth = scene.probe.rule();
    scene.probe.then(endpoint -> scene.probe.reading(Health.INCONCLUSIVE, "throttled"));
    assertThat(scene.rollback("back").outcome()).isEqualTo(Outcome.HELD);
    scene.probe.then(truth);

    RunReport report = scene.rollback("back-again");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.reason()).contains("ALREADY_THERE");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void neverGoesBackToAVersionThatFailedHoweverSickTheOneIsThatServes() {
    scene.deploy("1");
    scene.sickInProduction("2");
    scene.whenStepStarts = Scene.once("put back production", () -> scene.sickInProduction("1"));
    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.ROLLBACK_FAILED);

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("NOTHING_TO_GO_BACK_TO");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void goesFurtherBackWhenTheVersionThatWasPutBackIsSick() {
    scene.deploy("1");
    scene.deploy("2");
    scene.deploy("3");
    scene.sickInProduction("2");
    assertThat(scene.rollback("back").outcome()).isEqualTo(Outcome.ROLLBACK_FAILED);

    RunReport report = scene.rollback("further-back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void provesNothingByTheLastNameAloneWhereOthersAnsweredBefore(int which) {
    scene.deployer.deployForeign(PRODUCTION, "by-hand");
    scene.deployer.deployForeign(Scene.STAGING, "by-hand");
    var truth = scene.probe.rule();
    scene.probe.then(
        endpoint ->
            Scene.targetOf(endpoint).equals(PRODUCTION)
                    && scene.serving().equals(Optional.of("by-hand"))
                    && scene.probe.looks() % 2 == which
                ? scene.probe.reading(Health.HEALTHY, "").withIdentity("somebody")
                : truth.apply(endpoint));
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.summary()).contains("unproven");
    assertThat(report.deployed().get(0).proven()).isFalse();
  }

  @Test
  void believesAVersionThatSomebodyElseDeployedByWhateverNameItHas() {
    scene.deployer.deployForeign(PRODUCTION, "by-hand");
    scene.deployer.deployForeign(Scene.STAGING, "by-hand");
    var truth = scene.probe.rule();
    scene.probe.then(
        endpoint ->
            Scene.targetOf(endpoint).equals(PRODUCTION)
                    && scene.serving().equals(Optional.of("by-hand"))
                ? scene.probe.reading(Health.HEALTHY, "").withIdentity("0.0.9")
                : truth.apply(endpoint));
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.summary()).contains("unproven");
    assertThat(report.deployed().get(0).proven()).isFalse();
    assertThat(scene.serving()).contains("by-hand");
  }

  @Test
  void doesNotTakeTheVersionThatIsPutAwayForOneThatSomebodyElseDeployed() {
    scene.deployer.deployForeign(PRODUCTION, "by-hand");
    scene.deployer.deployForeign(Scene.STAGING, "by-hand");
    scene.deploy("1");
    scene.whenStepStarts =
        Scene.once(
            "check production put back",
            () ->
                scene.probe.then(
                    endpoint -> scene.probe.reading(Health.HEALTHY, "").withIdentity("1")));

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(report.reason()).contains("NOT_PROPAGATED");
  }

  @Test
  void isHeldWhenAHealthyVersionDoesNotTellItsName() {
    scene.deploy("1");
    scene.deploy("2");
    scene.whenStepStarts =
        Scene.once(
            "check production put back",
            () -> scene.probe.then(endpoint -> scene.probe.reading(Health.HEALTHY, "")));

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(report.reason()).contains("NO_IDENTITY");
  }

  @Test
  void goesBackToWhatServedLastWhateverTheClocksDid() {
    scene.deploy("1");
    scene.deploy("2");
    scene.time.step(Duration.ofHours(-6));
    scene.deploy("3");
    scene.deploy("4");

    scene.rollback("back");

    assertThat(scene.serving()).contains("3");
  }

  @Test
  void doesNotGoBackToWhatARollbackPutAwayThatWasCutOff() {
    scene.deploy("1");
    scene.deploy("2");
    scene.whenStepStarts =
        Scene.once("check production put back", () -> scene.cancellation.detach("killed"));
    assertThat(scene.rollback("back").outcome()).isEqualTo(Outcome.WAITING);
    scene.cancellation = Cancellation.create();

    RunReport report = scene.rollback("another");

    assertThat(report.reason()).contains("ALREADY_THERE");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void doesNotGoBackToWhatADeployPutAwayThatWasCutOff() {
    scene.deploy("0");
    scene.deploy("1");
    scene.sickInProduction("2");
    scene.whenStepStarts =
        Scene.once("check production put back", () -> scene.cancellation.detach("killed"));
    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.WAITING);
    scene.cancellation = Cancellation.create();

    RunReport report = scene.rollback("another");

    assertThat(report.reason()).contains("ALREADY_THERE");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void goesFurtherBackWhenWhatWasPutBackTurnsSickLater() {
    scene.deploy("0");
    scene.deploy("1");
    scene.deploy("2");
    scene.rollback("back");
    scene.sickInProduction("1");

    RunReport report = scene.rollback("further-back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("0");
  }

  @Test
  void saysThatWhatServesIsSickWhereThereIsNothingFurtherBack() {
    scene.deploy("1");
    scene.deploy("2");
    scene.rollback("back");
    scene.sickInProduction("1");

    RunReport report = scene.rollback("further-back");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.summary()).contains("status 500").contains("Deploy a good version");
    assertThat(report.deployed().get(0).status()).isEqualTo(Deployed.Status.UNHEALTHY);
    assertThat(report.deployed().get(0).label()).contains("1");
  }

  @Test
  void doesNotGoFurtherBackWhenItIsUnknownWhetherTheFirstTookEffect() {
    scene.deploy("0");
    scene.deploy("1");
    scene.deploy("2");
    scene.whenStepStarts =
        Scene.once(
            "put back production",
            () -> {
              scene.deployer.loseNextAnswer(Call.ACTIVATE, FailureKind.TIMEOUT);
              for (int look = 0; look < 100; look++) {
                scene.deployer.failNext(Call.FIND, FailureKind.TIMEOUT);
              }
            });
    assertThat(scene.rollback("back").outcome()).isEqualTo(Outcome.HELD);

    RunReport report = scene.rollback("another");

    assertThat(report.reason()).contains("ALREADY_THERE");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void doesNothingTheSecondTimeAlsoWhereTheJournalWasLost() {
    scene.deploy("1");
    scene.deploy("2");
    scene.rollback("back");
    scene.journal = MemoryJournal.create(scene.time);

    RunReport report = scene.rollback("another");

    assertThat(scene.serving()).contains("1");
    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
  }

  @Test
  void believesNoAnswerOfTheVersionThatWasPutAwayTheSecondTimeEither() {
    scene.deployer.deployForeign(PRODUCTION, "by-hand");
    scene.deployer.deployForeign(Scene.STAGING, "by-hand");
    scene.deploy("1");
    scene.whenStepStarts =
        Scene.once(
            "check production put back",
            () ->
                scene.probe.then(
                    endpoint -> scene.probe.reading(Health.HEALTHY, "").withIdentity("1")));
    assertThat(scene.rollback("back").outcome()).isEqualTo(Outcome.HELD);

    RunReport report = scene.rollback("another");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
  }

  @Test
  void knowsVersionsByTheirLabels() {
    scene.deploy("1");
    scene.deploy("2");
    scene.deploy("3");

    assertThat(scene.rollbackTo("1", "back").outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
    assertThat(scene.rollbackTo("9", "nowhere").summary()).contains("known to be good are 1, 3, 2");
  }

  @Test
  void isNoDeployOfToday() {
    scene.deploy("1");
    scene.deploy("2");

    RunReport report = scene.rollback("back");

    assertThat(report.infrastructure().deploysToday()).contains(2L);
  }

  @Test
  void isBlockedWhileAnotherRunHoldsTheTarget() {
    scene.deploy("1");
    scene.deploy("2");
    scene.journal.acquire("memory:api/production", "other", "deploy 3", Duration.ofHours(1));

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(scene.serving()).contains("2");
  }
}
