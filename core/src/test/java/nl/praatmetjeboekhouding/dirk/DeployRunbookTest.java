package nl.praatmetjeboekhouding.dirk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.context.ContextCheck;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Call;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeployRunbookTest {

  private final Scene scene = new Scene();
  @TempDir private Path folder;

  @Test
  void bringsAReleaseThroughStagingToProduction() {
    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
    assertThat(scene.deployer.serving(STAGING)).contains("1");
    assertThat(report.deployed())
        .extracting(Deployed::target, Deployed::status, Deployed::proven)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(PRODUCTION, Deployed.Status.HEALTHY, true),
            org.assertj.core.groups.Tuple.tuple(STAGING, Deployed.Status.HEALTHY, true));
    assertThat(report.infrastructure().deploysToday()).contains(1L);
  }

  @Test
  void putsTheEarlierVersionBackWhenProductionIsSick() {
    scene.deploy("1");
    scene.sickInProduction("2");

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(report.reason()).contains("UNHEALTHY");
    assertThat(scene.serving()).contains("1");
    assertThat(report.deployed().get(0).status()).isEqualTo(Deployed.Status.ROLLED_BACK);
    assertThat(report.deployed().get(0).label()).contains("1");
  }

  @Test
  void leavesProductionAloneWhenStagingIsSick() {
    scene.deploy("1");
    scene.probe.then(
        endpoint ->
            Scene.targetOf(endpoint).equals(STAGING)
                ? scene.probe.reading(Health.UNHEALTHY, "status 500").withIdentity("2")
                : scene.probe.reading(Health.HEALTHY, "").withIdentity("1"));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(scene.serving()).contains("1");
    assertThat(scene.deployer.uploads(PRODUCTION)).isEqualTo(1);
  }

  @Test
  void saysThatThereIsNothingToGoBackToWhenTheFirstDeployIsSick() {
    scene.sickInProduction("1");

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(report.reason()).contains("NO_WAY_BACK");
    assertThat(report.summary()).contains("There is nothing to go back to");
  }

  @Test
  void saysThatTheVendorCannotPutBackWhatCannotBePutBack() {
    Scene atOnce = new Scene(Shape.AT_ONCE);
    atOnce.deploy("1");
    atOnce.sickInProduction("2");

    RunReport report = atOnce.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(report.reason()).contains("NO_WAY_BACK");
    assertThat(atOnce.serving()).contains("2");
  }

  @Test
  void endsRollbackFailedWhenTheEarlierVersionIsSickToo() {
    scene.deploy("1");
    scene.sickInProduction("2");
    scene.deployer.building("2");
    var sick = scene.probe.rule();
    scene.probe.then(
        endpoint ->
            scene.deployer.activations(PRODUCTION) >= 3
                    && Scene.targetOf(endpoint).equals(PRODUCTION)
                ? scene.probe.reading(Health.UNHEALTHY, "status 503").withIdentity("1")
                : sick.apply(endpoint));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLBACK_FAILED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void endsRollbackFailedWhenTheVendorRefusesTheWayBack() {
    scene.deploy("1");
    scene.sickInProduction("2");
    scene.duringTest = () -> {};
    var sick = scene.probe.rule();
    scene.probe.then(
        endpoint -> {
          if (scene.deployer.activations(PRODUCTION) == 2) {
            scene.probe.then(sick);
            scene.deployer.failNext(Call.ACTIVATE, FailureKind.INELIGIBLE);
          }
          return sick.apply(endpoint);
        });

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLBACK_FAILED);
    assertThat(report.summary()).contains("failed too");
  }

  @Test
  void isBlockedByNameWhenADocumentIsMissing() {
    scene.documents =
        ContextCheck.of(ContextRules.of(folder, List.of("docs/VERSION.md"), List.of()));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.summary()).contains("docs/VERSION.md: is missing");
    assertThat(scene.deployer.uploads(STAGING)).isZero();
  }

  @Test
  void deploysNothingWhenTheTestsFail() {
    scene.testFailure = Optional.of("exit 1: 2 of 3 tests failed");

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("TEST_FAILED");
    assertThat(report.summary()).contains("2 of 3 tests failed");
    assertThat(scene.deployer.uploads(STAGING)).isZero();
  }

  @Test
  void reportsTheLastLinesOfTestsThatFailedAlsoWhenAskedAgain() {
    scene.testFailure = Optional.of("exit 1");

    RunReport report = scene.deploy("1");
    RunReport again = scene.deploy("1");

    assertThat(report.steps())
        .filteredOn(step -> !step.lastLines().isEmpty())
        .singleElement()
        .satisfies(step -> assertThat(step.lastLines()).containsExactly("at line 7", "3 tests"));
    assertThat(again.steps()).isEqualTo(report.steps());
  }

  @Test
  void isBlockedWhenStagingAndProductionWouldGetDifferentArtifacts() {
    scene.deployer.buildingFor(PRODUCTION, "other");
    DeployRunbook runbook = scene.runbook("1");

    RunReport report = runbook.run(DeployRequest.of("api").taskId("t"));

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("DIFFERENT_ARTIFACT");
  }

  @Test
  void isBlockedWhenStagingIsProduction() {
    scene.deployer.withOnlyResource("shop");

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("ONE_PLACE");
    assertThat(report.summary()).contains("memory:shop");
    assertThat(scene.deployer.uploads(STAGING)).isZero();
  }

  @Test
  void stopsBeforeProductionWhenSomebodyElseDeploysMeanwhile() {
    scene.deploy("1");
    var truth = scene.probe.rule();
    scene.probe.then(
        endpoint -> {
          if (Scene.targetOf(endpoint).equals(PRODUCTION)
              && scene.deployer.activations(PRODUCTION) == 1) {
            scene.deployer.deployForeign(PRODUCTION, "theirs");
          }
          return truth.apply(endpoint);
        });

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(scene.serving()).contains("theirs");
  }

  @Test
  void isBlockedWhileAnotherRunHoldsTheTarget() {
    scene.journal.acquire(
        "memory:api/production", "host 7/run 8", "deploy 0.9", Duration.ofHours(1));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.summary()).contains("host 7/run 8").contains("deploy 0.9");
  }

  @Test
  void endsCancelledWhenItIsCancelledBeforeTheSwitch() {
    scene.duringTest = () -> scene.cancellation.cancel("wrong branch");

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(report.summary()).contains("wrong branch");
    assertThat(scene.deployer.uploads(STAGING)).isZero();
  }

  @Test
  void rollsBackWhenItIsCancelledAfterTheSwitch() {
    scene.deploy("1");
    scene.cancellation = Cancelled.whenProductionHasSwitched(scene);

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(report.reason()).contains("CANCELLED");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void leavesProductionAsItIsWhereItCannotBeSeenToBeWell() {
    scene.deploy("1");
    var truth = scene.probe.rule();
    scene.probe.then(
        endpoint ->
            Scene.targetOf(endpoint).equals(PRODUCTION)
                ? scene.probe.reading(Health.UNHEALTHY, "redirects (302)")
                : truth.apply(endpoint));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("BASELINE_BAD");
    assertThat(report.summary()).contains("redirects (302)").contains("as a cure");
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void looksAgainBeforeItGivesUpOnWhatServes() {
    scene.deploy("1");
    scene.whenStepStarts =
        Scene.once(
            "look at production",
            () -> scene.probe.once(endpoint -> scene.probe.reading(Health.INCONCLUSIVE, "429")));

    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void curesAProductionThatIsDown() {
    scene.deploy("1");
    scene.sickInProduction("1");
    scene.deployer.building("2");

    RunReport report = scene.runbook("2").run(DeployRequest.of("api").taskId("cure").asCure());

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void deploysOverAVersionThatIsSickByItsOwnName() {
    scene.deploy("1");
    var truth = scene.probe.rule();
    scene.probe.then(
        endpoint ->
            Scene.targetOf(endpoint).equals(PRODUCTION) && scene.serving().equals(Optional.of("1"))
                ? scene.probe.reading(Health.UNHEALTHY, "503").withIdentity("1")
                : truth.apply(endpoint));

    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void tellsWhatStagingServesWhenItIsCancelledThere() {
    scene.deploy("1");
    scene.whenStepStarts = Scene.once("check staging", () -> scene.cancellation.cancel("enough"));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(report.deployed())
        .singleElement()
        .satisfies(
            staging -> {
              assertThat(staging.target()).isEqualTo(STAGING);
              assertThat(staging.label()).contains("2");
              assertThat(staging.status()).isEqualTo(Deployed.Status.UNKNOWN);
            });
  }

  @Test
  void tellsWhatStillServesWhenItCannotBePutAway() {
    scene.deploy("1");
    scene.sickInProduction("2");
    scene.whenStepStarts =
        Scene.once(
            "put back production",
            () -> scene.deployer.failNext(Call.ACTIVATE, FailureKind.FORBIDDEN));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLBACK_FAILED);
    assertThat(report.deployed().get(0).label()).contains("2");
    assertThat(report.deployed().get(0).status()).isEqualTo(Deployed.Status.UNHEALTHY);
  }

  @Test
  void putsBackAlthoughOneLookAtWhatServesFails() {
    scene.deploy("1");
    scene.sickInProduction("2");
    scene.whenStepStarts =
        Scene.once(
            "put back production",
            () -> scene.deployer.failNext(Call.ACTIVE, FailureKind.UNAVAILABLE));

    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void takesAProbeThatThrowsForOneThatSawNothing() {
    scene.deploy("1");
    scene.whenStepStarts =
        Scene.once(
            "check production",
            () ->
                scene.probe.once(
                    endpoint -> {
                      throw ProviderException.of(FailureKind.NOT_SENT, "the probe's proxy is down");
                    }));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void putsBackWhatAnswersBadlyWhileTheVersionBeforeStillAnswersToo() {
    scene.deploy("1");
    List<Integer> looks = new ArrayList<>();
    scene.whenStepStarts =
        Scene.once(
            "check production",
            () ->
                scene.probe.then(
                    endpoint -> {
                      looks.add(1);
                      return looks.size() % 2 == 0 || !scene.serving().equals(Optional.of("2"))
                          ? scene.probe.reading(Health.HEALTHY, "").withIdentity("1")
                          : scene.probe.reading(Health.UNHEALTHY, "503").withIdentity("2");
                    }));

    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.ROLLED_BACK);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void putsBackWhatAnswersBadlyEveryFewTimes(int every) {
    scene.deploy("1");
    List<Integer> looks = new ArrayList<>();
    scene.whenStepStarts =
        Scene.once(
            "check production",
            () ->
                scene.probe.then(
                    endpoint -> {
                      looks.add(1);
                      boolean bad =
                          scene.serving().equals(Optional.of("2")) && looks.size() % every == 0;
                      return scene
                          .probe
                          .reading(bad ? Health.UNHEALTHY : Health.HEALTHY, "")
                          .withIdentity(scene.serving().orElse(""));
                    }));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(report.reason()).contains("UNSTABLE");
  }

  @Test
  void goesBackToAGoodVersionWhereWhatServedBeforeWasBadAlready() {
    scene.deploy("1");
    scene.sickInProduction("2");
    scene.whenStepStarts =
        Scene.once(
            "put back production",
            () -> scene.deployer.failNext(Call.ACTIVATE, FailureKind.FORBIDDEN));
    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.ROLLBACK_FAILED);
    var truth = scene.probe.rule();
    scene.probe.then(
        endpoint ->
            Scene.targetOf(endpoint).equals(PRODUCTION) && scene.serving().equals(Optional.of("3"))
                ? scene.probe.reading(Health.UNHEALTHY, "503").withIdentity("3")
                : truth.apply(endpoint));
    scene.deployer.building("3");

    RunReport report = scene.runbook("3").run(DeployRequest.of("api").taskId("cure").asCure());

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void endsConflictWhenSomebodyElseDeploysDuringTheGate() {
    scene.deploy("1");
    scene.whenStepStarts =
        Scene.once("check production", () -> scene.deployer.deployForeign(PRODUCTION, "hotfix"));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(report.summary()).contains("foreign-").contains("serves by now");
    assertThat(scene.serving()).contains("hotfix");
  }

  @Test
  void staysOpenWhenAProviderTakesAnInterruptForAStop() {
    scene.whenStepStarts =
        Scene.once(
            "plan",
            () -> {
              scene.deployer.failNext(Call.PREPARE, FailureKind.STOPPED);
              Thread.currentThread().interrupt();
            });

    RunReport left = scene.deploy("1");
    boolean interrupted = Thread.interrupted();
    scene.cancellation = Cancellation.create();

    assertThat(interrupted).isTrue();
    assertThat(left.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void doesNotMoveProductionWhenTheVendorNoLongerShowsWhatCouldBePutBack() {
    scene.deploy("1");
    SettingsVendor vendor = new SettingsVendor(scene.deployer);
    vendor.forgetting = true;
    scene.vendor = vendor;

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("NO_WAY_BACK");
    assertThat(report.summary()).contains("does not show").contains("as a cure");
    assertThat(scene.serving()).contains("1");
    assertThat(scene.deployer.uploads(PRODUCTION)).isEqualTo(1);
  }

  @Test
  void waitsWhenWhatItIsAboutCannotBeToldAnyMore() {
    SettingsVendor vendor = new SettingsVendor(scene.deployer);
    scene.vendor = vendor;
    leaveAfter("plan");
    vendor.lost = Optional.of("wrangler.jsonc is gone");

    RunReport waiting = goOn();
    vendor.lost = Optional.empty();

    assertThat(waiting.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(waiting.summary()).contains("wrangler.jsonc is gone");
    assertThat(goOn().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void tellsNothingThatATerminalWouldActOn() {
    scene.testFailure = Optional.of("\u001b[2Jall is well\nSUCCEEDED");

    RunReport report = scene.deploy("1");

    assertThat(report.summary()).contains("all is well SUCCEEDED").doesNotContain("\u001b", "\n");
    assertThat(Scene.step(report, "test").orElseThrow().detail()).doesNotContain("\u001b", "\n");
  }

  @Test
  void givesItsReportAlsoWhenNothingCanBeWrittenAnyMore() {
    RunReport report = scene.deploy("1");
    FailingJournal journal = new FailingJournal(scene.journal);
    scene.journal = journal;
    journal.fail();

    assertThat(scene.deploy("1")).isEqualTo(report);
  }

  @Test
  void staysOpenWhenItIsDetachedAndGoesOnWhenAskedAgain() {
    scene.duringTest = () -> scene.cancellation.detach("the process is ending");

    RunReport left = scene.deploy("1");
    scene.cancellation = Cancellation.create();
    scene.duringTest = () -> {};
    RunReport report = scene.deploy("1");

    assertThat(left.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.heard).filteredOn("> check context"::equals).hasSize(1);
    assertThat(scene.deployer.uploads(PRODUCTION)).isEqualTo(1);
  }

  @Test
  void sendsNothingAgainAsLongAsTheCallThatItWasLeftWithMayLand() {
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean sent;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (sent || !request.target().equals(PRODUCTION)) {
              return super.activate(request, call);
            }
            sent = true;
            scene.cancellation.detach("the process is ending");
            scene.time.after(Duration.ofSeconds(25), () -> super.activate(request, call));
            throw ProviderException.of(FailureKind.TIMEOUT, "no answer in time");
          }
        };
    scene.deploy("1");
    scene.cancellation = Cancellation.create();

    RunReport report = scene.deploy("1");
    scene.time.advance(Duration.ofMinutes(1));

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(1);
  }

  @Test
  void putsBackOnlyOnceTheVendorIsDoneWithWhatIsPutAway() {
    scene.deploy("1", "first");
    scene.identity = new IdentityRule.None();
    scene.vendor = new BuildingVendor(scene, Duration.ofSeconds(25));
    scene.whenStepStarts =
        Scene.once(
            "await version in production",
            () -> scene.time.after(Duration.ofSeconds(1), () -> scene.cancellation.cancel("no")));

    RunReport report = scene.deploy("2");
    scene.time.advance(Duration.ofMinutes(5));

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void waitsForItsTurnWhereTheVendorTakesNoMoreForNow() {
    for (int turn = 0; turn < 20; turn++) {
      scene.deployer.throttleNext(InMemoryDeployer.Call.PREPARE, Duration.ofMinutes(1));
    }

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(Scene.step(report, "plan").orElseThrow().took())
        .isGreaterThanOrEqualTo(Duration.ofMinutes(20));
  }

  @Test
  void doesNotWaitForItsTurnForMoreThanHalfAnHour() {
    for (int turn = 0; turn < 40; turn++) {
      scene.deployer.throttleNext(InMemoryDeployer.Call.PREPARE, Duration.ofMinutes(1));
    }

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("THROTTLED");
  }

  @Test
  void goesBackToWhatWasDeployedAMomentBeforeAlsoIfReadsLag() {
    scene.deploy("1", "first");
    scene.deployer.lagging(Duration.ofSeconds(30));
    scene.time.advance(Duration.ofSeconds(30));
    scene.deploy("2", "second");
    scene.sickInProduction("3");

    RunReport report = scene.deploy("3", "third");
    scene.time.advance(Duration.ofMinutes(5));

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("2");
    assertThat(Scene.step(report, "let second settle")).isPresent();
  }

  @Test
  void comparesWithAPlanWhatWasDeployedAMomentBeforeAlsoIfReadsLag() {
    scene.deploy("1", "first");
    scene.deployer.lagging(Duration.ofSeconds(30));
    scene.time.advance(Duration.ofSeconds(30));
    scene.deployer.building("3");
    DeployPlan plan = scene.runbook("3").plan();
    scene.deploy("2", "second");
    scene.deployer.building("3");

    RunReport report =
        scene
            .runbook("3")
            .run(DeployRequest.of("api").taskId("third").applying(plan.hash()), scene.cancellation);

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("STALE_PLAN");
  }

  @Test
  void putsBackWhatItWasLeftWithAlsoIfItIsCancelledWhileAnotherRunSettles() {
    scene.deploy("1", "first");
    scene.deployer.lagging(Duration.ofSeconds(30));
    scene.time.advance(Duration.ofSeconds(30));
    scene.whenStepStarts =
        Scene.once("check production", () -> scene.cancellation.detach("the process is ending"));
    scene.deploy("2", "second");
    scene.time.advance(Duration.ofMinutes(1));
    scene.cancellation = Cancellation.create();
    failTheSwitchTo("3");
    scene.deploy("3", "third");
    scene.time.advance(Duration.ofSeconds(1));
    scene.cancellation.cancel("no");

    RunReport report = scene.deploy("2", "second");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("1");
  }

  /** Nobody hears whether it took effect at first, and then it is refused. */
  private void failTheSwitchTo(String label) {
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean sent;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (!request.target().equals(PRODUCTION)
                || !request.reason().equals("release " + label)) {
              return super.activate(request, call);
            }
            FailureKind kind = sent ? FailureKind.INVALID : FailureKind.TIMEOUT;
            sent = true;
            throw ProviderException.of(kind, "no");
          }
        };
  }

  @Test
  void testsAgainWhenItWasLeftBeforeWhatWasBuiltWasKept() {
    leaveAfter("test");

    RunReport report = goOn();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.heard).filteredOn("> test"::equals).hasSize(2);
    assertThat(Scene.step(report, "test")).isPresent();
  }

  @Test
  void waitsForWhatItWasAskedForIfTheProjectHoldsAnotherReleaseWhenItIsTakenUp() {
    AtomicReference<String> label = new AtomicReference<>("1");
    scene.labels = Optional.of(label::get);
    scene.duringTest = () -> scene.cancellation.detach("the process is ending");
    scene.deploy("1");
    scene.cancellation = Cancellation.create();
    scene.duringTest = () -> {};
    label.set("9-wip");

    RunReport waiting = scene.deploy("1");
    label.set("1");
    RunReport report = scene.deploy("1");

    assertThat(waiting.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(waiting.reason()).contains("OTHER_RELEASE");
    assertThat(waiting.summary()).contains("asked for 1, but", "holds 9-wip now");
    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void isNotMisledByABuildThatNamesTheRelease() {
    AtomicReference<String> label = new AtomicReference<>("0");
    scene.labels = Optional.of(label::get);
    scene.duringTest = () -> label.set("1");

    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void doesNotTestAgainOnceWhatWasBuiltIsKept() {
    leaveAfter("plan");

    scene.deployer.building("another tree");
    RunReport report = goOn();

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.heard).filteredOn("> test"::equals).hasSize(1);
    assertThat(Scene.step(report, "test")).isPresent();
    assertThat(scene.deployer.servingVersion(PRODUCTION).orElseThrow().release())
        .map(Release::digest)
        .contains(
            Artifact.of("1", List.of(ContentFile.of("app.txt", "1".getBytes(UTF_8))))
                .release()
                .digest());
  }

  @Test
  void failsSafelyWhenAProviderFindsTheProjectWrong() {
    scene.labels =
        Optional.of(
            () -> {
              throw new ConfigurationException("wrangler.jsonc", "main is missing");
            });

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("INVALID");
    assertThat(report.summary()).contains("wrangler.jsonc: main is missing");
  }

  private void leaveAfter(String step) {
    scene.whenStepEnded =
        ended -> {
          if (ended.equals(step)) {
            scene.cancellation.detach("the process is ending");
          }
        };
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.WAITING);
    scene.cancellation = Cancellation.create();
    scene.whenStepEnded = ended -> {};
  }

  private RunReport goOn() {
    return scene.runbook("1").run(DeployRequest.of("api").taskId("task-1"), scene.cancellation);
  }

  @Test
  void givesTheSameReportWhenTheSameTaskIsAskedTwice() {
    RunReport first = scene.deploy("1");
    scene.time.advance(Duration.ofDays(2));

    RunReport second = scene.deploy("1");

    assertThat(second).isEqualTo(first);
    assertThat(scene.deployer.uploads(PRODUCTION)).isEqualTo(1);
  }

  @Test
  void refusesATaskIdThatWasUsedForSomethingElse() {
    scene.deploy("1", "t");

    assertThatThrownBy(() -> scene.rollback("t"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("task t")
        .hasMessageContaining("deploy of api");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"UNAVAILABLE", "TIMEOUT", "BROKEN_OFF", "UNREADABLE"})
  void activatesOnceWhenTheAnswerIsLost(FailureKind kind) {
    scene.deploy("1");
    scene.deployer.lagging(Duration.ofSeconds(20));
    scene.deployer.loseNextAnswer(Call.ACTIVATE, kind);

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.deployer.activations(STAGING)).isEqualTo(2);
    assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(2);
    assertThat(scene.deployer.uploads(PRODUCTION)).isEqualTo(2);
  }

  @Test
  void sendsAgainWhatCertainlyDidNotTakeEffect() {
    scene.deployer.failNext(Call.UPLOAD, FailureKind.TIMEOUT);

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.deployer.uploads(STAGING)).isEqualTo(1);
  }

  @Test
  void saysWhatMayBeThereTwiceBecauseTheVendorDidNotShowIt() {
    scene.vendor = blindToUploads();
    scene.deployer.loseNextAnswer(Call.UPLOAD, FailureKind.TIMEOUT);

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.deployer.uploads(STAGING)).isEqualTo(2);
    assertThat(Scene.step(report, "upload staging").orElseThrow().detail()).contains("sent again");
    assertThat(Scene.step(report, "upload production").orElseThrow().detail())
        .doesNotContain("again");
    assertThat(report.notes()).noneMatch(note -> note.contains("sent again"));
  }

  @Test
  void saysItInANoteWhereTheStepItselfWasNotTaken() {
    scene.vendor = blindToUploads();
    scene.deployer.loseNextAnswer(Call.UPLOAD, FailureKind.TIMEOUT);
    leaveAfter("upload staging");
    scene.time.advance(Duration.ofMinutes(2));
    scene.deploy("2", "another");

    RunReport report = goOn();

    assertThat(report.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(report.notes())
        .anyMatch(note -> note.contains("upload staging") && note.contains("sent again"));
  }

  /** A vendor whose reads lag so much that an upload is never to be seen. */
  private Deployer blindToUploads() {
    return new ForwardingDeployer(scene.deployer) {
      @Override
      public Sighting<Version> findUpload(FindRequest request, CallContext call) {
        return new Sighting.Absent<>();
      }
    };
  }

  @Test
  void isHeldWhenNobodyCanTellWhetherProductionSwitched() {
    scene.deploy("1");
    var truth = scene.probe.rule();
    scene.probe.then(
        endpoint -> {
          if (Scene.targetOf(endpoint).equals(PRODUCTION)) {
            scene.probe.then(truth);
            scene.deployer.loseNextAnswer(Call.ACTIVATE, FailureKind.TIMEOUT);
            IntStream.range(0, 200)
                .forEach(n -> scene.deployer.failNext(Call.FIND, FailureKind.UNAVAILABLE));
          }
          return truth.apply(endpoint);
        });

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(Scene.step(report, "activate production"))
        .map(StepReport::status)
        .contains(StepReport.Status.UNKNOWN);
  }

  @Test
  void failsSafelyWhenTheTokenIsRefused() {
    scene.deployer.failNext(Call.PREPARE, FailureKind.FORBIDDEN);

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("FORBIDDEN");
  }

  @Test
  void isHeldWhenTheGateOfProductionSeesNothing() {
    scene.deploy("1");
    var truth = scene.probe.rule();
    scene.probe.then(
        endpoint ->
            scene.deployer.activations(PRODUCTION) == 2
                ? scene.probe.reading(Health.INCONCLUSIVE, "challenge page")
                : truth.apply(endpoint));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(report.reason()).contains("BLIND");
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void marksAServiceThatCannotTellItsVersionAsUnproven() {
    scene.identity = new IdentityRule.None();

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.summary()).contains("unproven");
    assertThat(report.deployed().get(0).proven()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void worksWithEveryShapeOfVendor(Shape shape) {
    Scene vendor = new Scene(shape);

    RunReport first = vendor.deploy("1");
    RunReport second = vendor.deploy("2");

    assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(second.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(vendor.serving()).contains("2");
  }

  @Test
  void pairsEveryStepThatItStartsWithItsEnd() {
    scene.deploy("1");
    scene.sickInProduction("2");

    scene.deploy("2");

    assertThat(
            scene.heard.stream()
                .filter(line -> line.startsWith(">"))
                .map(line -> line.substring(2)))
        .containsExactlyElementsOf(
            scene.heard.stream()
                .filter(line -> line.startsWith("<"))
                .map(line -> line.substring(2, line.lastIndexOf(' ')))
                .toList());
  }

  @Test
  void keepsARunGoingWhenItsListenerThrows() {
    scene.deployer.building("1");
    DeployRunbook runbook =
        scene
            .runbooks()
            .listener(
                new nl.praatmetjeboekhouding.dirk.run.RunListener() {
                  @Override
                  public void stepStarted(StepStarted event) {
                    throw new IllegalStateException("a broken listener");
                  }
                })
            .deploy()
            .label(() -> "1")
            .create();

    RunReport report = runbook.run(DeployRequest.of("api").taskId("t"));

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void waitsForPropagationBeforeItCountsReadings() {
    scene.deploy("1");
    ScriptedProbe probe = scene.probe;
    var truth = probe.rule();
    probe.then(
        endpoint -> {
          boolean stillOld =
              Scene.targetOf(endpoint).equals(PRODUCTION)
                  && scene.deployer.activations(PRODUCTION) == 2
                  && scene
                      .deployer
                      .servingVersion(PRODUCTION)
                      .flatMap(version -> version.created())
                      .map(created -> created.plusSeconds(30).isAfter(scene.time.instant()))
                      .orElse(false);
          return stillOld
              ? probe.reading(Health.HEALTHY, "").withIdentity("1")
              : truth.apply(endpoint);
        });

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(Scene.step(report, "check production").orElseThrow().took())
        .isGreaterThan(Duration.ofSeconds(30));
  }

  /** Cancels when production has its second deployment. */
  private static final class Cancelled {

    private Cancelled() {}

    static nl.praatmetjeboekhouding.dirk.time.Cancellation whenProductionHasSwitched(Scene scene) {
      var cancellation = nl.praatmetjeboekhouding.dirk.time.Cancellation.create();
      var truth = scene.probe.rule();
      scene.probe.then(
          endpoint -> {
            if (scene.deployer.activations(PRODUCTION) == 2) {
              cancellation.cancel("second thoughts");
            }
            return truth.apply(endpoint);
          });
      return cancellation;
    }
  }
}
