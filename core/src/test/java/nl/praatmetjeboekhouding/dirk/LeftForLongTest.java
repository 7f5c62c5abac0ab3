package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.FreezeWindow;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is taken up late does not go on as if no time had passed. */
final class LeftForLongTest {

  @TempDir private Path folder;
  private final ManualTime time = ManualTime.create();
  private final InMemoryDeployer vendor =
      InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, time);
  private final ScriptedProbe eyes =
      ScriptedProbe.healthy(time, endpoint -> vendor.serving(Scene.targetOf(endpoint)));
  private final Journal journal = MemoryJournal.create(time);
  private String label = "one";

  @Test
  void finishesThePutBackThatNobodyCouldTellWhenItIsResumed() {
    holdOnTheWayBack(false);

    try (Dirk dirk = open(step -> {})) {
      RunReport report = dirk.resume(ResumeRequest.of("t-held"));

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }
    assertThat(vendor.serving(Scene.PRODUCTION)).contains("one");
  }

  @Test
  void findsThePutBackThatTookEffectWhenItIsResumed() {
    holdOnTheWayBack(true);

    try (Dirk dirk = open(step -> {})) {
      RunReport report = dirk.resume(ResumeRequest.of("t-held"));

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }
    assertThat(vendor.serving(Scene.PRODUCTION)).contains("one");
  }

  @Test
  void doesNotSendASwitchAgainOnceItsWindowHasPassed() {
    Scene scene = new Scene();
    scene.rollout = RolloutPolicy.atOnce().withConfirmWithin(Duration.ofMinutes(10));
    scene.deploy("1");
    leaveWithTheSwitchIntended(scene);
    scene.time.advance(Duration.ofHours(60));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.summary()).contains("Production is as it was");
    assertThat(scene.deployer.activations(Scene.PRODUCTION)).isEqualTo(1);
  }

  @Test
  void doesNotSendASwitchAgainThatWasCancelledBeforeItTookEffect() {
    Scene scene = new Scene();
    scene.rollout = RolloutPolicy.atOnce();
    scene.deploy("1");
    leaveWithTheSwitchIntended(scene);
    scene.cancellation.cancel("we do not want it any more");

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
    assertThat(scene.deployer.activations(Scene.PRODUCTION)).isEqualTo(1);
  }

  @Test
  void asksTheGatesOnceMoreWhenItWasLeftBetweenThemAndTheSwitch() {
    Scene scene = new Scene();
    scene.rollout = RolloutPolicy.atOnce();
    var in = scene.time.instant().plus(Duration.ofHours(5));
    var from = LocalDateTime.ofInstant(in, ZoneOffset.UTC);
    scene.gates =
        scene.gates.withFreeze(
            FreezeWindow.of(
                "weekend", new FreezeWindow.Once(from, from.plusDays(5)), ZoneOffset.UTC));
    scene.deploy("1");
    scene.whenStepEnded =
        Scene.once("ask the gates again", () -> scene.cancellation.detach("the pod was moved"));
    RunReport left = scene.deploy("2");
    assertThat(left.outcome()).isEqualTo(Outcome.WAITING);
    scene.cancellation = Cancellation.create();
    scene.time.advance(Duration.ofHours(30));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
  }

  private static void leaveWithTheSwitchIntended(Scene scene) {
    scene.whenStepStarts =
        Scene.once(
            "activate production",
            () -> {
              scene.deployer.failNext(InMemoryDeployer.Call.ACTIVATE, FailureKind.TIMEOUT);
              scene.cancellation.detach("the laptop died");
            });
    RunReport left = scene.deploy("2");
    assertThat(left.outcome()).isEqualTo(Outcome.WAITING);
    scene.deployer.forgetPlanted();
    scene.cancellation = Cancellation.create();
  }

  /**
   * "two" is sick in production, and whether "one" was put back cannot be told; then it recovers.
   */
  private void holdOnTheWayBack(boolean tookEffect) {
    deploy("one");
    vendor.building("two");
    label = "two";
    var truth = eyes.rule();
    eyes.then(
        endpoint ->
            Scene.targetOf(endpoint).equals(Scene.PRODUCTION)
                    && vendor.serving(Scene.PRODUCTION).equals(Optional.of("two"))
                ? eyes.reading(Health.UNHEALTHY, "500").withIdentity("two")
                : truth.apply(endpoint));
    Consumer<String> losing =
        Scene.once(
            "put back production",
            () -> {
              if (tookEffect) {
                vendor.loseNextAnswer(InMemoryDeployer.Call.ACTIVATE, FailureKind.TIMEOUT);
              } else {
                vendor.failNext(InMemoryDeployer.Call.ACTIVATE, FailureKind.TIMEOUT);
              }
              for (int i = 0; i < 200; i++) {
                vendor.failNext(InMemoryDeployer.Call.FIND, FailureKind.UNAVAILABLE);
              }
            });
    try (Dirk dirk = open(losing)) {
      RunReport held = dirk.deploy(DeployRequest.of("api").taskId("t-held"));
      assertThat(held.outcome()).isEqualTo(Outcome.HELD);
    }
    vendor.forgetPlanted();
    eyes.then(truth);
  }

  private void deploy(String release) {
    vendor.building(release);
    label = release;
    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.deploy(DeployRequest.of("api").taskId("t-" + release)).outcome())
          .isEqualTo(Outcome.SUCCEEDED);
    }
  }

  private Dirk open(Consumer<String> whenStepStarts) {
    DirkConfig config =
        DirkConfig.of(
            ServiceConfig.of(
                    "api", folder, ProviderConfig.of("memory"), environment("https://api.example"))
                .withStaging(environment("https://staging.example"))
                .withProbe(ProviderConfig.of("scripted"))
                .withVersion(new VersionRule.Text(label)));
    return Dirk.builder()
        .time(time)
        .provider(vendor.provider("memory"))
        .provider(eyes.provider("scripted"))
        .config(config)
        .journal(journal)
        .listener(
            new RunListener() {
              @Override
              public void stepStarted(StepStarted event) {
                whenStepStarts.accept(event.step());
              }
            })
        .open();
  }

  private static EnvironmentConfig environment(String host) {
    return EnvironmentConfig.of(
        HealthConfig.of(
            Endpoint.of(URI.create(host + "/health"), new IdentityRule.Pointer("/version"))));
  }
}
