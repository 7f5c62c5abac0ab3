package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Call;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Something happens at every step of a deploy in turn: whatever the report says then is true, and
 * nobody else's deploy is lost.
 */
final class DisturbanceTest {

  /** What serves production before each of the deploys: 1, put there by an earlier run. */
  private static Scene served(Shape shape) {
    Scene scene = new Scene(shape);
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
    scene.heard.clear();
    return scene;
  }

  private static List<String> steps(Shape shape) {
    Scene scene = served(shape);
    scene.deploy("2");
    return scene.heard.stream()
        .filter(line -> line.startsWith("> "))
        .map(line -> line.substring(2))
        .toList();
  }

  static Stream<Arguments> stepsOfEveryShape() {
    return Stream.of(Shape.values())
        .flatMap(shape -> steps(shape).stream().map(step -> Arguments.of(shape, step)));
  }

  @ParameterizedTest(name = "{0}: cancelled before {1}")
  @MethodSource("stepsOfEveryShape")
  void aCancelEndsTheRunAsItSays(Shape shape, String step) {
    Scene scene = served(shape);
    scene.whenStepStarts = Scene.once(step, () -> scene.cancellation.cancel("enough"));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome())
        .isIn(
            Outcome.CANCELLED,
            Outcome.ROLLED_BACK,
            Outcome.SUCCEEDED,
            shape == Shape.AT_ONCE ? Outcome.HELD : Outcome.CANCELLED);
    assertThatItIsTrue(scene, report);
    boolean beforeTheSwitch =
        scene.heard.stream()
            .noneMatch(
                line ->
                    line.equals("> activate production")
                        || (shape == Shape.AT_ONCE && line.equals("> upload production")));
    if (beforeTheSwitch) {
      assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(1);
    }
  }

  @ParameterizedTest(name = "{0}: left before {1}")
  @MethodSource("stepsOfEveryShape")
  void aRunThatWasLeftGoesOnToItsEnd(Shape shape, String step) {
    Scene scene = served(shape);
    scene.whenStepStarts = Scene.once(step, () -> scene.cancellation.detach("the process ends"));

    RunReport left = scene.deploy("2");
    scene.cancellation = Cancellation.create();
    scene.whenStepStarts = started -> {};
    RunReport report = scene.deploy("2");

    assertThat(left.outcome()).isIn(Outcome.WAITING, Outcome.SUCCEEDED);
    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
    assertThat(scene.deployer.uploads(PRODUCTION)).isEqualTo(2);
    assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0}: cancelled by whoever takes it up after it was left before {1}")
  @MethodSource("stepsOfEveryShape")
  void aRunThatWasLeftCanBeCancelled(Shape shape, String step) {
    Scene scene = served(shape);
    scene.whenStepStarts = Scene.once(step, () -> scene.cancellation.detach("the process ends"));

    scene.deploy("2");
    scene.cancellation = Cancellation.create();
    scene.cancellation.cancel("not today");
    scene.whenStepStarts = started -> {};
    RunReport report = scene.deploy("2");

    assertThatItIsTrue(scene, report);
  }

  @ParameterizedTest(name = "{0}: somebody deploys before {1}")
  @MethodSource("stepsOfEveryShape")
  void somebodyElsesDeployIsNeverOverwritten(Shape shape, String step) {
    Scene scene = served(shape);
    scene.whenStepStarts =
        Scene.once(step, () -> scene.deployer.deployForeign(PRODUCTION, "hotfix"));

    RunReport report = scene.deploy("2");

    boolean cameLast = scene.heard.indexOf("> " + step) > scene.heard.indexOf("> read production");
    if (cameLast) {
      assertThat(scene.serving()).contains("hotfix");
      assertThat(report.outcome()).isNotIn(Outcome.FAILED_SAFE, Outcome.ROLLED_BACK);
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void somebodyElsesDeployIsNotOverwrittenByWhoeverGoesOn(Shape shape) {
    Scene scene = served(shape);
    String step = shape == Shape.AT_ONCE ? "upload production" : "activate production";
    Call call = shape == Shape.AT_ONCE ? Call.UPLOAD : Call.ACTIVATE;
    scene.whenStepStarts =
        Scene.once(
            step,
            () -> {
              scene.deployer.failNext(call, FailureKind.TIMEOUT);
              scene.time.after(
                  Duration.ofSeconds(1), () -> scene.cancellation.detach("the process ends"));
            });
    scene.deployer.lagging(Duration.ofSeconds(30));
    scene.time.advance(Duration.ofMinutes(10));
    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.WAITING);
    scene.time.advance(Duration.ofHours(3));
    scene.deployer.deployForeign(PRODUCTION, "hotfix");
    scene.time.advance(Duration.ofMinutes(10));
    scene.cancellation = Cancellation.create();

    RunReport report = scene.deploy("2");

    assertThat(scene.serving()).contains("hotfix");
    assertThat(report.outcome()).isEqualTo(Outcome.CONFLICT);
  }

  @ParameterizedTest(name = "{0}: somebody deploys before {1}, and the new version is sick")
  @MethodSource("stepsOfEveryShape")
  void somebodyElsesDeployIsNotOverwrittenByTheWayBack(Shape shape, String step) {
    Scene scene = served(shape);
    scene.sickInProduction("2");
    scene.whenStepStarts =
        Scene.once(step, () -> scene.deployer.deployForeign(PRODUCTION, "hotfix"));

    scene.deploy("2");

    boolean cameLast = scene.heard.indexOf("> " + step) > scene.heard.indexOf("> read production");
    if (cameLast) {
      assertThat(scene.serving()).contains("hotfix");
    }
  }

  static Stream<Arguments> failuresOfEveryStepAndShape() {
    return stepsOfEveryShape()
        .flatMap(
            arguments ->
                Stream.of(Call.PREPARE, Call.UPLOAD, Call.ACTIVATE, Call.ACTIVE, Call.REFRESH)
                    .flatMap(
                        call ->
                            Stream.of(FailureKind.FORBIDDEN, FailureKind.TIMEOUT)
                                .map(
                                    kind ->
                                        Arguments.of(
                                            arguments.get()[0], arguments.get()[1], call, kind))));
  }

  @ParameterizedTest(name = "{0}: from {1} on, the next {2} fails with {3}")
  @MethodSource("failuresOfEveryStepAndShape")
  void aCallThatFailsNeverMakesTheReportUntrue(
      Shape shape, String step, Call call, FailureKind kind) {
    Scene scene = served(shape);
    scene.whenStepStarts = Scene.once(step, () -> scene.deployer.failNext(call, kind));

    RunReport report = scene.deploy("2");

    assertThatItIsTrue(scene, report);
  }

  @ParameterizedTest(name = "{0}: from {1} on, the journal refuses")
  @MethodSource("stepsOfEveryShape")
  void aJournalThatRefusesEndsInAReportThatIsOpen(Shape shape, String step) {
    Scene scene = served(shape);
    FailingJournal journal = new FailingJournal(scene.journal);
    scene.journal = journal;
    scene.whenStepStarts = Scene.once(step, journal::fail);

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(report.summary()).contains("journal");
    assertThat(pairs(scene.heard)).isEmpty();
    scene.whenStepStarts = started -> {};
    journal.mend();
    scene.time.advance(Duration.ofMinutes(2));
    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void aRunWhoseTargetSomebodyElseHoldsByNowStaysOpen(Shape shape) {
    Scene scene = served(shape);
    scene.whenStepStarts =
        Scene.once("check production", () -> scene.cancellation.detach("the process ends"));
    scene.deploy("2");
    scene.cancellation = Cancellation.create();
    scene.whenStepStarts = started -> {};
    var lease =
        scene.journal.acquire(
            scene.deployer.resource(PRODUCTION), "another", "a deploy", Duration.ofMinutes(1));

    RunReport waiting = scene.deploy("2");
    scene.journal.release(lease);
    RunReport report = scene.deploy("2");

    assertThat(waiting.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(waiting.reason()).contains("LEASED");
    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void putsBackAtAVendorThatCompares() {
    Scene scene = served(Shape.SPLITTING);
    scene.deployer.comparing();
    scene.sickInProduction("2");

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void provesNothingByANameThatTheVersionBeforeGaveItselfToo() {
    Scene scene = new Scene();
    scene.deployer.deployForeign(PRODUCTION, "by-hand");
    scene.deployer.deployForeign(Scene.STAGING, "by-hand");
    scene.probe.then(endpoint -> scene.probe.reading(Health.HEALTHY, "").withIdentity("2"));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("AMBIGUOUS_IDENTITY");
  }

  @Test
  void doesNotWaitLongerThanItsPatienceWhateverTheVendorAsks() {
    Scene scene = served(Shape.SPLITTING);
    scene.deployer.throttleNext(Call.ACTIVATE, Duration.ofDays(30));
    var before = scene.time.instant();

    scene.deploy("2");

    assertThat(Duration.between(before, scene.time.instant())).isLessThan(Duration.ofMinutes(15));
  }

  @Test
  void saysThatAVendorCannotGoBackWithoutChangingAnything() {
    Scene scene = served(Shape.AT_ONCE);
    scene.deploy("2");

    RunReport report = scene.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("INELIGIBLE");
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void survivesAListenerThatBreaksInEveryWay() {
    Scene scene = served(Shape.SPLITTING);
    scene.whenStepStarts =
        step -> {
          throw new NoClassDefFoundError("com/example/Chat");
        };

    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void aServiceThatCannotTellItsVersionIsStillPutBack() {
    Scene scene = new Scene();
    scene.identity = new IdentityRule.None();
    scene.deploy("1");
    scene.sickInProduction("2");

    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.ROLLED_BACK);
  }

  /** What a report says of production is so. */
  private static void assertThatItIsTrue(Scene scene, RunReport report) {
    Optional<String> serving = scene.serving();
    switch (report.outcome()) {
      case SUCCEEDED -> assertThat(serving).contains("2");
      case FAILED_SAFE, BLOCKED, CANCELLED, ROLLED_BACK -> assertThat(serving).contains("1");
      default -> assertThat(report.summary()).doesNotContain("as it was");
    }
  }

  /** The steps that were started and not ended. */
  private static List<String> pairs(List<String> heard) {
    List<String> open = new ArrayList<>();
    for (String line : heard) {
      if (line.startsWith("> ")) {
        open.add(line.substring(2));
      } else {
        open.removeIf(step -> line.startsWith("< " + step + " "));
      }
    }
    return open;
  }
}
