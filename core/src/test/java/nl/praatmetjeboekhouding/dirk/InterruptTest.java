package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.internal.Folded;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The thread of a run is interrupted, or the run cancelled, in each of its steps in turn. The names
 * of the steps are those of a run that nobody disturbed.
 */
final class InterruptTest {

  /** A run, with what happened before it. */
  private record Kind(
      String name, Supplier<Scene> before, Function<Scene, RunReport> run, String task) {

    private static List<Kind> all() {
      Function<Scene, RunReport> deploy = scene -> scene.deploy("2");
      return List.of(
          new Kind("deploy", Kind::served, deploy, "task-2"),
          new Kind("switching", () -> served(Shape.SWITCHING), deploy, "task-2"),
          new Kind("slow", () -> served(Shape.SLOW), deploy, "task-2"),
          new Kind("at once", () -> served(Shape.AT_ONCE), deploy, "task-2"),
          new Kind("sick", Kind::sick, deploy, "task-2"),
          new Kind("sick with settings", Kind::sickWithSettings, deploy, "task-2"),
          new Kind("rollback", Kind::servedTwice, scene -> scene.rollback("back"), "back"),
          new Kind("rollback again", Kind::putBack, scene -> scene.rollback("back-2"), "back-2"));
    }

    private static Scene served() {
      return served(Shape.SPLITTING);
    }

    private static Scene served(Shape shape) {
      Scene scene = new Scene(shape);
      scene.deploy("1");
      return scene;
    }

    private static Scene sick() {
      Scene scene = served();
      scene.sickInProduction("2");
      return scene;
    }

    private static Scene sickWithSettings() {
      Scene scene = new Scene();
      SettingsVendor vendor = new SettingsVendor(scene.deployer);
      scene.vendor = vendor;
      scene.deploy("1");
      vendor.wanted = "daily";
      scene.sickInProduction("2");
      return scene;
    }

    private static Scene servedTwice() {
      Scene scene = served();
      scene.deploy("2");
      return scene;
    }

    private static Scene putBack() {
      Scene scene = servedTwice();
      scene.rollback("back");
      return scene;
    }

    Scene scene() {
      Scene scene = before.get();
      scene.heard.clear();
      return scene;
    }

    @Override
    public String toString() {
      return name;
    }

    List<String> steps() {
      Scene scene = scene();
      RunReport unused = run.apply(scene);
      return scene.heard.stream()
          .filter(line -> line.startsWith("> "))
          .map(line -> line.substring(2))
          .toList();
    }
  }

  static Stream<Arguments> everyStep() {
    return Kind.all().stream()
        .flatMap(kind -> kind.steps().stream().map(step -> Arguments.of(kind, step)));
  }

  static Stream<Arguments> everyStepOfADeploy() {
    return everyStep()
        .filter(
            arguments ->
                List.of("deploy", "switching", "slow").contains(arguments.get()[0].toString()));
  }

  @ParameterizedTest(name = "{0}: interrupted in {1}")
  @MethodSource("everyStep")
  void anInterruptLeavesTheRunOpenAndResumeEndsItAsIfNobodyHadDisturbedIt(Kind kind, String step) {
    Scene undisturbed = kind.scene();
    Outcome outcome = kind.run.apply(undisturbed).outcome();
    Scene scene = kind.scene();
    scene.whenStepStarts = Scene.once(step, () -> Thread.currentThread().interrupt());

    RunReport left = kind.run.apply(scene);
    boolean isKept = Thread.interrupted();
    scene.whenStepStarts = started -> {};
    List<String> open = Folded.open(scene.journal);
    RunReport report = scene.runbook("2").resume(kind.task, "", "");

    assertThat(isKept).as("the interrupt").isTrue();
    if (left.outcome() == Outcome.WAITING) {
      assertThat(left.reason()).contains("DETACHED");
      assertThat(open).containsExactly(kind.task);
    } else {
      assertThat(left.outcome()).as("it was over before it looked").isEqualTo(outcome);
    }
    assertThat(report.outcome()).isEqualTo(outcome);
    assertThat(effects(scene)).isEqualTo(effects(undisturbed));
    assertThat(scene.journal.holder(scene.deployer.resource(PRODUCTION))).isEmpty();
  }

  /** What the vendor has, but for the times. */
  private static List<Object> effects(Scene scene) {
    List<Object> effects = new ArrayList<>();
    effects.add(scene.serving());
    for (var target : List.of(STAGING, PRODUCTION)) {
      scene.deployer.versions(target).forEach(version -> effects.add(version.key()));
      scene
          .deployer
          .deployments(target)
          .forEach(deployment -> effects.add(List.of(deployment.key(), deployment.split())));
    }
    if (scene.vendor instanceof SettingsVendor settings) {
      effects.add(settings.crons(PRODUCTION));
    }
    return effects;
  }

  @ParameterizedTest(name = "{0}: cancelled in {1}")
  @MethodSource("everyStepOfADeploy")
  void aCancelEndsItCancelledBeforeTheSwitchAndRolledBackAfterIt(Kind kind, String step) {
    List<String> steps = kind.steps();
    boolean isBefore = steps.indexOf(step) < steps.indexOf("activate production");
    Scene scene = kind.scene();
    scene.cancellation = Cancellation.create();
    scene.whenStepStarts = Scene.once(step, () -> scene.cancellation.cancel("enough"));

    RunReport report = kind.run.apply(scene);

    assertThat(report.outcome()).isEqualTo(isBefore ? Outcome.CANCELLED : Outcome.ROLLED_BACK);
    assertThat(report.summary()).contains("enough");
    assertThat(scene.serving()).isEqualTo(Optional.of("1"));
    if (isBefore) {
      assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(1);
    }
  }
}
