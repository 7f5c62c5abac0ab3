package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole company's services are deployed by one process, each by a runbook of its own. */
@Timeout(300)
class ManyServicesIT {

  private static final int ACCOUNTS = 3;
  private static final int REQUESTS = 1200;

  /** Its caller, its requests, those that go together, and its probe. */
  private static final int THREADS_OF_A_SERVICE = 12;

  private static final int THREADS_OF_A_SANDBOX = 200;
  private static final Duration WITHIN = Duration.ofMinutes(5);

  @TempDir private Path folder;
  private final TimeSource time = new QuickTime();
  private final List<CloudflareSandbox> accounts = new ArrayList<>();
  private final Map<String, Integer> steps = new ConcurrentHashMap<>();

  @Test
  void areMadeAndRenewedAtOnceWithoutBeingBlocked() throws Exception {
    deployAtOnce(200, 2);
  }

  private void deployAtOnce(int services, int releases) throws Exception {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    ExecutorService callers = Executors.newFixedThreadPool(services);
    try {
      for (int account = 0; account < ACCOUNTS; account++) {
        accounts.add(CloudflareSandbox.builder().time(time).account("account-" + account).start());
      }
      int before = threads.getThreadCount();
      threads.resetPeakThreadCount();
      for (int release = 1; release <= releases; release++) {
        List<RunReport> reports = deploy(services, release, callers);

        System.out.println(
            services
                + " runs, "
                + accounts.stream().map(it -> it.log().size()).toList()
                + " requests, in five minutes at most "
                + accounts.stream().map(ManyServicesIT::most).toList()
                + ", threads at most "
                + (threads.getPeakThreadCount() - before)
                + ", memory "
                + (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory())
                    / 1_000_000
                + " MB");
        assertThat(reports)
            .allSatisfy(
                report ->
                    assertThat(report.outcome()).as(report.summary()).isEqualTo(Outcome.SUCCEEDED));
        assertThat(accounts).allSatisfy(it -> assertThat(most(it)).isLessThanOrEqualTo(REQUESTS));
        assertThat(steps).containsEntry("upload production", services * release);
        for (int number = 0; number < services; number++) {
          assertThat(account(number).versions(worker(number))).hasSize(release);
          assertThat(account(number).active(worker(number)).orElseThrow().shares())
              .containsOnlyKeys(account(number).versions(worker(number)).get(0).id());
        }
        assertThat(threads.getPeakThreadCount() - before)
            .isLessThan(services * THREADS_OF_A_SERVICE + ACCOUNTS * THREADS_OF_A_SANDBOX);
      }
    } finally {
      accounts.forEach(CloudflareSandbox::close);
      callers.shutdownNow();
    }
  }

  private List<RunReport> deploy(int count, int release, ExecutorService callers) throws Exception {
    ServiceConfig[] services =
        IntStream.range(0, count)
            .mapToObj(number -> service(number, release))
            .toArray(ServiceConfig[]::new);
    try (Dirk dirk =
        Dirk.builder()
            .config(DirkConfig.of(services).withJournal(folder.resolve("journal")))
            .secrets(name -> Optional.of(CloudflareSandbox.TOKEN))
            .time(time)
            .listener(
                new RunListener() {
                  @Override
                  public void stepEnded(StepEnded event) {
                    int unused = steps.merge(event.report().name(), 1, Integer::sum);
                  }
                })
            .open()) {
      List<Callable<RunReport>> work = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        String name = name(number);
        work.add(
            () ->
                dirk.deploy(
                    DeployRequest.of(name)
                        .taskId(name + "-" + release)
                        .acknowledging(dirk.context().acknowledgement())));
      }
      List<RunReport> reports = new ArrayList<>();
      for (Future<RunReport> one : callers.invokeAll(work)) {
        reports.add(one.get());
      }
      return reports;
    }
  }

  private ServiceConfig service(int number, int release) {
    CloudflareSandbox account = account(number);
    String worker = worker(number);
    String host = account.workersDevHost(worker);
    account.behaviour(
        worker,
        request -> WorkerAnswer.json("{\"version\":\"" + request.version().number() + ".0\"}"));
    return ServiceConfig.of(
            name(number), project(number, release), cloudflare(account), environment(host))
        .withProbe(
            ProviderConfig.of("http")
                .with("allowPrivateAddresses", true)
                .with("connect", Map.of(host + ":80", "127.0.0.1:" + account.edgePort())))
        .withVersion(new VersionRule.Text(release + ".0"));
  }

  private Path project(int number, int release) {
    try {
      Path project = Files.createDirectories(folder.resolve(name(number)));
      Files.writeString(
          project.resolve("wrangler.json"),
          """
          {"name": "%s", "main": "worker.js", "compatibility_date": "2026-03-01",
           "workers_dev": true, "env": {"production": {}}}"""
              .formatted(name(number)));
      Files.writeString(
          project.resolve("worker.js"), "export default {} // release " + release + "\n");
      return project;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProviderConfig cloudflare(CloudflareSandbox account) {
    return ProviderConfig.of("cloudflare")
        .with("api", account.apiUri().toString())
        .with("account", account.accountId())
        .with("token", "${env:TOKEN}");
  }

  private static EnvironmentConfig environment(String host) {
    return EnvironmentConfig.of(
        HealthConfig.of(
                Endpoint.of(
                    URI.create("http://" + host + "/health"), new IdentityRule.Pointer("/version")))
            .withPolicy(
                new HealthPolicy(
                    1,
                    Duration.ofMinutes(2),
                    2,
                    Duration.ofSeconds(10),
                    3,
                    3,
                    Duration.ofSeconds(60))));
  }

  /** How many requests came in five minutes, at most. */
  private static int most(CloudflareSandbox account) {
    List<Instant> arrived = account.log().stream().map(ApiCall::at).sorted().toList();
    int most = 0;
    int first = 0;
    for (int last = 0; last < arrived.size(); last++) {
      while (!arrived.get(first).plus(WITHIN).isAfter(arrived.get(last))) {
        first++;
      }
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private CloudflareSandbox account(int number) {
    return accounts.get(number % ACCOUNTS);
  }

  private static String worker(int number) {
    return name(number) + "-production";
  }

  private static String name(int number) {
    return "service-" + number;
  }

  /** A minute in six seconds. */
  private static final class QuickTime implements TimeSource {

    private static final int FACTOR = 10;

    private final Instant beginning = Instant.now();
    private final long nanos = System.nanoTime();

    @Override
    public Instant instant() {
      return beginning.plusNanos(nanoTime());
    }

    @Override
    public long nanoTime() {
      return (System.nanoTime() - nanos) * FACTOR;
    }

    @Override
    public boolean pause(Duration wait, Cancellation cancellation) {
      return TimeSource.system().pause(wait.dividedBy(FACTOR), cancellation);
    }
  }
}
