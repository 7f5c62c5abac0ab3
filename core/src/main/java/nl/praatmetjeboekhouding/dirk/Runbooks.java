package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.internal.Host;
import nl.praatmetjeboekhouding.dirk.internal.Service;
import nl.praatmetjeboekhouding.dirk.internal.Stage;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.spi.AlertSource;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.UptimeSource;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What the runbooks of one service are built from: a deployer, a probe, a journal and what to look
 * at. For tools that bring these as objects; {@link #deploy} and {@link #rollback} make the
 * runbooks. Not thread-safe; what it makes is.
 */
public final class Runbooks {

  private final String service;
  private final Deployer deployer;
  private final HealthProbe probe;
  private final HostMaker hosts;
  private @Nullable Host host;
  private TimeSource time = TimeSource.system();
  private RunListener listener = new RunListener() {};
  private @Nullable ScheduledExecutorService executor;
  private @Nullable AlertSource alerts;
  private @Nullable UptimeSource uptime;
  private GatesPolicy gates = GatesPolicy.standard();
  private @Nullable Stage staging;
  private @Nullable Stage production;

  private interface HostMaker {
    Host make(TimeSource time, RunListener listener, @Nullable ScheduledExecutorService executor);
  }

  private Runbooks(String service, Deployer deployer, HealthProbe probe, HostMaker hosts) {
    this.service = requireNonNull(service, "service");
    this.deployer = requireNonNull(deployer, "deployer");
    this.probe = requireNonNull(probe, "probe");
    this.hosts = hosts;
  }

  /** Runbooks of a service over these; the caller closes them when no run uses them any more. */
  public static Runbooks of(String service, Deployer deployer, HealthProbe probe, Journal journal) {
    requireNonNull(journal, "journal");
    return new Runbooks(
        service,
        deployer,
        probe,
        (time, listener, executor) ->
            executor == null
                ? Host.of(journal, time, listener)
                : Host.of(journal, time, listener, executor));
  }

  /** Runbooks that share a host with others. */
  static Runbooks on(Host host, String service, Deployer deployer, HealthProbe probe) {
    return new Runbooks(service, deployer, probe, (time, listener, executor) -> host);
  }

  /** Where production is looked at; must be said. */
  public Runbooks production(Endpoint endpoint, HealthPolicy policy) {
    return production(EnvironmentConfig.of(HealthConfig.of(endpoint).withPolicy(policy)));
  }

  /** Production as a configuration says; must be said in this way or the other. */
  public Runbooks production(EnvironmentConfig environment) {
    production = stage(Environment.PRODUCTION, environment);
    return this;
  }

  /** Where staging is looked at; without it a deploy goes straight to production. */
  public Runbooks staging(Endpoint endpoint, HealthPolicy policy) {
    return staging(EnvironmentConfig.of(HealthConfig.of(endpoint).withPolicy(policy)));
  }

  /** Staging as a configuration says. */
  public Runbooks staging(EnvironmentConfig environment) {
    staging = stage(Environment.STAGING, environment);
    return this;
  }

  /** Who is asked while a release soaks; what it says of that release fails the soak. */
  public Runbooks alerts(AlertSource source) {
    alerts = requireNonNull(source, "source");
    return this;
  }

  /** What lets a deploy through to production; a rollback is never asked. */
  public Runbooks gates(GatesPolicy policy) {
    gates = requireNonNull(policy, "policy");
    return this;
  }

  /** Who knows how long the service was down, for its error budget. */
  public Runbooks uptime(UptimeSource source) {
    uptime = requireNonNull(source, "source");
    return this;
  }

  /** Another source of time than this machine's clock. */
  public Runbooks time(TimeSource source) {
    time = requireNonNull(source, "source");
    host = null;
    return this;
  }

  /** Where leases are renewed, in place of a daemon thread; it stays the caller's. */
  public Runbooks executor(ScheduledExecutorService renewing) {
    executor = requireNonNull(renewing, "renewing");
    host = null;
    return this;
  }

  /** Who hears the runs. */
  public Runbooks listener(RunListener hearing) {
    listener = requireNonNull(hearing, "hearing");
    host = null;
    return this;
  }

  /** The runbook that deploys; see {@link DeployRunbook.Builder} for tests, build and documents. */
  public DeployRunbook.Builder deploy() {
    return new DeployRunbook.Builder(this);
  }

  /** The runbook that rolls back. */
  public RollbackRunbook rollback() {
    return new RollbackRunbook(host(), service());
  }

  Host host() {
    Host made = host;
    if (made == null) {
      made = hosts.make(time, listener, executor);
      host = made;
    }
    return made;
  }

  Service service() {
    Stage live = production;
    if (live == null) {
      throw new IllegalStateException("production must be set before a runbook is made");
    }
    return new Service(
        service,
        deployer,
        probe,
        Optional.ofNullable(alerts),
        Optional.ofNullable(uptime),
        gates,
        Optional.ofNullable(staging),
        live,
        staging == null
            ? List.of("There is no staging: the release went straight to production.")
            : List.of());
  }

  static String newTaskId(TimeSource time) {
    String stamp =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(time.instant());
    return stamp + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private Stage stage(Environment environment, EnvironmentConfig config) {
    return new Stage(
        new Target(service, environment),
        config.health().endpoint(),
        config.health().policy(),
        config.allowDifferentArtifact(),
        environment.equals(Environment.PRODUCTION) ? config.rollout() : RolloutPolicy.atOnce());
  }
}
