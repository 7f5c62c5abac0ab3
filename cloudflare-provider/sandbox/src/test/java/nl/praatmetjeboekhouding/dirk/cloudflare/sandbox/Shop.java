package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.RollbackRequest;
import nl.praatmetjeboekhouding.dirk.catalog.Catalog;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A Worker "shop" with staging and production, deployed by Dirk to a sandbox as a user would: a
 * wrangler project, providers found by their ids, real probes, a journal in a folder.
 */
final class Shop {

  static final String STAGING = "shop-staging.sandbox.workers.dev";
  static final String PRODUCTION = "shop-production.sandbox.workers.dev";

  private final URI api;
  private final int edgePort;
  private final Path folder;
  private boolean mayLookAtThisMachine = true;
  private String settleWindow = "1s";
  private String account;
  private TimeSource time = TimeSource.system();

  Shop(CloudflareSandbox sandbox, Path folder) {
    this(sandbox.apiUri(), sandbox.edgePort(), sandbox.accountId(), folder);
    write(
        "wrangler.jsonc",
        """
        { "name": "shop", "main": "index.js", "compatibility_date": "2026-03-01",
          "workers_dev": true, "env": { "staging": {}, "production": {} } }
        """);
  }

  private Shop(URI api, int edgePort, String account, Path folder) {
    this.api = api;
    this.edgePort = edgePort;
    this.account = account;
    this.folder = folder;
  }

  /** The shop that lies in a folder already, at the sandbox of another process. */
  static Shop there(URI api, int edgePort, String account, Path folder) {
    return new Shop(api, edgePort, account, folder);
  }

  /** Looks only at public addresses, as probes do unless they are told otherwise. */
  Shop lookingAtPublicAddressesOnly() {
    mayLookAtThisMachine = false;
    return this;
  }

  /** Takes the lists of the sandbox to be complete after so long; a second if not said. */
  Shop settlingWithin(String window) {
    settleWindow = window;
    return this;
  }

  /** So much later: the leases of a process that was killed last for another minute. */
  Shop later(Duration passed) {
    time = new LaterTime(passed);
    return this;
  }

  Shop ofAccount(String id) {
    account = id;
    return this;
  }

  /** Deploys a Worker that is well and tells its version. */
  RunReport deploy(String version) {
    return deploy(version, telling(version));
  }

  /** The code of a Worker that is well and tells its version. */
  static String telling(String version) {
    return "export default { fetch() { return Response.json({ version: '" + version + "' }); } };";
  }

  /** Makes this the code of the Worker, for whoever deploys it next. */
  void write(String code) {
    write("index.js", code);
  }

  /** Makes this the wrangler file, for whoever deploys next. */
  void project(String file) {
    write("wrangler.jsonc", file);
  }

  /** What a deploy of this version would do. */
  DeployPlan plan(String version) {
    try (Dirk dirk = open(version)) {
      return dirk.plan("shop");
    }
  }

  /** Deploys what a plan says, as long as it stands. */
  RunReport apply(String version, DeployPlan plan) {
    try (Dirk dirk = open(version)) {
      return dirk.deploy(DeployRequest.of("shop").taskId("apply-" + version).applying(plan.hash()));
    }
  }

  RunReport deploy(String version, String code) {
    write(code);
    try (Dirk dirk = open(version)) {
      return dirk.deploy(DeployRequest.of("shop").taskId("deploy-" + version));
    }
  }

  RunReport rollback(String task) {
    try (Dirk dirk = open("none")) {
      return dirk.rollback(RollbackRequest.of("shop").taskId(task));
    }
  }

  /** Goes on with what a process left. */
  List<RunReport> resume() {
    try (Dirk dirk = open("none")) {
      return dirk.resume();
    }
  }

  /** Cloudflare as Dirk sees it, without a runbook. */
  Deployer deployer() {
    ProviderConfig cloudflare = cloudflare();
    return Catalog.deployers(Shop.class.getClassLoader())
        .create(
            cloudflare.provider(),
            new ProviderContext(
                "shop",
                folder.toAbsolutePath(),
                cloudflare.settings(name -> Optional.of(CloudflareSandbox.TOKEN)),
                TimeSource.system()));
  }

  private Dirk open(String version) {
    String edge = "127.0.0.1:" + edgePort;
    ServiceConfig service =
        ServiceConfig.of("shop", folder, cloudflare(), environment(PRODUCTION))
            .withStaging(environment(STAGING))
            .withProbe(
                ProviderConfig.of("http")
                    .with("allowPrivateAddresses", mayLookAtThisMachine)
                    .with("connect", Map.of(STAGING + ":80", edge, PRODUCTION + ":80", edge)))
            .withVersion(new VersionRule.Text(version));
    return Dirk.builder()
        .config(DirkConfig.of(service).withJournal(folder.resolve("journal")))
        .secrets(name -> Optional.of(CloudflareSandbox.TOKEN))
        .time(time)
        .open();
  }

  private ProviderConfig cloudflare() {
    return ProviderConfig.of("cloudflare")
        .with("api", api.toString())
        .with("account", account)
        .with("token", "${env:TOKEN}")
        .with("settleWindow", settleWindow);
  }

  private static EnvironmentConfig environment(String host) {
    return EnvironmentConfig.of(
        HealthConfig.of(
                Endpoint.of(
                    URI.create("http://" + host + "/health"), new IdentityRule.Pointer("/version")))
            .withPolicy(
                new HealthPolicy(
                    1,
                    Duration.ofSeconds(5),
                    2,
                    Duration.ofMillis(100),
                    3,
                    3,
                    Duration.ofSeconds(1))));
  }

  private void write(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that a report tells people, for looking for what must not be in it. */
  static List<String> texts(RunReport report) {
    List<String> texts = new ArrayList<>(report.notes());
    texts.add(report.summary());
    report.steps().forEach(step -> texts.add(step.detail()));
    return texts;
  }
}
