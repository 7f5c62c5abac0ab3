package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.CloudflareSandbox;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;

/**
 * What a process is told: where all is, what it is asked for, and at which boundary of its journal
 * it waits to be killed.
 *
 * @param folder of the project
 * @param stop counted from 0; -1 for nowhere
 */
record Orders(
    Scenario scenario,
    Path folder,
    URI api,
    String account,
    int edgePort,
    QuickTime time,
    SharedJournal journal,
    int stop) {

  static final String SERVICE = "shop";
  private static final int NOWHERE = -1;

  static Orders of(
      Scenario scenario,
      Path folder,
      CloudflareSandbox sandbox,
      QuickTime time,
      SharedJournal journal) {
    return new Orders(
        scenario,
        folder,
        sandbox.apiUri(),
        sandbox.accountId(),
        sandbox.edgePort(),
        time,
        journal,
        NOWHERE);
  }

  Orders stoppingAt(int boundary) {
    return new Orders(scenario, folder, api, account, edgePort, time, journal, boundary);
  }

  /** For the command line of a process. */
  List<String> arguments() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                scenario.name(),
                folder.toString(),
                api.toString(),
                account,
                Integer.toString(edgePort),
                time.toString(),
                Integer.toString(stop)));
    arguments.addAll(journal.arguments());
    return arguments;
  }

  static Orders read(String[] arguments) {
    return new Orders(
        Scenario.valueOf(arguments[0]),
        Path.of(arguments[1]),
        URI.create(arguments[2]),
        arguments[3],
        Integer.parseInt(arguments[4]),
        QuickTime.of(arguments[5]),
        SharedJournal.read(List.of(arguments).subList(7, arguments.length)),
        Integer.parseInt(arguments[6]));
  }

  Journal openJournal() {
    return journal.open(time);
  }

  /** Dirk as a user opens it: providers found by their ids, a real probe. */
  Dirk open(Journal over, String release) {
    String edge = "127.0.0.1:" + edgePort;
    List<String> hosts = List.of(host("staging") + ":80", host("production") + ":80");
    ProviderConfig cloudflare =
        ProviderConfig.of("cloudflare")
            .with("api", api.toString())
            .with("account", account)
            .with("token", "${env:TOKEN}");
    ServiceConfig service =
        ServiceConfig.of(
                SERVICE,
                folder,
                cloudflare,
                environment("production").withRollout(scenario.rollout()))
            .withStaging(environment("staging"))
            .withProbe(
                ProviderConfig.of("http")
                    .with("allowPrivateAddresses", true)
                    .with("connect", Map.of(hosts.get(0), edge, hosts.get(1), edge)))
            .withVersion(new VersionRule.Text(release));
    return Dirk.builder()
        .config(DirkConfig.of(service))
        .secrets(name -> Optional.of(CloudflareSandbox.TOKEN))
        .journal(over)
        .time(time)
        .open();
  }

  /** What is leased: the run, and the vendor's resources. */
  List<String> resources() {
    List<String> resources = new ArrayList<>(List.of("run:" + Scenario.TASK));
    for (String environment : List.of("staging", "production")) {
      resources.add("cloudflare:" + account + "/worker/" + worker(environment));
    }
    return resources;
  }

  static String worker(String environment) {
    return SERVICE + "-" + environment;
  }

  private static String host(String environment) {
    return worker(environment) + ".sandbox.workers.dev";
  }

  /** Few looks, each with all the time of a call: a busy machine is no sick service. */
  private static EnvironmentConfig environment(String name) {
    URI uri = URI.create("http://" + host(name) + "/health");
    return EnvironmentConfig.of(
        HealthConfig.of(Endpoint.of(uri, new IdentityRule.Pointer("/version")))
            .withPolicy(
                new HealthPolicy(
                    1,
                    Duration.ofSeconds(60),
                    2,
                    Duration.ofSeconds(1),
                    2,
                    5,
                    Duration.ofSeconds(30))));
  }
}
