package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.internal.Host;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingJournal;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollback comes over a deploy that is under way in another process. */
final class PreemptionTest {

  private static final Duration WINDOW = Duration.ofSeconds(30);

  /** After all the time that a call may take and then not be shown. */
  private static final Duration TOO_LATE = Duration.ofSeconds(65);

  private final Scene scene = new Scene();
  private final List<RunReport> rollbacks = new ArrayList<>();

  @BeforeEach
  void serveTwoGoodVersions() {
    scene.deploy("1");
    scene.deploy("2");
  }

  private static boolean isProductionGetting(String label, ActivateRequest request) {
    return request.target().equals(PRODUCTION) && request.reason().equals("release " + label);
  }

  private void rollBack() {
    rollbacks.add(scene.rollback("back"));
  }

  @Test
  void putsTheNewVersionAwayAndEndsTheDeployAsSuperseded() {
    scene.whenStepStarts = Scene.once("check production", this::rollBack);

    RunReport deploy = scene.deploy("3");

    assertThat(rollbacks.get(0).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(deploy.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(deploy.summary()).contains("rollback back");
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void leavesTheDeployNothingToGoOnWith() {
    scene.whenStepStarts = Scene.once("check production", this::rollBack);
    scene.deploy("3");
    int activations = scene.deployer.activations(PRODUCTION);

    RunReport again = scene.deploy("3");

    assertThat(again.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(activations);
  }

  @Test
  void letsTheDeploySendNothingMoreAlsoWhileItSettles() {
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean sent;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (!sent && isProductionGetting("3", request)) {
              sent = true;
              scene.time.after(Duration.ofMillis(500), PreemptionTest.this::rollBack);
              throw ProviderException.of(FailureKind.UNAVAILABLE, "status 503");
            }
            return super.activate(request, call);
          }
        };

    RunReport deploy = scene.deploy("3");

    assertThat(deploy.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(rollbacks.get(0).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void endsInConflictWhenACallOfTheDeployLandsAllTheSame() {
    sendTheSwitchSoThatItLandsAfter(TOO_LATE, this::rollBack);

    scene.deploy("3");

    assertThat(rollbacks.get(0).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(scene.serving()).contains("3");
  }

  @Test
  void doesNotComeOverAnotherRollback() {
    scene.whenStepStarts =
        Scene.once("check production put back", () -> rollbacks.add(scene.rollback("second")));

    RunReport first = scene.rollback("first");

    assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(rollbacks.get(0).outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(rollbacks.get(0).reason()).contains("LEASED");
  }

  @Test
  void isTriedForADeployThatIsInTheWayOfADeployButOnlyToldWhoItIs() {
    List<RunReport> second = new ArrayList<>();
    scene.whenStepStarts =
        Scene.once("check production", () -> second.add(scene.deploy("4", "second")));

    RunReport first = scene.deploy("3", "first");

    assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(second.get(0).outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(second.get(0).summary())
        .contains("run first")
        .contains("step 'activate production'");
  }

  @Test
  void countsTheVersionThatWasPutAwayAsBad() {
    scene.whenStepStarts = Scene.once("check production", this::rollBack);
    scene.deploy("3");
    scene.deploy("5");

    RunReport back = scene.rollback("again");

    assertThat(back.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void keepsInTheReportOfTheDeployThatNobodyLookedInTheDark() {
    scene.whenStepStarts = Scene.once("check production", this::rollBack);
    scene.vendor = scene.deployer.reachable();
    scene.identity = new IdentityRule.None();

    RunReport deploy = scene.deploy("3");

    assertThat(deploy.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(deploy.notes()).anyMatch(note -> note.contains("no look in the dark"));
  }

  @Test
  void keepsThatAlsoIfTheDeployHadBeenLeft() {
    scene.vendor = scene.deployer.reachable();
    scene.identity = new IdentityRule.None();
    leaveWhileItIsChecked();
    rollBack();

    RunReport deploy = scene.deploy("3");

    assertThat(deploy.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(deploy.notes()).anyMatch(note -> note.contains("no look in the dark"));
  }

  private void leaveWhileItIsChecked() {
    scene.whenStepStarts =
        Scene.once("check production", () -> scene.cancellation.detach("the laptop was closed"));
    leaveDeploy3();
  }

  private void leaveWhileTheSwitchIsUnderWay(Duration hanging) {
    sendTheSwitchSoThatItLandsAfter(
        hanging, () -> scene.cancellation.detach("the laptop was closed"));
    leaveDeploy3();
  }

  /** What closes the laptop is planned by then; the next one to ask has another. */
  private void leaveDeploy3() {
    assertThat(scene.deploy("3").outcome()).isEqualTo(Outcome.WAITING);
    scene.cancellation = Cancellation.create();
  }

  @Test
  void seesWhatLandsLateAlsoIfItDiedWhenItHadEndedTheDeploy() {
    sendTheSwitchSoThatItLandsAfter(
        Duration.ofSeconds(65),
        () -> {
          Journal journal = scene.journal;
          scene.journal = new DiesOnceTheDeployEnded(journal);
          assertThat(catchThrowable(this::rollBack)).isNull();
          scene.journal = journal;
          scene.time.after(Duration.ofSeconds(61), this::rollBack);
        });

    scene.deploy("3");
    scene.time.advance(Duration.ofMinutes(3));

    assertThat(rollbacks).extracting(RunReport::outcome).endsWith(Outcome.CONFLICT);
    assertThat(scene.serving()).contains("3");
  }

  @Test
  void seesWhatLandsLateOfADeployThatWasLeftWithItsSwitchUnderWay() {
    leaveWhileTheSwitchIsUnderWay(TOO_LATE);

    rollBack();

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.CONFLICT);
    assertThat(scene.serving()).contains("3");
  }

  private void lag(Duration window) {
    scene.deployer.lagging(window);
    scene.time.advance(window);
  }

  /** The laptop is closed while a call hangs, which lands in the end. */
  private Deployment leaving(Runnable lands) {
    scene.cancellation.detach("the laptop was closed");
    scene.time.after(Duration.ofSeconds(25), lands);
    throw ProviderException.of(FailureKind.TIMEOUT, "no answer in time");
  }

  @Test
  void givesACallThatWasSentAgainItsTimeToo() {
    scene.identity = new IdentityRule.None();
    lag(Duration.ofSeconds(2));
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private int sent;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (!isProductionGetting("3", request)) {
              return super.activate(request, call);
            }
            sent++;
            if (sent == 1) {
              scene.time.advance(Duration.ofSeconds(30));
            } else {
              return leaving(() -> super.activate(request, call));
            }
            throw ProviderException.of(FailureKind.TIMEOUT, "no answer in time");
          }
        };
    leaveDeploy3();

    rollBack();
    scene.time.advance(Duration.ofMinutes(1));

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void givesACallThatFollowsARefusedOneItsTimeToo() {
    scene.identity = new IdentityRule.None();
    lag(Duration.ofSeconds(2));
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean refused;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (!isProductionGetting("3", request)) {
              return super.activate(request, call);
            }
            if (!refused) {
              refused = true;
              throw ProviderException.with(FailureKind.THROTTLED, "too many requests")
                  .retryAfter(Duration.ofSeconds(40))
                  .build();
            }
            return leaving(() -> super.activate(request, call));
          }
        };
    leaveDeploy3();

    rollBack();
    scene.time.advance(Duration.ofMinutes(1));

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void givesAnUploadThatChangesProductionAllTheTimeThatItMayTake() {
    Scene atOnce = new Scene(InMemoryDeployer.Shape.AT_ONCE);
    atOnce.identity = new IdentityRule.None();
    atOnce.deploy("1");
    atOnce.vendor =
        new ForwardingDeployer(atOnce.deployer) {
          @Override
          public Version upload(UploadRequest request, CallContext call) {
            if (!request.prepared().target().equals(PRODUCTION)) {
              return super.upload(request, call);
            }
            atOnce.time.after(Duration.ofSeconds(1), () -> rollbacks.add(atOnce.rollback("back")));
            throw ProviderException.of(FailureKind.TIMEOUT, "no answer in time");
          }
        };

    atOnce.deploy("3");

    assertThat(Scene.step(rollbacks.get(0), "end task-3").orElseThrow().took())
        .isEqualTo(Duration.ofSeconds(54));
  }

  @Test
  void waitsForNothingIfAllThatTheDeployHasSentHasSettled() {
    lag(WINDOW);
    scene.rollout = RolloutPolicy.atOnce().withSoak(SoakPolicy.lasting(Duration.ofMinutes(5)));
    scene.whenStepStarts =
        Scene.once(
            "soak production", () -> scene.time.after(WINDOW.plusSeconds(1), this::rollBack));

    scene.deploy("3");

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(Scene.step(rollbacks.get(0), "end task-3").orElseThrow().took())
        .isEqualTo(Duration.ZERO);
  }

  @Test
  void seesWhatTheDeployHasJustSwitchedToAlsoIfReadsLag() {
    lag(WINDOW);
    scene.whenStepStarts = Scene.once("check production", this::rollBack);

    scene.deploy("3");

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void seesWhatADeployHasSwitchedToThatSucceededAMomentAgoAlsoIfReadsLag() {
    lag(WINDOW);
    scene.deploy("3");

    rollBack();

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
    assertThat(rollbacks.get(0).steps())
        .extracting(StepReport::name)
        .contains("let task-3 settle")
        .doesNotContain("look for late arrivals");
  }

  @Test
  void givesACallItsTimeThatWasSentLongAfterItWasIntended() {
    scene.identity = new IdentityRule.None();
    lag(Duration.ofSeconds(2));
    boolean[] isSwitching = {false};
    scene.whenStepStarts = step -> isSwitching[0] |= step.equals("activate production");
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean throttled;

          @Override
          public Optional<Deployment> active(Target target, CallContext call) {
            if (isSwitching[0] && !throttled && target.equals(PRODUCTION)) {
              throttled = true;
              throw ProviderException.with(FailureKind.THROTTLED, "too many requests")
                  .retryAfter(Duration.ofSeconds(40))
                  .build();
            }
            return super.active(target, call);
          }

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            return isProductionGetting("3", request)
                ? leaving(() -> super.activate(request, call))
                : super.activate(request, call);
          }
        };
    leaveDeploy3();

    rollBack();
    scene.time.advance(Duration.ofMinutes(1));

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void givesACallItsTimeThatBrokeOffBeforeTheOneThatWasAnswered() {
    scene.identity = new IdentityRule.None();
    lag(Duration.ofSeconds(2));
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean sent;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (sent || !isProductionGetting("3", request)) {
              return super.activate(request, call);
            }
            sent = true;
            scene.time.after(Duration.ofSeconds(25), () -> super.activate(request, call));
            throw ProviderException.of(FailureKind.BROKEN_OFF, "connection reset");
          }
        };
    scene.whenStepStarts =
        Scene.once(
            "check production",
            () -> {
              scene.time.advance(Duration.ofSeconds(3));
              rollBack();
            });

    scene.deploy("3");
    scene.time.advance(Duration.ofMinutes(1));

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void seesWhatLandsOfADeployThatWasAbandonedAndIsShownOnlyLater() {
    leaveWhileTheSwitchIsUnderWay(Duration.ofSeconds(29));
    scene.runbooks().host().abandon("task-3", new Host.Who("ada", "the laptop was closed"));
    scene.time.advance(Duration.ofSeconds(31));

    rollbacks.add(scene.rollbackTo("2", "back"));
    scene.time.advance(Duration.ofMinutes(5));

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void waitsForAVendorThatIsAtWorkOnWhatTheDeployUploaded() {
    scene.identity = new IdentityRule.None();
    scene.vendor = new BuildingVendor(scene, Duration.ofSeconds(25));
    scene.whenStepStarts =
        Scene.once(
            "await version in production",
            () -> scene.time.after(Duration.ofSeconds(1), this::rollBack));

    scene.deploy("3");
    scene.time.advance(Duration.ofMinutes(5));

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void seesWhatAVendorHasJustFinishedAlsoIfReadsLag() {
    scene.identity = new IdentityRule.None();
    lag(WINDOW);
    scene.vendor = new BuildingVendor(scene, Duration.ofSeconds(60));
    scene.whenStepStarts = Scene.once("read production after the upload", this::rollBack);

    scene.deploy("3");
    scene.time.advance(Duration.ofMinutes(5));

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void seesWhatAVendorHasFinishedSinceTheDeployWasLeft() {
    leaveWhileTheVendorIsAtWorkFor(Duration.ofSeconds(60));
    scene.time.advance(Duration.ofSeconds(60));

    rollBack();

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void saysThatTheVendorIsStillAtWorkAndMayComeOverIt() {
    leaveWhileTheVendorIsAtWorkFor(Duration.ofHours(3));

    rollBack();

    assertThat(rollbacks.get(0).notes()).anyMatch(note -> note.contains("still at work"));
  }

  private void leaveWhileTheVendorIsAtWorkFor(Duration work) {
    scene.identity = new IdentityRule.None();
    lag(WINDOW);
    scene.vendor = new BuildingVendor(scene, work);
    scene.whenStepStarts =
        Scene.once(
            "await version in production",
            () ->
                scene.time.after(
                    Duration.ofSeconds(1),
                    () -> scene.cancellation.detach("the laptop was closed")));
    leaveDeploy3();
  }

  @Test
  void waitsForAVendorThatTheDeployItselfGaveUpWaitingFor() {
    scene.identity = new IdentityRule.None();
    lag(WINDOW);
    scene.rollout = RolloutPolicy.standard().withConfirmWithin(Duration.ofHours(2));
    scene.vendor = new BuildingVendor(scene, Duration.ofMinutes(40));
    assertThat(scene.deploy("3").outcome()).isEqualTo(Outcome.HELD);

    rollBack();

    assertThat(rollbacks.get(0).notes()).anyMatch(note -> note.contains("still at work"));
  }

  @Test
  void isNotHeldUpByACallThatWasRefusedBeforeTheOneThatWasAnswered() {
    lag(WINDOW);
    refuseTheSwitchOnce(FailureKind.THROTTLED);
    assertThat(scene.deploy("3").outcome()).isEqualTo(Outcome.SUCCEEDED);

    rollBack();

    assertThat(rollbacks.get(0).steps())
        .extracting(StepReport::name)
        .contains("let task-3 settle")
        .doesNotContain("come after task-3", "look for late arrivals");
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void isNotHeldUpByADeployThatWasRefused() {
    lag(WINDOW);
    refuseTheSwitchOnce(FailureKind.INVALID);
    assertThat(scene.deploy("3").outcome()).isEqualTo(Outcome.FAILED_SAFE);

    rollBack();

    assertThat(rollbacks.get(0).steps())
        .extracting(StepReport::name)
        .noneMatch(step -> step.contains("task-3"));
  }

  private void refuseTheSwitchOnce(FailureKind kind) {
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean refused;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (!refused && isProductionGetting("3", request)) {
              refused = true;
              throw ProviderException.of(kind, "no");
            }
            return super.activate(request, call);
          }
        };
  }

  @Test
  void isNotHeldUpByWhatADeployWasLeftWithInStaging() {
    lag(WINDOW);
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          @Override
          public Version upload(UploadRequest request, CallContext call) {
            scene.cancellation.detach("the laptop was closed");
            throw ProviderException.of(FailureKind.TIMEOUT, "no answer in time");
          }
        };
    leaveDeploy3();

    rollBack();

    assertThat(rollbacks.get(0).steps())
        .extracting(StepReport::name)
        .noneMatch(step -> step.contains("task-3"));
  }

  @Test
  void seesWhatIsShownLateAlsoWhereTheVersionAskedForSeemedToServe() {
    sendTheSwitchSoThatItLandsAfter(TOO_LATE, () -> rollbacks.add(scene.rollbackTo("2", "back")));

    scene.deploy("3");

    assertThat(scene.serving()).contains("3");
    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.CONFLICT);
    assertThat(rollbacks.get(0).summary())
        .contains("version 2 serves already, but", "made by dirk:task-3:", "Roll back again");
    assertThat(scene.rollbackTo("2", "again").outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void seesWhatLandsLateOfADeployThatWasLeftAndAbandoned() {
    leaveWhileTheSwitchIsUnderWay(TOO_LATE);
    scene.runbooks().host().abandon("task-3", new Host.Who("ada", "the laptop was closed"));

    rollBack();

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.CONFLICT);
    assertThat(scene.serving()).contains("3");
  }

  @Test
  void seesWhatLandsLateOfADeployThatARollbackEndedWhichWasLeftItself() {
    sendTheSwitchSoThatItLandsAfter(
        TOO_LATE,
        () -> {
          scene.time.after(
              Duration.ofSeconds(5), () -> scene.cancellation.detach("the laptop was closed"));
          rollBack();
          scene.cancellation = Cancellation.create();
          rollbacks.add(scene.rollback("second"));
        });

    scene.deploy("3");

    assertThat(rollbacks)
        .extracting(RunReport::outcome)
        .containsExactly(Outcome.WAITING, Outcome.CONFLICT);
    assertThat(scene.serving()).contains("3");
  }

  @Test
  void goesOnWhenItIsAskedAgainAfterItWasLeftOnceItHadEndedTheDeploy() {
    scene.whenStepStarts =
        Scene.once(
            "check production",
            () -> {
              scene.cancellation = Cancellation.create();
              scene.whenStepStarts =
                  Scene.once("end task-3", () -> scene.time.advance(Duration.ofMillis(100)));
              scene.time.after(
                  Duration.ofSeconds(5), () -> scene.cancellation.detach("the laptop was closed"));
              rollBack();
              scene.cancellation = Cancellation.create();
              rollBack();
            });

    RunReport deploy = scene.deploy("3");

    assertThat(deploy.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(rollbacks)
        .extracting(RunReport::outcome)
        .containsExactly(Outcome.WAITING, Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void leavesALaterDeployAloneIfItIsSupersededItself() {
    scene.whenStepStarts =
        Scene.once("read production", () -> scene.cancellation.detach("the laptop was closed"));
    rollBack();
    scene.cancellation = Cancellation.create();
    scene.whenStepStarts = step -> {};
    scene.deploy("3");
    scene.whenStepStarts = Scene.once("check staging", this::rollBack);

    RunReport deploy = scene.deploy("4");

    assertThat(rollbacks)
        .extracting(RunReport::outcome)
        .containsExactly(Outcome.WAITING, Outcome.SUPERSEDED);
    assertThat(deploy.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("4");
  }

  @Test
  void expectsNothingAnyMoreOfADeployThatWasLeftLongAgo() {
    leaveWhileTheSwitchIsUnderWay(Duration.ofSeconds(25));
    scene.time.advance(Duration.ofDays(3));

    rollBack();

    assertThat(rollbacks).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    assertThat(rollbacks.get(0).steps())
        .extracting(StepReport::name)
        .doesNotContain("come after task-3", "look for late arrivals");
  }

  /**
   * The switch of deploy 3 gets no answer, and then something happens. No gate can tell who
   * answers.
   */
  private void sendTheSwitchSoThatItLandsAfter(Duration hanging, Runnable then) {
    scene.identity = new IdentityRule.None();
    lag(WINDOW);
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean sent;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (!sent && isProductionGetting("3", request)) {
              sent = true;
              scene.time.after(Duration.ofSeconds(1), then);
              scene.time.after(hanging, () -> super.activate(request, call));
              throw ProviderException.of(FailureKind.TIMEOUT, "no answer in time");
            }
            return super.activate(request, call);
          }
        };
  }

  /** The journal of a rollback whose process dies when it has ended the deploy. */
  private static final class DiesOnceTheDeployEnded extends ForwardingJournal {

    private boolean isDead;

    DiesOnceTheDeployEnded(Journal journal) {
      super(journal);
    }

    @Override
    public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
      check();
      Entry entry = super.append(stream, sequence, held, record);
      isDead = stream.equals("run:task-3");
      return entry;
    }

    @Override
    public void release(Lease lease) {
      check();
      super.release(lease);
    }

    private void check() {
      if (isDead) {
        throw new JournalException(JournalException.Kind.STORAGE, "the process is dead.");
      }
    }
  }
}
