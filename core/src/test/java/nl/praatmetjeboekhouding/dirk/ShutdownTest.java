package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.config.CommandConfig;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A container shuts down as Spring does: the pool that runs the deploy is told to stop now, and
 * another thread closes Dirk in a destroy callback that must not take long. By the real clock,
 * because a wait that is cut short is what is tried.
 */
@Timeout(60)
final class ShutdownTest {

  private static final Duration CALLBACK = Duration.ofSeconds(20);

  @TempDir private Path folder;
  private final TimeSource time = TimeSource.system();
  private final InMemoryDeployer vendor =
      InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, time);
  private final ScriptedProbe eyes =
      ScriptedProbe.healthy(time, endpoint -> vendor.serving(Scene.targetOf(endpoint)));
  private final Journal journal = MemoryJournal.create(time);
  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final ExecutorService container = Executors.newSingleThreadExecutor();

  @AfterEach
  void end() {
    pool.shutdownNow();
    container.shutdownNow();
  }

  @Test
  void leavesARunOpenThatWaitsInItsGate() throws Exception {
    var truth = eyes.rule();
    eyes.then(endpoint -> eyes.reading(Health.INCONCLUSIVE, "throttled"));
    leave("check staging", false);
    eyes.then(truth);

    assertThat(finish().outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(vendor.uploads(Scene.STAGING)).isEqualTo(1);
    assertThat(vendor.activations(Scene.STAGING)).isEqualTo(1);
  }

  @Test
  void endsTheTestsThatAreUnderWay() throws Exception {
    Files.writeString(folder.resolve("test.sh"), "echo $$ > part; mv part pid; sleep 300");
    leave("test", true);

    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    Files.writeString(folder.resolve("test.sh"), "true");
    assertThat(finish().outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  /** Shuts down while the run is busy with a step. */
  private void leave(String step, boolean waitsForTheTests) throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    Dirk dirk =
        open(
            new RunListener() {
              @Override
              public void stepStarted(StepStarted event) {
                if (event.step().equals(step)) {
                  busy.countDown();
                }
              }
            });
    Future<RunReport> run = pool.submit(() -> dirk.deploy(DeployRequest.of("api").taskId("t-1")));
    assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
    while (waitsForTheTests && !Files.exists(folder.resolve("pid"))) {
      Thread.onSpinWait();
    }

    assertThat(pool.shutdownNow()).isEmpty();
    Future<?> callback = container.submit(dirk::close);
    callback.get(CALLBACK.toSeconds(), TimeUnit.SECONDS);

    assertThat(run.get(1, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.WAITING);
    assertThat(pool.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    assertThat(journal.holder("run:t-1")).isEmpty();
    assertThat(journal.holder(vendor.resource(Scene.PRODUCTION))).isEmpty();
  }

  private RunReport finish() {
    try (Dirk dirk = open(new RunListener() {})) {
      assertThat(dirk.openRuns()).hasSize(1);
      return dirk.resume().get(0);
    }
  }

  private Dirk open(RunListener listener) {
    ServiceConfig service =
        ServiceConfig.of(
                "api", folder, ProviderConfig.of("memory"), environment("https://api.example"))
            .withStaging(environment("https://staging.example"))
            .withProbe(ProviderConfig.of("scripted"))
            .withVersion(new VersionRule.Text("1"));
    return Dirk.builder()
        .provider(vendor.provider("memory"))
        .provider(eyes.provider("scripted"))
        .config(
            DirkConfig.of(
                Files.exists(folder.resolve("test.sh"))
                    ? service.withTest(CommandConfig.of("sh", "test.sh"))
                    : service))
        .journal(journal)
        .listener(listener)
        .open();
  }

  private static EnvironmentConfig environment(String host) {
    return EnvironmentConfig.of(
        HealthConfig.of(
                Endpoint.of(URI.create(host + "/health"), new IdentityRule.Pointer("/version")))
            .withPolicy(
                new nl.praatmetjeboekhouding.dirk.model.HealthPolicy(
                    1,
                    Duration.ofSeconds(30),
                    2,
                    Duration.ofMillis(50),
                    3,
                    3,
                    Duration.ofSeconds(1))));
  }
}
