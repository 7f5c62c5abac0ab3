package nl.praatmetjeboekhouding.dirk.testkit;

import static java.util.stream.Collectors.joining;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.config.ServiceConfig;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.OpenRun;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Spi;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;

/**
 * One run of a scenario over one vendor and one journal, told by one process after another until it
 * is over. What was there before the scenario is deployed by processes that nothing happens to.
 */
final class CrashTrial implements AutoCloseable {

  private static final String ID = "tried";

  /** Few looks: what a gate makes of many is tried elsewhere. */
  private static final HealthPolicy POLICY =
      new HealthPolicy(
          1, Duration.ofSeconds(60), 3, Duration.ofSeconds(2), 2, 5, Duration.ofSeconds(5));

  private final CrashContract contract;
  private final CrashScenario scenario;
  private final ManualTime time;
  private final Journal journal;
  private final Deployer truth;
  private final Target staging;
  private final Target production;
  private final CrashWitness witness;
  private final List<String> wrong = new ArrayList<>();
  private Optional<RunReport> report = Optional.empty();

  CrashTrial(CrashContract contract, CrashScenario scenario) {
    this.contract = contract;
    this.scenario = scenario;
    this.time = contract.time();
    this.staging = contract.staging();
    this.production = contract.production();
    contract.newVendor();
    journal = contract.newJournal();
    truth = contract.newDeployer();
    witness = new CrashWitness(staging, production, contract.hasStaging(), POLICY.readings());
    for (String release : scenario.before()) {
      deployBefore(release);
    }
    contract.build(scenario.content());
  }

  /** How it ended: what can be compared with how another trial ended. */
  Map<String, String> end() {
    List<String> leases = leasesLeft();
    time.advance(truth.guarantees().settleWindow());
    Map<String, String> end = new TreeMap<>();
    end.put("the outcome", report.map(RunReport::outcome).map(Outcome::name).orElse("none"));
    end.put("what is told", report.map(CrashTrial::told).orElse("nothing"));
    for (Target target : targets()) {
      end.put("what serves " + target, serving(target));
      end.put("the versions of " + target, Integer.toString(contract.versions(target).size()));
      end.put("the deployments of " + target, Integer.toString(deployments(target).size()));
      if (truth instanceof LiveSettings settings) {
        end.put(
            "the settings of " + target,
            settings.snapshot(target, Worksite.call()).stream()
                .map(setting -> setting.name() + "=" + setting.value())
                .sorted()
                .collect(joining(", ")));
      }
    }
    end.put("the runs that are open", openRuns());
    end.put("the leases that are left", leases.toString());
    return end;
  }

  /** What is wrong whatever it is compared with, as sentences. */
  List<String> wrong() {
    List<String> all = new ArrayList<>(wrong);
    all.addAll(witness.unproven());
    for (Target target : targets()) {
      all.addAll(repeated("version", target, contract.versions(target).stream().map(Version::key)));
      all.addAll(repeated("deployment", target, deployments(target).stream().map(Deployment::key)));
    }
    String serving = serving(production);
    boolean passed =
        report
            .map(RunReport::outcome)
            .filter(outcome -> outcome == Outcome.SUCCEEDED || outcome == Outcome.ROLLED_BACK)
            .isPresent();
    if (passed && !witness.isProvenInProduction(serving)) {
      all.add("production stayed on " + serving + ", which no gate had passed there");
    }
    return all;
  }

  /** Whether something was looked at in the dark, as the vendor can. */
  boolean wentDark() {
    return witness.wentDark();
  }

  /** A process is asked for the scenario. */
  void first(Lifetime life) {
    process(life, dirk -> scenario.ask(dirk, production.service()));
  }

  /**
   * Another process takes up what the one before left, once its leases have run out: it goes on
   * with open runs, and then is asked for the same task again.
   */
  void next(Lifetime life) {
    Duration left = Duration.between(time.instant(), witness.leasedUntil());
    time.advance(left.isNegative() ? Duration.ZERO : left.plusMillis(1));
    process(
        life,
        dirk -> {
          List<RunReport> resumed = dirk.resume();
          RunReport asked = scenario.ask(dirk, production.service());
          if (resumed.stream().anyMatch(told -> !told.equals(asked))) {
            wrong.add("one run had two reports: " + resumed + " and " + asked);
          }
          return asked;
        });
  }

  @Override
  public void close() {
    truth.close();
    journal.close();
  }

  private void process(Lifetime life, Function<Dirk, RunReport> work) {
    report = Optional.empty();
    witness.processBegins();
    try (Deployer deployer = contract.newDeployer()) {
      Dirk dirk = open(deployer, life, scenario.content());
      try {
        report = Optional.of(work.apply(dirk));
      } catch (ProcessDied died) {
        return; // and is not closed: nobody is there any more who could
      }
      dirk.close();
      life.death().ifPresent(where -> wrong.add("somebody caught the death " + where));
    }
  }

  private void deployBefore(String release) {
    contract.build(release);
    witness.processBegins();
    try (Deployer deployer = contract.newDeployer();
        Dirk dirk = open(deployer, Lifetime.whole(), release)) {
      RunReport told =
          dirk.deploy(DeployRequest.of(production.service()).taskId("before-" + release));
      if (told.outcome() != Outcome.SUCCEEDED) {
        throw new AssertionError(
            "the deploy of "
                + release
                + " before it, undisturbed, ended "
                + told.outcome()
                + ": "
                + told.summary());
      }
    }
  }

  private Dirk open(Deployer deployer, Lifetime life, String label) {
    ServiceConfig service =
        ServiceConfig.of(
                production.service(),
                Path.of("").toAbsolutePath(),
                ProviderConfig.of(ID),
                environment("production").withRollout(scenario.rollout()))
            .withProbe(ProviderConfig.of(ID))
            .withVersion(new VersionRule.Text(label));
    return Dirk.builder()
        .config(
            DirkConfig.of(
                contract.hasStaging() ? service.withStaging(environment("staging")) : service))
        .provider(new Given(MortalDeployer.of(deployer, life, witness)))
        .provider(ScriptedProbe.seeing(time, endpoint -> look(endpoint, life)).provider(ID))
        .journal(new MortalJournal(journal, life, witness::leased))
        .time(time)
        .open();
  }

  private Reading look(Endpoint endpoint, Lifetime life) {
    life.requireAlive();
    boolean isProduction = endpoint.uri().getHost().startsWith("production");
    Target target = isProduction ? production : staging;
    Optional<String> askedFor = MortalDeployer.askedFor(endpoint);
    Optional<String> version = answering(target, askedFor);
    if (version.isEmpty()) {
      return Reading.of(Health.UNHEALTHY, "nobody answers", time.instant());
    }
    String label = witness.label(version.get());
    boolean healthy = !isProduction || !scenario.isSick(label, askedFor.isPresent());
    witness.looked(target, label, healthy);
    return Reading.of(
            healthy ? Health.HEALTHY : Health.UNHEALTHY, healthy ? "" : "500", time.instant())
        .withIdentity(version.get());
  }

  private static EnvironmentConfig environment(String name) {
    URI uri = URI.create("https://" + name + ".example/health");
    return EnvironmentConfig.of(
        HealthConfig.of(Endpoint.of(uri, new IdentityRule.Pointer("/version"))).withPolicy(POLICY));
  }

  private Stream<Target> allTargets() {
    return contract.hasStaging() ? Stream.of(staging, production) : Stream.of(production);
  }

  private List<Target> targets() {
    return allTargets().toList();
  }

  private Optional<String> activeVersion(Target target) {
    return truth.active(target, Worksite.call()).flatMap(active -> active.split().sole());
  }

  /** Who answers: the version that is asked for if it has a share, or the one with the largest. */
  private Optional<String> answering(Target target, Optional<String> askedFor) {
    List<Split.Share> shares =
        truth
            .active(target, Worksite.call())
            .map(active -> active.split().shares())
            .orElse(List.of());
    return askedFor
        .filter(id -> shares.stream().anyMatch(share -> share.version().equals(id)))
        .or(
            () ->
                shares.stream()
                    .max(Comparator.comparing(Split.Share::percent))
                    .map(Split.Share::version));
  }

  private String serving(Target target) {
    return activeVersion(target).map(witness::label).orElse("nothing");
  }

  private List<Deployment> deployments(Target target) {
    return site(target).deployments();
  }

  private Worksite site(Target target) {
    return new Worksite(truth, target, time, content -> {}, Duration.ZERO);
  }

  private List<String> leasesLeft() {
    return witness.resources().stream()
        .filter(resource -> journal.holder(resource).isPresent())
        .sorted()
        .toList();
  }

  private String openRuns() {
    try (Dirk dirk = open(truth, Lifetime.whole(), scenario.content())) {
      return dirk.openRuns().stream().map(OpenRun::taskId).collect(joining(", ", "[", "]"));
    }
  }

  /** What a report says, but for ids, times and how many deploys the day has had. */
  private static String told(RunReport report) {
    return report.reason().orElse("")
        + report.deployed().stream()
            .map(
                deployed ->
                    deployed.target()
                        + " "
                        + deployed.label().orElse("unlabelled")
                        + " "
                        + deployed.status()
                        + (deployed.proven() ? " proven" : ""))
            .toList()
        + report.notes();
  }

  private static List<String> repeated(String what, Target target, Stream<Optional<String>> keys) {
    Map<String, Integer> counts = new TreeMap<>();
    keys.flatMap(Optional::stream).forEach(key -> counts.merge(key, 1, Integer::sum));
    return counts.entrySet().stream()
        .filter(count -> count.getValue() > 1)
        .map(
            count ->
                target + " has " + count.getValue() + " " + what + "s of the key " + count.getKey())
        .toList();
  }

  /** Gives one deployer, whatever the context. */
  private record Given(Deployer deployer) implements DeployerProvider {

    @Override
    public String id() {
      return ID;
    }

    @Override
    public int spiLevel() {
      return Spi.LEVEL;
    }

    @Override
    public Deployer create(ProviderContext context) {
      return deployer;
    }
  }
}
