package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.once;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.internal.Host;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Call;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/** The runs of which the journals are kept as test data, by the names of their folders. */
final class GoldenRuns {

  /**
   * One of them.
   *
   * @param before what happens before, so that the last run is the one to look at
   * @param run the run to look at
   */
  record Golden(Shape shape, boolean hasSettings, Consumer<Scene> before, Consumer<Scene> run) {}

  private GoldenRuns() {}

  static Map<String, Golden> all() {
    Map<String, Golden> all = new LinkedHashMap<>();
    all.put("first", of(scene -> {}, scene -> scene.deploy("1")));
    all.put("with-staging", of(GoldenRuns::served, scene -> scene.deploy("2")));
    all.put("plain", of(GoldenRuns::servedPlainly, scene -> plain(scene, "2")));
    all.put("applied-plan", of(GoldenRuns::served, GoldenRuns::applied));
    all.put("slow", of(Shape.SLOW, GoldenRuns::served, scene -> scene.deploy("2")));
    all.put("with-upload", of(Shape.AT_ONCE, GoldenRuns::served, scene -> scene.deploy("2")));
    all.put("with-upload-sick", of(Shape.AT_ONCE, GoldenRuns::served, GoldenRuns::sick));
    all.put("settings", settings(GoldenRuns::served, scene -> scene.deploy("2")));
    all.put("settings-sick", settings(GoldenRuns::served, GoldenRuns::sick));
    all.put("rolled-back", of(GoldenRuns::served, GoldenRuns::sick));
    all.put("rolled-back-slow", of(Shape.SLOW, GoldenRuns::served, GoldenRuns::sick));
    all.put("rollback-failed", of(GoldenRuns::served, GoldenRuns::sickForever));
    all.put("staging-sick", of(GoldenRuns::served, GoldenRuns::sickInStaging));
    all.put("test-failed", of(GoldenRuns::served, GoldenRuns::testFailed));
    all.put("refused", of(GoldenRuns::served, GoldenRuns::refused));
    all.put("lost-answer", of(GoldenRuns::servedLate, GoldenRuns::lostAnswer));
    all.put("lost-answer-sick", of(GoldenRuns::servedLate, GoldenRuns::lostAnswerSick));
    all.put("held", of(GoldenRuns::served, GoldenRuns::held));
    all.put("held-switch", of(GoldenRuns::served, GoldenRuns::heldSwitch));
    all.put("held-resumed", of(GoldenRuns::served, GoldenRuns::heldResumed));
    all.put("left-resumed", of(GoldenRuns::served, GoldenRuns::leftResumed));
    all.put("abandoned", of(GoldenRuns::served, GoldenRuns::abandoned));
    all.put("cancelled", of(GoldenRuns::served, scene -> cancelledAt(scene, "read production")));
    all.put(
        "cancelled-late", of(GoldenRuns::served, scene -> cancelledAt(scene, "check production")));
    all.put("blocked", of(GoldenRuns::served, GoldenRuns::blocked));
    all.put("conflict", of(GoldenRuns::served, GoldenRuns::conflict));
    all.put("superseded", of(GoldenRuns::served, GoldenRuns::superseded));
    all.put("rollback", of(GoldenRuns::servedTwice, scene -> scene.rollback("back")));
    all.put("rollback-named", of(GoldenRuns::servedThrice, GoldenRuns::rollbackNamed));
    all.put("rollback-twice", of(GoldenRuns::putBackOnce, scene -> scene.rollback("back-2")));
    all.put("rollback-further", of(GoldenRuns::servedThrice, GoldenRuns::rollbackFurther));
    all.put("rollback-sick", of(GoldenRuns::servedTwice, GoldenRuns::rollbackSick));
    all.put("rollback-nothing", of(scene -> {}, scene -> scene.rollback("back")));
    return all;
  }

  private static Golden of(Consumer<Scene> before, Consumer<Scene> run) {
    return of(Shape.SPLITTING, before, run);
  }

  private static Golden of(Shape shape, Consumer<Scene> before, Consumer<Scene> run) {
    return new Golden(shape, false, before, run);
  }

  private static Golden settings(Consumer<Scene> before, Consumer<Scene> run) {
    return new Golden(Shape.SPLITTING, true, before, run);
  }

  private static void served(Scene scene) {
    scene.deploy("1");
    if (scene.vendor instanceof SettingsVendor settings) {
      settings.wanted = "daily";
    }
  }

  private static void servedTwice(Scene scene) {
    scene.deploy("1");
    scene.deploy("2");
  }

  private static void servedThrice(Scene scene) {
    servedTwice(scene);
    scene.deploy("3");
  }

  private static void putBackOnce(Scene scene) {
    servedTwice(scene);
    scene.rollback("back");
  }

  private static void servedPlainly(Scene scene) {
    plain(scene, "1");
  }

  private static void servedLate(Scene scene) {
    scene.deployer.lagging(Duration.ofSeconds(30));
    scene.deploy("1");
    scene.time.advance(Duration.ofMinutes(10));
  }

  private static void plain(Scene scene, String label) {
    scene.deployer.building(label);
    Runbooks.of("api", scene.vendor, scene.looking, scene.journal)
        .time(scene.time)
        .production(
            Endpoint.of(URI.create("https://api.example.com/health"), scene.identity),
            HealthPolicy.standard())
        .deploy()
        .label(() -> label)
        .create()
        .run(DeployRequest.of("api").taskId("task-" + label));
  }

  private static void applied(Scene scene) {
    scene.deployer.building("2");
    DeployRunbook runbook = scene.runbook("2");
    runbook.run(
        DeployRequest.of("api")
            .taskId("task-2")
            .by("ada")
            .because("the new prices")
            .applying(runbook.plan().hash()));
  }

  private static void sick(Scene scene) {
    scene.sickInProduction("2");
    scene.deploy("2");
  }

  private static void sickForever(Scene scene) {
    scene.whenStepStarts =
        once(
            "check production",
            () ->
                scene.probe.then(
                    endpoint ->
                        scene
                            .probe
                            .reading(Health.UNHEALTHY, "status 500")
                            .withIdentity(scene.serving().orElseThrow())));
    scene.deploy("2");
  }

  private static void sickInStaging(Scene scene) {
    scene.whenStepStarts =
        once(
            "check staging",
            () ->
                scene.probe.then(
                    endpoint ->
                        scene.probe.reading(Health.UNHEALTHY, "status 500").withIdentity("2")));
    scene.deploy("2");
  }

  private static void testFailed(Scene scene) {
    scene.testFailure = java.util.Optional.of("2 tests failed");
    scene.deploy("2");
  }

  private static void refused(Scene scene) {
    scene.whenStepStarts =
        once(
            "activate production",
            () -> scene.deployer.failNext(Call.ACTIVATE, FailureKind.FORBIDDEN));
    scene.deploy("2");
  }

  private static void lostAnswer(Scene scene) {
    scene.whenStepStarts =
        once(
            "activate production",
            () -> scene.deployer.loseNextAnswer(Call.ACTIVATE, FailureKind.TIMEOUT));
    scene.deploy("2");
  }

  private static void lostAnswerSick(Scene scene) {
    scene.sickInProduction("2");
    lostAnswer(scene);
  }

  private static void held(Scene scene) {
    scene.whenStepStarts =
        once(
            "check production",
            () -> scene.probe.then(endpoint -> scene.probe.reading(Health.INCONCLUSIVE, "no way")));
    scene.deploy("2");
  }

  private static void heldSwitch(Scene scene) {
    scene.whenStepStarts =
        once(
            "activate production",
            () -> {
              scene.deployer.loseNextAnswer(Call.ACTIVATE, FailureKind.TIMEOUT);
              IntStream.range(0, 1000)
                  .forEach(count -> scene.deployer.failNext(Call.FIND, FailureKind.UNAVAILABLE));
            });
    scene.deploy("2");
  }

  private static void heldResumed(Scene scene) {
    var truth = scene.probe.rule();
    held(scene);
    scene.probe.then(truth);
    scene.whenStepStarts = step -> {};
    scene.runbook("2").resume("task-2", "ada", "the proxy is back");
  }

  private static void leftResumed(Scene scene) {
    scene.whenStepStarts =
        once("check staging", () -> scene.cancellation.detach("the process ends"));
    scene.deploy("2");
    scene.whenStepStarts = step -> {};
    scene.cancellation = Cancellation.create();
    scene.time.advance(Duration.ofMinutes(5));
    scene.deploy("2");
  }

  private static void abandoned(Scene scene) {
    held(scene);
    scene.runbooks().host().abandon("task-2", new Host.Who("ada", "looked at by hand"));
  }

  private static void cancelledAt(Scene scene, String step) {
    scene.whenStepStarts = once(step, () -> scene.cancellation.cancel("not today"));
    scene.deploy("2");
  }

  private static void blocked(Scene scene) {
    scene.journal.acquire(
        scene.deployer.resource(PRODUCTION), "another", "a deploy", Duration.ofHours(1));
    scene.deploy("2");
  }

  private static void conflict(Scene scene) {
    scene.whenStepStarts =
        once("activate production", () -> scene.deployer.deployForeign(PRODUCTION, "hotfix"));
    scene.deploy("2");
  }

  private static void superseded(Scene scene) {
    scene.whenStepStarts = once("plan", () -> scene.cancellation.detach("the process ends"));
    scene.deploy("2");
    scene.whenStepStarts = step -> {};
    scene.cancellation = Cancellation.create();
    scene.deploy("3");
    scene.deployer.building("2");
    scene.deploy("2");
  }

  private static void rollbackNamed(Scene scene) {
    String first = scene.deployer.versions(PRODUCTION).get(2).id();
    scene.rollbackTo(first, "back");
  }

  /** What serves was put back before, and is sick by now. */
  private static void rollbackFurther(Scene scene) {
    scene.rollback("back");
    scene.probe.then(
        endpoint ->
            scene
                .probe
                .reading(
                    scene.serving().equals(java.util.Optional.of("2"))
                        ? Health.UNHEALTHY
                        : Health.HEALTHY,
                    "status 500")
                .withIdentity(scene.serving().orElseThrow()));
    scene.rollback("back-2");
  }

  private static void rollbackSick(Scene scene) {
    scene.sickInProduction("1");
    scene.rollback("back");
  }
}
