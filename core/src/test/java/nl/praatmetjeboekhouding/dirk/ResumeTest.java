package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Spi;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that were left or are HELD: found, gone on with, ended. */
final class ResumeTest {

  @TempDir private Path folder;
  private final ManualTime time = ManualTime.create();
  private final InMemoryDeployer vendor =
      InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, time);
  private final ScriptedProbe eyes =
      ScriptedProbe.healthy(time, endpoint -> vendor.serving(Scene.targetOf(endpoint)));
  private final Journal journal = MemoryJournal.create(time);
  private Optional<ContextRules> documents = Optional.empty();
  private String label = "one";
  private boolean reachable;

  @Test
  void findsWhatWasLeftAndFinishesIt() {
    leaveDeployAt("activate production");

    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.openRuns())
          .singleElement()
          .satisfies(
              run -> {
                assertThat(run.taskId()).isEqualTo("t-1");
                assertThat(run.runbook()).isEqualTo("deploy");
                assertThat(run.service()).isEqualTo("api");
                assertThat(run.held()).isEmpty();
              });
      assertThat(dirk.resume()).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
      assertThat(dirk.openRuns()).isEmpty();
    }
    assertThat(vendor.uploads(Scene.PRODUCTION)).isEqualTo(1);
    assertThat(vendor.activations(Scene.PRODUCTION)).isEqualTo(1);
  }

  @Test
  void goesOnWithARollbackAsItWasAskedFor() {
    deploy("one");
    String first = vendor.servingVersion(Scene.PRODUCTION).orElseThrow().id();
    deploy("two");
    deploy("three");
    leaveAt(
        "put back production",
        dirk -> dirk.rollback(RollbackRequest.of("api").taskId("t-back").to(first)));

    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.resume()).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    }
    assertThat(vendor.servingVersion(Scene.PRODUCTION).orElseThrow().id()).isEqualTo(first);
  }

  @Test
  void knowsWhatWasReadWhenItIsLeftBeforeThatWasChecked() throws IOException {
    Files.writeString(folder.resolve("VERSION.md"), "1");
    documents = Optional.of(ContextRules.of(folder, List.of("VERSION.md"), List.of()));
    leaveAt(
        "check context",
        dirk ->
            dirk.deploy(
                DeployRequest.of("api")
                    .taskId("t-1")
                    .acknowledging(dirk.context().acknowledgement())));

    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.resume()).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    }
  }

  @Test
  void leavesWhatIsHeldToAPersonAndThenLooksAgain() {
    deploy("one");
    hold("t-held");

    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.resume()).isEmpty();
      assertThat(dirk.openRuns())
          .extracting(run -> run.held().map(RunReport::outcome))
          .containsExactly(Optional.of(Outcome.HELD));

      RunReport report =
          dirk.resume(ResumeRequest.of("t-held").by("ada").because("the proxy is back"));

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(dirk.openRuns()).isEmpty();
      assertThat(dirk.deploy(DeployRequest.of("api").taskId("t-held"))).isEqualTo(report);
    }
    assertThat(vendor.activations(Scene.PRODUCTION)).isEqualTo(2);
  }

  @Test
  void putsBackWhenWhatWasHeldTurnsOutSick() {
    deploy("one");
    hold("t-held");
    var truth = eyes.rule();
    eyes.then(
        endpoint ->
            Scene.targetOf(endpoint).equals(Scene.PRODUCTION)
                    && vendor.serving(Scene.PRODUCTION).equals(Optional.of("two"))
                ? eyes.reading(Health.UNHEALTHY, "500").withIdentity("two")
                : truth.apply(endpoint));

    try (Dirk dirk = open(step -> {})) {
      RunReport report = dirk.resume(ResumeRequest.of("t-held"));

      assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }
    assertThat(vendor.serving(Scene.PRODUCTION)).contains("one");
  }

  @Test
  void staysHeldAsLongAsItCannotBeTold() {
    deploy("one");
    hold("t-held");
    var truth = eyes.rule();
    eyes.then(endpoint -> eyes.reading(Health.INCONCLUSIVE, "throttled"));

    try (Dirk dirk = open(step -> {})) {
      RunReport again = dirk.resume(ResumeRequest.of("t-held"));
      eyes.then(truth);
      RunReport report = dirk.resume(ResumeRequest.of("t-held"));

      assertThat(again.outcome()).isEqualTo(Outcome.HELD);
      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
  }

  @Test
  void isSupersededWhereANewerRunHasChangedProductionSince() {
    deploy("one");
    vendor.building("two");
    label = "two";
    leaveAt("plan", dirk -> dirk.deploy(DeployRequest.of("api").taskId("t-left")));
    deploy("three");

    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.resume())
          .singleElement()
          .satisfies(
              report -> {
                assertThat(report.outcome()).isEqualTo(Outcome.SUPERSEDED);
                assertThat(report.summary()).contains("t-three");
              });
      assertThat(dirk.openRuns()).isEmpty();
    }
    assertThat(vendor.serving(Scene.PRODUCTION)).contains("three");
  }

  @Test
  void isSupersededAlsoAfterItsOwnSwitch() {
    deploy("zero");
    deploy("one");
    hold("t-held");
    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.rollback(RollbackRequest.of("api").taskId("t-back")).outcome())
          .isEqualTo(Outcome.SUCCEEDED);

      assertThat(dirk.resume(ResumeRequest.of("t-held")).outcome()).isEqualTo(Outcome.SUPERSEDED);
      assertThat(dirk.rollback(RollbackRequest.of("api").taskId("t-again")).reason())
          .contains("ALREADY_THERE");
    }
    assertThat(vendor.serving(Scene.PRODUCTION)).contains("one");
  }

  @Test
  void isSupersededWhereARollbackWasLeftAndACureDeployed() {
    deploy("one");
    deploy("two");
    leaveAt("find the resource", dirk -> dirk.rollback(RollbackRequest.of("api").taskId("t-back")));
    deploy("three");

    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.resume()).extracting(RunReport::outcome).containsExactly(Outcome.SUPERSEDED);
    }
    assertThat(vendor.serving(Scene.PRODUCTION)).contains("three");
  }

  @Test
  void isAbandonedForGood() {
    deploy("one");
    hold("t-held");

    try (Dirk dirk = open(step -> {})) {
      RunReport report =
          dirk.abandon(AbandonRequest.of("t-held").by("ada").because("looked at by hand"));

      assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(report.reason()).contains("ABANDONED");
      assertThat(report.summary()).contains("by ada: looked at by hand", "could not be told");
      assertThat(dirk.openRuns()).isEmpty();
      assertThat(dirk.resume(ResumeRequest.of("t-held"))).isEqualTo(report);
      assertThat(dirk.abandon(AbandonRequest.of("t-held"))).isEqualTo(report);
    }
    assertThat(vendor.serving(Scene.PRODUCTION)).contains("two");
  }

  @Test
  void isAbandonedAlsoWhenItWasOnlyLeft() {
    leaveDeployAt("upload production");

    try (Dirk dirk = open(step -> {})) {
      RunReport report = dirk.abandon(AbandonRequest.of("t-1"));

      assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(report.steps()).extracting("name").contains("plan", "upload production");
      assertThat(dirk.resume()).isEmpty();
    }
    assertThat(vendor.serving(Scene.PRODUCTION)).isEmpty();
  }

  @Test
  void saysWhenItIsAbandonedWithItsVersionInTheDark() {
    deploy("one");
    vendor.building("two");
    label = "two";
    reachable = true;
    leaveAt(
        "check dark in production", dirk -> dirk.deploy(DeployRequest.of("api").taskId("t-dark")));

    try (Dirk dirk = open(step -> {})) {
      RunReport report = dirk.abandon(AbandonRequest.of("t-dark"));

      assertThat(report.notes()).singleElement().asString().contains("a share of 0 %");
      assertThat(vendor.serving(Scene.PRODUCTION)).contains("one");
    }
  }

  @Test
  @Timeout(60)
  void refusesWhatTheRunItselfAsksOfItselfInsteadOfWaitingForEver() {
    AtomicReference<Dirk> self = new AtomicReference<>();
    AtomicReference<Throwable> refused = new AtomicReference<>();
    Consumer<String> asking =
        step -> {
          if (step.equals("plan")) {
            refused.set(
                catchThrowable(
                    () ->
                        requireNonNull(self.get())
                            .deploy(DeployRequest.of("api").taskId("t-self"))));
          }
        };
    vendor.building("one");

    try (Dirk dirk = open(asking)) {
      self.set(dirk);
      RunReport report = dirk.deploy(DeployRequest.of("api").taskId("t-self"));

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
    assertThat(refused.get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("t-self")
        .hasMessageContaining("from another thread");
  }

  @Test
  void doesNotKnowWhatWasNeverAskedFor() {
    try (Dirk dirk = open(step -> {})) {
      assertThatThrownBy(() -> dirk.resume(ResumeRequest.of("t-9")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("t-9");
      assertThatThrownBy(() -> dirk.abandon(AbandonRequest.of("t-9")))
          .isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void waitsWhileAnotherProcessIsAtIt() {
    leaveDeployAt("activate production");
    var lease = journal.acquire("run:t-1", "another process", "deploy api", Duration.ofMinutes(1));

    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.resume())
          .singleElement()
          .satisfies(
              report -> {
                assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
                assertThat(report.summary()).contains("another process");
              });
      journal.release(lease);
      assertThat(dirk.resume()).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
    }
  }

  private void deploy(String release) {
    vendor.building(release);
    label = release;
    try (Dirk dirk = open(step -> {})) {
      assertThat(dirk.deploy(DeployRequest.of("api").taskId("t-" + release)).outcome())
          .isEqualTo(Outcome.SUCCEEDED);
    }
  }

  /** Leaves a deploy of "two" HELD, because nobody could see production after the switch. */
  private void hold(String task) {
    vendor.building("two");
    label = "two";
    var truth = eyes.rule();
    Consumer<String> blind =
        Scene.once(
            "check production",
            () -> eyes.then(endpoint -> eyes.reading(Health.INCONCLUSIVE, "throttled")));
    try (Dirk dirk = open(blind)) {
      assertThat(dirk.deploy(DeployRequest.of("api").taskId(task)).outcome())
          .isEqualTo(Outcome.HELD);
    }
    eyes.then(truth);
  }

  private void leaveDeployAt(String step) {
    vendor.building("one");
    leaveAt(step, dirk -> dirk.deploy(DeployRequest.of("api").taskId("t-1")));
  }

  /** Leaves a run as a process does that is told to end. */
  private void leaveAt(String step, Function<Dirk, RunReport> run) {
    try (Dirk dirk = open(Scene.once(step, () -> Thread.currentThread().interrupt()))) {
      RunReport left = run.apply(dirk);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(left.outcome()).isEqualTo(Outcome.WAITING);
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
        .provider(reachable ? reachable("memory") : vendor.provider("memory"))
        .provider(eyes.provider("scripted"))
        .config(documents.map(config::withContext).orElse(config))
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

  private DeployerProvider reachable(String id) {
    return new DeployerProvider() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public int spiLevel() {
        return Spi.LEVEL;
      }

      @Override
      public Deployer create(ProviderContext context) {
        return vendor.reachable();
      }
    };
  }

  private static EnvironmentConfig environment(String host) {
    return EnvironmentConfig.of(
        HealthConfig.of(
            Endpoint.of(URI.create(host + "/health"), new IdentityRule.Pointer("/version"))));
  }
}
