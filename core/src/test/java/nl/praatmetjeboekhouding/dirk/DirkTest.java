package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.config.CommandConfig;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.SecretsLookup;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.Variable;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedAlerts;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a tool sees that embeds Dirk: opened from a file or from objects, used by threads, closed.
 */
final class DirkTest {

  private static final DeployRequest DEPLOY = DeployRequest.of("api").taskId("t-1");

  @TempDir private Path folder;
  private final ManualTime time = ManualTime.create();
  private final InMemoryDeployer vendor =
      InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, time).building("one");
  private final ScriptedProbe eyes =
      ScriptedProbe.healthy(time, endpoint -> vendor.serving(Scene.targetOf(endpoint)));
  private final CountedProbes probes = new CountedProbes(eyes);
  private final Journal journal = MemoryJournal.create(time);

  @Test
  void deploysAServiceOfAFileAndRollsItBack() throws IOException {
    Files.writeString(folder.resolve("package.json"), "{\"version\": \"0.2.1\"}");
    Path file = folder.resolve("dirk.jsonc");
    Files.writeString(
        file,
        """
        { // a service whose vendor is in memory
          "journal": { "folder": "state" },
          "services": {
            "api": {
              "project": ".",
              "test": ["sh", "-c", "echo tested"],
              "build": ["sh", "-c", "echo built"],
              "deployer": { "provider": "memory" },
              "probe": { "provider": "scripted" },
              "environments": {
                "staging": { "health": { "url": "https://staging.example.com/health",
                                         "identity": { "pointer": "/version" } } },
                "production": { "health": { "url": "https://api.example.com/health",
                                            "identity": { "pointer": "/version" } } }
              }
            }
          }
        }
        """);

    try (Dirk dirk = builder().file(file).open()) {
      RunReport first = dirk.deploy(DEPLOY);
      vendor.building("two");
      Files.writeString(folder.resolve("package.json"), "{\"version\": \"0.3.0\"}");
      dirk.deploy(DeployRequest.of("api").taskId("t-2"));
      RunReport back = dirk.rollback(RollbackRequest.of("api").taskId("t-3"));

      assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(first.deployed().get(0).label()).contains("0.2.1");
      assertThat(back.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(vendor.serving(Scene.PRODUCTION)).contains("0.2.1");
    }
    assertThat(folder.resolve("state/journal.log")).isNotEmptyFile();
  }

  @Test
  void remembersATaskInTheJournalsFolderWhenItIsOpenedAgain() {
    DirkConfig config = config().withJournal(folder.resolve("state"));
    RunReport first;
    try (Dirk dirk = builder().config(config).open()) {
      first = dirk.deploy(DEPLOY);
    }

    try (Dirk dirk = builder().config(config).open()) {
      assertThat(dirk.deploy(DEPLOY)).isEqualTo(first);
    }
    assertThat(vendor.uploads(Scene.PRODUCTION)).isEqualTo(1);
  }

  @Test
  void asksTheTrackerThatAServiceNamesWhileAReleaseSoaks() {
    ScriptedAlerts tracker = ScriptedAlerts.none();
    ServiceConfig service = service("api");
    RolloutPolicy soaking =
        RolloutPolicy.standard().withSoak(SoakPolicy.lasting(Duration.ofMinutes(1)));
    ServiceConfig watched =
        new ServiceConfig(
            service.name(),
            service.project(),
            service.version(),
            service.test(),
            service.build(),
            service.deployer(),
            service.probe(),
            Optional.of(ProviderConfig.of("tracker")),
            service.staging(),
            service.production().withRollout(soaking));

    try (Dirk dirk =
        builder()
            .provider(tracker.provider("tracker"))
            .config(DirkConfig.of(watched))
            .journal(journal)
            .open()) {
      assertThat(dirk.deploy(DEPLOY).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
    assertThat(tracker.asked()).isNotEmpty();
  }

  @Test
  void givesTwoThreadsThatAskForOneTaskTheSameRun() {
    CountDownLatch asked = new CountDownLatch(1);
    RunListener slow =
        new RunListener() {
          @Override
          public void stepStarted(StepStarted event) {
            await(asked);
          }
        };
    try (Dirk dirk = builder().config(config()).journal(journal).listener(slow).open()) {
      CompletableFuture<RunReport> first =
          CompletableFuture.supplyAsync(() -> dirk.deploy(DEPLOY), DirkTest::onThread);
      CompletableFuture<RunReport> second =
          CompletableFuture.supplyAsync(
              () -> {
                asked.countDown();
                return dirk.deploy(DEPLOY);
              },
              DirkTest::onThread);

      assertThat(first.join()).isEqualTo(second.join());
      assertThat(first.join().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
    assertThat(vendor.uploads(Scene.PRODUCTION)).isEqualTo(1);
  }

  @Test
  void leavesARunOpenWhenItIsClosedAndGoesOnWithItWhenTheTaskIsAskedForAgain() {
    CountDownLatch inStaging = new CountDownLatch(1);
    CountDownLatch closing = new CountDownLatch(1);
    RunListener watching =
        new RunListener() {
          @Override
          public void stepStarted(StepStarted event) {
            if (event.step().equals("activate staging")) {
              inStaging.countDown();
              await(closing);
            }
          }
        };
    Dirk dirk = builder().config(config()).journal(journal).listener(watching).open();
    CompletableFuture<RunReport> run =
        CompletableFuture.supplyAsync(() -> dirk.deploy(DEPLOY), DirkTest::onThread);
    await(inStaging);

    CompletableFuture<Void> close = CompletableFuture.runAsync(dirk::close, DirkTest::onThread);
    while (!isRefused(dirk)) {
      Thread.onSpinWait();
    }
    closing.countDown();
    close.join();

    assertThat(run.join().outcome()).isEqualTo(Outcome.WAITING);
    assertThat(run.join().reason()).contains("DETACHED");
    assertThat(vendor.serving(Scene.PRODUCTION)).isEmpty();
    try (Dirk again = builder().config(config()).journal(journal).open()) {
      assertThat(again.deploy(DEPLOY).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
    assertThat(vendor.uploads(Scene.STAGING)).isEqualTo(1);
  }

  @Test
  void cancelsARunByItsTaskFromAnotherThread() {
    List<Boolean> heard = new ArrayList<>();
    List<Dirk> opened = new ArrayList<>();
    RunListener cancelling =
        new RunListener() {
          @Override
          public void stepStarted(StepStarted event) {
            if (event.step().equals("plan")) {
              heard.add(opened.get(0).cancel("t-1", "wrong branch"));
            }
          }
        };
    try (Dirk dirk = builder().config(config()).journal(journal).listener(cancelling).open()) {
      opened.add(dirk);

      RunReport report = dirk.deploy(DEPLOY);

      assertThat(report.outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(report.summary()).contains("wrong branch");
      assertThat(heard).containsExactly(true);
      assertThat(dirk.cancel("t-1", "too late")).isFalse();
    }
  }

  @Test
  void deploysOnlyForSomebodyWhoHasReadTheDocumentsAsTheyAre() throws IOException {
    Path document = Files.createDirectories(folder.resolve("docs")).resolve("LESSONS.md");
    Files.writeString(document, "Never on Fridays.");
    DirkConfig config =
        config().withContext(ContextRules.of(folder, List.of("docs/LESSONS.md"), List.of()));
    try (Dirk dirk = builder().config(config).journal(journal).open()) {
      RunReport unread = dirk.deploy(DeployRequest.of("api").taskId("unread"));
      var read = dirk.context().acknowledgement();
      RunReport good = dirk.deploy(DeployRequest.of("api").taskId("read").acknowledging(read));
      Files.writeString(document, "Never on Fridays, and not on Mondays.");
      RunReport stale = dirk.deploy(DeployRequest.of("api").taskId("stale").acknowledging(read));

      assertThat(unread.outcome()).isEqualTo(Outcome.BLOCKED);
      assertThat(unread.summary()).contains("docs/LESSONS.md");
      assertThat(good.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(stale.outcome()).isEqualTo(Outcome.BLOCKED);
      assertThat(stale.summary()).contains("docs/LESSONS.md").contains("read it again");
    }
  }

  @Test
  void tellsEverythingThatIsWrongAtOnceAndLeavesNothingOpen() {
    ServiceConfig good = service("api").withTest(withSecret("FIRST_TOKEN"));
    ServiceConfig lost = service("mail").withProbe(ProviderConfig.of("nobody"));
    DirkConfig config = DirkConfig.of(good, lost);

    assertThatThrownBy(() -> builder().config(config).journal(journal).secrets(none()).open())
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            wrong ->
                assertThat(wrong.faults())
                    .extracting(Object::toString)
                    .anyMatch(fault -> fault.contains("FIRST_TOKEN"))
                    .anyMatch(fault -> fault.contains("nobody") && fault.contains("scripted"))
                    .hasSize(2));
    assertThat(probes.open()).isZero();
  }

  @Test
  void masksEverySecretOfTheConfigurationInWhatCommandsWrite() {
    List<String> lines = new ArrayList<>();
    ServiceConfig service =
        service("api")
            .withTest(withSecret("DEPLOY_KEY"))
            .withBuild(CommandConfig.of("sh", "-c", "echo built with the-deploy-key"));
    RunListener listening =
        new RunListener() {
          @Override
          public void output(OutputWritten event) {
            lines.add(event.line());
          }
        };
    try (Dirk dirk =
        builder()
            .config(DirkConfig.of(service))
            .journal(journal)
            .secrets(name -> Optional.of("the-deploy-key"))
            .listener(listening)
            .open()) {
      RunReport report = dirk.deploy(DEPLOY);

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
    assertThat(lines).containsExactly("key is ***", "built with ***");
  }

  @Test
  void hidesEverySecretOfTheConfigurationInWhatPeopleSay() {
    ServiceConfig service = service("api").withTest(withSecret("DEPLOY_KEY"));
    String said = "try the-deploy-key";
    try (Dirk dirk =
        builder()
            .config(DirkConfig.of(service))
            .journal(journal)
            .secrets(name -> Optional.of("the-deploy-key"))
            .open()) {
      dirk.deploy(DEPLOY.taskId("d").by(said).because(said).excepting("failed-deploys", said));
      dirk.rollback(RollbackRequest.of("api").taskId("r").by(said).because(said));
      Digest plan = dirk.plan("api").hash();
      dirk.approve(ApproveRequest.of(plan).by(said).because(said));
      assertThat(dirk.approvals(plan))
          .singleElement()
          .satisfies(given -> assertThat(given.toString()).doesNotContain("the-deploy-key"));
    }
    List<String> lines = new ArrayList<>(journal.lines("run:d"));
    lines.addAll(journal.lines("run:r"));
    assertThat(lines).noneMatch(line -> line.contains("the-deploy-key"));
    assertThat(journal.lines("run:d").get(0)).contains("\"reason\":\"try ***\"");
  }

  @Test
  void failsSafelyWhenTheReleaseHasNoLabel() {
    ServiceConfig service = service("api").withVersion(VersionRule.standard());
    try (Dirk dirk = builder().config(DirkConfig.of(service)).journal(journal).open()) {
      RunReport report = dirk.deploy(DEPLOY);

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.summary()).contains("no label").contains("package.json");
    }
  }

  @Test
  void saysWhichServicesThereAre() {
    try (Dirk dirk = builder().config(config()).journal(journal).open()) {
      assertThatThrownBy(() -> dirk.deploy(DeployRequest.of("apo")))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("apo")
          .hasMessageContaining("did you mean api?");
    }
  }

  @Test
  void doesNothingOnceItIsClosed() {
    Dirk dirk = builder().config(config()).journal(journal).open();

    dirk.close();
    dirk.close();

    assertThat(isRefused(dirk)).isTrue();
    assertThat(probes.open()).isZero();
  }

  @Test
  void leavesNoThreadBehind() throws InterruptedException {
    try (Dirk dirk = builder().config(config()).journal(journal).open()) {
      dirk.deploy(DEPLOY);
    }

    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("dirk")) {
        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void needsAConfigurationAndAPlaceForTheJournal() {
    assertThatThrownBy(() -> Dirk.builder().open())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no configuration");
    assertThatThrownBy(() -> builder().config(config()).open())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("withJournal");
  }

  @Test
  void tellsWhatIsWrongWithTheFileWithItsProvidersAndItsFoldersTogether() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("dirk.jsonc"),
            """
            {
              "services": {
                "api": {
                  "project": "gone",
                  "deployer": { "provider": "nobody" },
                  "probe": { "provider": "http", "settings": { "frob": 1 } },
                  "environments": { "production": { "health": { "url": "https://a.example/",
                      "identity": "none" } } },
                  "tset": {}
                }
              }
            }
            """);

    assertThatThrownBy(() -> builder().file(file).open())
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            wrong ->
                assertThat(wrong.faults().stream().map(Object::toString))
                    .anyMatch(fault -> fault.contains("dirk.jsonc:5:") && fault.contains("nobody"))
                    .anyMatch(fault -> fault.contains("dirk.jsonc:6:") && fault.contains("http"))
                    .anyMatch(fault -> fault.contains("dirk.jsonc:9:") && fault.contains("tset"))
                    .anyMatch(fault -> fault.contains("there is no folder"))
                    .hasSize(4));
  }

  @Test
  void opensOnlyWhatIsAskedForSoThatTheSecretsOfTheOthersAreNotNeeded() {
    DirkConfig both =
        DirkConfig.of(service("api"), service("www").withTest(withSecret("OTHER_TOKEN")));

    assertThatThrownBy(() -> builder().config(both).journal(journal).secrets(none()).open())
        .hasMessageContaining("OTHER_TOKEN");
    try (Dirk dirk = builder().config(both).only("api").journal(journal).secrets(none()).open()) {
      assertThat(dirk.deploy(DEPLOY).outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThatThrownBy(() -> dirk.deploy(DeployRequest.of("www")))
          .isInstanceOf(ConfigurationException.class);
    }
    assertThatThrownBy(() -> builder().config(both).only("wwww").journal(journal).open())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("www");
  }

  @Test
  void keepsTheJournalOfAFileWhereTheXdgSpecificationSays() {
    Path file = Path.of("/srv/shop/dirk.jsonc");
    Path home = Path.of("/home/somebody");

    assertThat(StateFolder.below(Optional.of("/state"), home, file))
        .hasParentRaw(Path.of("/state/dirk"))
        .matches(path -> path.getFileName().toString().matches("shop-[0-9a-f]{12}"));
    assertThat(StateFolder.below(Optional.of("relative"), home, file))
        .isEqualTo(StateFolder.below(Optional.empty(), home, file))
        .hasParentRaw(Path.of("/home/somebody/.local/state/dirk"));
    assertThat(StateFolder.below(Optional.empty(), home, Path.of("/srv/other/shop/dirk.jsonc")))
        .isNotEqualTo(StateFolder.below(Optional.empty(), home, file));
  }

  private Dirk.Builder builder() {
    return Dirk.builder().time(time).provider(vendor.provider("memory")).provider(probes);
  }

  private DirkConfig config() {
    return DirkConfig.of(service("api"));
  }

  private ServiceConfig service(String name) {
    return ServiceConfig.of(
            name, folder, ProviderConfig.of("memory"), environment("https://api.example.com"))
        .withStaging(environment("https://staging.example.com"))
        .withProbe(ProviderConfig.of("scripted"))
        .withVersion(new VersionRule.Text("0.2.1"));
  }

  private static EnvironmentConfig environment(String host) {
    return EnvironmentConfig.of(
        HealthConfig.of(
            Endpoint.of(URI.create(host + "/health"), new IdentityRule.Pointer("/version"))));
  }

  private static CommandConfig withSecret(String name) {
    return CommandConfig.of("sh", "-c", "echo key is $KEY")
        .withEnvironment(Map.of("KEY", new Variable.FromSecret(name)));
  }

  private static SecretsLookup none() {
    return name -> Optional.empty();
  }

  private static boolean isRefused(Dirk dirk) {
    try {
      dirk.deploy(DeployRequest.of("no-such-service"));
      return false;
    } catch (IllegalStateException e) {
      return true;
    } catch (ConfigurationException e) {
      return false;
    }
  }

  private static void onThread(Runnable task) {
    new Thread(task).start();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
