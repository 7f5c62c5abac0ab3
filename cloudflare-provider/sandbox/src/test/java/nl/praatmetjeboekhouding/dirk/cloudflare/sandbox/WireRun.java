package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.RollbackRequest;
import nl.praatmetjeboekhouding.dirk.Runbooks;
import nl.praatmetjeboekhouding.dirk.catalog.Catalog;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;

/**
 * One run of a {@link WireScene} against a sandbox of its own, in manual time: the real deployer
 * and the real probe, with nothing or one request disturbed.
 */
final class WireRun {

  /**
   * What is disturbed.
   *
   * @param request which request, from 0
   * @param call which call of the provider gets little time, from 0; -1 for none
   * @param hurry how much by the real clock
   * @param read whether the request is a read, which is given up after half of the time
   */
  record Disturbance(int request, WireFault fault, int call, Duration hurry, boolean read) {

    /** How much time of the run passes while the request hangs, as the hurried call has it. */
    private Duration hanging() {
      return read ? hurry.dividedBy(2) : WireFault.TIMEOUT_AFTER;
    }

    /** How much more would have passed in a call that is not hurried. */
    private Duration unhurried() {
      return (read ? WireFault.TIMEOUT_AFTER.dividedBy(2) : WireFault.TIMEOUT_AFTER)
          .minus(hanging());
    }

    private Fault planted() {
      Fault planted = fault.fault().after(request);
      return fault.hangs() ? planted.lasting(hanging()) : planted;
    }
  }

  /** One request of the run, and the step that it was sent in. */
  record Asked(ApiCall call, String step) {

    boolean isRead() {
      return call.method().equals("GET");
    }
  }

  /** What the sandbox has of one Worker. */
  record Standing(
      List<WorkerVersion> versions, List<WorkerDeployment> deployments, List<String> schedules) {

    static Standing of(CloudflareSandbox sandbox, String worker) {
      return new Standing(
          sandbox.versions(worker), sandbox.deployments(worker), sandbox.schedules(worker));
    }
  }

  /** What became of it. */
  record Seen(
      RunReport report,
      List<Asked> requests,
      List<Integer> calls,
      Duration took,
      boolean hit,
      Standing staging,
      Standing productionBefore,
      Standing production,
      String answering,
      List<String> leases) {}

  static final String STAGING = "shop-staging";
  static final String PRODUCTION = "shop-production";
  static final String TASK = "disturbed";

  private static final String LABEL = "2.0.0";
  private static final String PROJECT =
      """
      { "name": "shop", "main": "index.js", "compatibility_date": "2026-03-01",
        "workers_dev": true, "env": { "staging": %1$s, "production": %1$s } }
      """;

  private final WireScene scene;
  private final Path folder;
  private final ManualTime time = ManualTime.startingAt(Instant.parse("2026-04-01T12:00:00Z"));
  private final MemoryJournal journal = MemoryJournal.create(time);
  private final List<String> steps = new ArrayList<>();
  private String step = "";

  private WireRun(WireScene scene, Path folder) {
    this.scene = scene;
    this.folder = folder;
  }

  /** Runs a scene undisturbed. */
  static Seen undisturbed(WireScene scene, Path folder) {
    return new WireRun(scene, folder).run(Optional.empty());
  }

  /** Runs a scene in which one thing goes wrong. */
  static Seen disturbed(WireScene scene, Path folder, Disturbance disturbance) {
    return new WireRun(scene, folder).run(Optional.of(disturbance));
  }

  private Seen run(Optional<Disturbance> disturbance) {
    try (CloudflareSandbox sandbox = CloudflareSandbox.builder().time(time).start();
        HealthProbe probe = probe(sandbox)) {
      if (scene.isSick()) {
        sandbox.behaviour(PRODUCTION, WireRun::sickIfNew);
      }
      prepare(sandbox, probe);
      Standing before = Standing.of(sandbox, PRODUCTION);
      int earlier = sandbox.log().size();
      try (HurriedDeployer deployer =
          new HurriedDeployer(
              deployer(sandbox),
              () -> sandbox.log().size() - earlier,
              disturbance.map(Disturbance::call).orElse(-1),
              disturbance.map(Disturbance::hurry).orElse(Duration.ofSeconds(30)),
              () -> disturbance.map(Disturbance::unhurried).ifPresent(time::advance))) {
        Optional<PlantedFault> planted = disturbance.map(each -> plant(each, sandbox));
        long began = time.nanoTime();
        RunReport report = tell(deployer, probe, sandbox, earlier);
        Duration took = Duration.ofNanos(time.nanoTime() - began);
        noteSteps(sandbox, earlier);
        List<ApiCall> log = sandbox.log();
        List<Asked> requests = new ArrayList<>();
        for (int index = earlier; index < log.size(); index++) {
          requests.add(new Asked(log.get(index), steps.get(index - earlier)));
        }
        return new Seen(
            report,
            requests,
            deployer.begins(),
            took,
            planted.map(fault -> fault.hits() > 0).orElse(false),
            Standing.of(sandbox, STAGING),
            before,
            Standing.of(sandbox, PRODUCTION),
            new Client(sandbox)
                .visitJson("http://" + sandbox.workersDevHost(PRODUCTION) + "/")
                .path("version")
                .asText(),
            leases(deployer));
      }
    }
  }

  private RunReport tell(
      Deployer deployer, HealthProbe probe, CloudflareSandbox sandbox, int earlier) {
    Runbooks runbooks =
        runbooks(deployer, probe)
            .listener(
                new RunListener() {
                  @Override
                  public void stepStarted(StepStarted event) {
                    noteSteps(sandbox, earlier);
                    step = event.step();
                  }
                });
    return scene == WireScene.ROLLBACK
        ? runbooks.rollback().run(RollbackRequest.of("shop").taskId(TASK))
        : runbooks.deploy().label(() -> LABEL).create().run(request(TASK));
  }

  /** All requests since the last note were sent in the step that is under way. */
  private void noteSteps(CloudflareSandbox sandbox, int earlier) {
    while (steps.size() < sandbox.log().size() - earlier) {
      steps.add(step);
    }
  }

  /** Version 1 serves both stages; before a rollback version 2 does, and its gate passed. */
  private void prepare(CloudflareSandbox sandbox, HealthProbe probe) {
    write("index.js", Shop.telling("1.0.0"));
    write("wrangler.jsonc", PROJECT.formatted("{}"));
    try (Deployer deployer = deployer(sandbox)) {
      runbooks(deployer, probe).deploy().label(() -> "1.0.0").create().run(request("first"));
      time.advance(Duration.ofMinutes(10));
      write("index.js", Shop.telling(LABEL));
      write(
          "wrangler.jsonc",
          PROJECT.formatted(
              "{ \"triggers\": {\"crons\": [\"5 * * * *\"]}, \"observability\": {\"enabled\": true}"
                  + " }"));
    }
    if (scene == WireScene.ROLLBACK) {
      try (Deployer deployer = deployer(sandbox)) {
        runbooks(deployer, probe).deploy().label(() -> LABEL).create().run(request("second"));
        time.advance(Duration.ofMinutes(10));
      }
    }
  }

  private static DeployRequest request(String task) {
    return DeployRequest.of("shop").taskId(task);
  }

  private PlantedFault plant(Disturbance disturbance, CloudflareSandbox sandbox) {
    PlantedFault planted = sandbox.plant(disturbance.planted());
    disturbance
        .fault()
        .landsAfter()
        .ifPresent(wait -> planted.onHit(() -> time.after(wait, () -> land(planted, sandbox))));
    return planted;
  }

  /** Lets a request that hangs do its work, and waits until it has. */
  private static void land(PlantedFault planted, CloudflareSandbox sandbox) {
    planted.release();
    while (sandbox.log().stream().noneMatch(ApiCall::faulty)) {
      Thread.onSpinWait();
    }
  }

  private static WorkerAnswer sickIfNew(WorkerRequest request) {
    String body = "{\"version\": \"" + request.version().id() + "\"}";
    boolean isNew =
        request.version().annotations().getOrDefault("workers/message", "").endsWith(LABEL);
    return isNew && !request.asksForVersion()
        ? new WorkerAnswer(500, Map.of("content-type", "application/json"), body)
        : WorkerAnswer.json(body);
  }

  private List<String> leases(Deployer deployer) {
    List<String> resources = new ArrayList<>(List.of("run:" + TASK));
    for (Environment environment : List.of(Environment.STAGING, Environment.PRODUCTION)) {
      resources.add(deployer.resource(new Target("shop", environment)));
    }
    return resources.stream().filter(resource -> journal.holder(resource).isPresent()).toList();
  }

  private Runbooks runbooks(Deployer deployer, HealthProbe probe) {
    HealthPolicy policy =
        new HealthPolicy(
            1, Duration.ofSeconds(60), 2, Duration.ofSeconds(2), 3, 3, Duration.ofSeconds(10));
    return Runbooks.of("shop", deployer, probe, journal)
        .staging(endpoint(STAGING), policy)
        .production(endpoint(PRODUCTION), policy)
        .time(time);
  }

  private static Endpoint endpoint(String worker) {
    return Endpoint.of(
        URI.create("http://" + worker + ".sandbox.workers.dev/"),
        new IdentityRule.Pointer("/version"));
  }

  private Deployer deployer(CloudflareSandbox sandbox) {
    return Catalog.deployers(WireRun.class.getClassLoader())
        .create(
            "cloudflare",
            context(
                ProviderConfig.of("cloudflare")
                    .with("api", sandbox.apiUri().toString())
                    .with("account", sandbox.accountId())
                    .with("token", "${env:TOKEN}")));
  }

  private HealthProbe probe(CloudflareSandbox sandbox) {
    String edge = "127.0.0.1:" + sandbox.edgePort();
    return Catalog.probes(WireRun.class.getClassLoader())
        .create(
            "http",
            context(
                ProviderConfig.of("http")
                    .with("allowPrivateAddresses", true)
                    .with(
                        "connect",
                        Map.of(
                            STAGING + ".sandbox.workers.dev:80", edge,
                            PRODUCTION + ".sandbox.workers.dev:80", edge))));
  }

  private ProviderContext context(ProviderConfig config) {
    return new ProviderContext(
        "shop",
        folder.toAbsolutePath(),
        config.settings(name -> Optional.of(CloudflareSandbox.TOKEN)),
        new WholeSeconds(time));
  }

  private void write(String name, String content) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
