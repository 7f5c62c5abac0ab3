package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import nl.praatmetjeboekhouding.dirk.command.Task;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.context.ContextCheck;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.report.OutputProtocol;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.spi.AlertSource;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.UptimeSource;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/**
 * A service "api" at a vendor in memory, seen by a probe that tells the truth unless a test says
 * otherwise.
 */
final class Scene {

  static final Target STAGING = new Target("api", Environment.STAGING);
  static final Target PRODUCTION = new Target("api", Environment.PRODUCTION);
  static final CallContext CALL = CallContext.of(Duration.ofSeconds(5));

  private static final Schema SCHEMA = schema();

  final ManualTime time = ManualTime.create();
  final InMemoryDeployer deployer;
  Deployer vendor;
  final ScriptedProbe probe;
  final List<String> heard = new ArrayList<>();
  Journal journal = MemoryJournal.create(time);
  HealthProbe looking;
  IdentityRule identity = new IdentityRule.Pointer("/version");
  Optional<Supplier<String>> labels = Optional.empty();
  Runnable duringTest = () -> {};
  Consumer<String> whenStepStarts = step -> {};
  Consumer<String> whenStepEnded = step -> {};
  ContextCheck documents = ContextCheck.none();
  Optional<String> testFailure = Optional.empty();
  RolloutPolicy rollout = RolloutPolicy.standard();
  UnaryOperator<DeployRequest> asking = request -> request;
  Optional<AlertSource> alerts = Optional.empty();
  GatesPolicy gates = GatesPolicy.standard();
  Optional<UptimeSource> uptime = Optional.empty();
  Cancellation cancellation = Cancellation.create();

  Scene() {
    this(InMemoryDeployer.Shape.SPLITTING);
  }

  Scene(InMemoryDeployer.Shape shape) {
    deployer = InMemoryDeployer.of(shape, time);
    vendor = deployer;
    probe = ScriptedProbe.healthy(time, endpoint -> deployer.serving(targetOf(endpoint)));
    looking = probe;
  }

  /** A scene whose vendor can address one version; the probe sees whoever is addressed. */
  static Scene whereVersionsCanBeAddressed() {
    Scene scene = new Scene();
    scene.vendor = scene.deployer.reachable();
    scene.probe.then(scene::truth);
    return scene;
  }

  private Reading truth(Endpoint endpoint) {
    return answering(endpoint)
        .map(who -> Reading.of(Health.HEALTHY, "", time.instant()).withIdentity(who))
        .orElseGet(() -> Reading.of(Health.UNHEALTHY, "nobody answers", time.instant()));
  }

  /** The label of whoever answers. */
  Optional<String> answering(Endpoint endpoint) {
    return deployer
        .answering(targetOf(endpoint), endpoint)
        .flatMap(Version::release)
        .map(Release::label);
  }

  /** Whether a look went to one version, whatever its share is. */
  static boolean isAddressed(Endpoint endpoint) {
    return !endpoint.headers().isEmpty();
  }

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(Path.of("../docs/output.schema.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Target targetOf(Endpoint endpoint) {
    return endpoint.uri().getHost().startsWith("staging") ? STAGING : PRODUCTION;
  }

  /** Deploys a release of which the label is also the content. */
  RunReport deploy(String label) {
    return deploy(label, "task-" + label);
  }

  RunReport deploy(String label, String task) {
    deployer.building(label);
    return checked(
        runbook(label).run(asking.apply(DeployRequest.of("api").taskId(task)), cancellation));
  }

  DeployRunbook runbook(String label) {
    return runbooks()
        .deploy()
        .context(documents)
        .label(labels.orElse(() -> label))
        .test(
            (output, stop) -> {
              output.accept("1 test passed");
              duringTest.run();
              return testFailure
                  .map(why -> Task.Worked.badly(why).with(List.of("at line 7", "3 tests")))
                  .orElseGet(() -> Task.Worked.well("passed"));
            })
        .create();
  }

  RunReport rollback(String task) {
    return checked(runbooks().rollback().run(RollbackRequest.of("api").taskId(task), cancellation));
  }

  RunReport rollbackTo(String version, String task) {
    return checked(runbooks().rollback().run(RollbackRequest.of("api").taskId(task).to(version)));
  }

  Runbooks runbooks() {
    Runbooks runbooks = Runbooks.of("api", vendor, looking, journal);
    alerts.ifPresent(runbooks::alerts);
    uptime.ifPresent(runbooks::uptime);
    return runbooks
        .gates(gates)
        .time(time)
        .listener(new Hearing())
        .staging(
            Endpoint.of(URI.create("https://staging.example.com/health"), identity),
            HealthPolicy.standard())
        .production(
            EnvironmentConfig.of(
                    HealthConfig.of(
                        Endpoint.of(URI.create("https://api.example.com/health"), identity)))
                .withRollout(rollout));
  }

  /** From now on production answers badly, without a name, whenever this label serves it. */
  void sickInProduction(String label) {
    var truth = probe.rule();
    probe.then(
        endpoint ->
            targetOf(endpoint).equals(PRODUCTION)
                    && deployer.serving(PRODUCTION).equals(Optional.of(label))
                ? Reading.of(Health.UNHEALTHY, "status 500", time.instant())
                : truth.apply(endpoint));
  }

  /** Every report of every test keeps to the schema of the output protocol. */
  private static RunReport checked(RunReport report) {
    assertThat(SCHEMA.validate(OutputProtocol.toJson(report), InputFormat.JSON)).isEmpty();
    assertThat(report.summary()).matches("(?s).*[.!?]").doesNotContain("..");
    return report;
  }

  /** Does something when a step begins, the first time that it does. */
  static Consumer<String> once(String step, Runnable action) {
    List<String> done = new ArrayList<>();
    return started -> {
      if (started.equals(step) && done.isEmpty()) {
        done.add(started);
        action.run();
      }
    };
  }

  Optional<String> serving() {
    return deployer.serving(PRODUCTION);
  }

  static Optional<StepReport> step(RunReport report, String name) {
    return report.steps().stream().filter(step -> step.name().equals(name)).findFirst();
  }

  private final class Hearing implements RunListener {

    @Override
    public void stepStarted(StepStarted event) {
      heard.add("> " + event.step());
      whenStepStarts.accept(event.step());
    }

    @Override
    public void stepEnded(StepEnded event) {
      heard.add("< " + event.report().name() + " " + event.report().status());
      whenStepEnded.accept(event.report().name());
    }
  }
}
