package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import nl.praatmetjeboekhouding.dirk.internal.Host;
import nl.praatmetjeboekhouding.dirk.internal.Service;
import nl.praatmetjeboekhouding.dirk.internal.Stage;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
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
  private final Journal journal;
  private TimeSource time = TimeSource.system();
  private RunListener listener = new RunListener() {};
  private @Nullable Stage staging;
  private @Nullable Stage production;

  private Runbooks(String service, Deployer deployer, HealthProbe probe, Journal journal) {
    this.service = requireNonNull(service, "service");
    this.deployer = requireNonNull(deployer, "deployer");
    this.probe = requireNonNull(probe, "probe");
    this.journal = requireNonNull(journal, "journal");
  }

  /** Runbooks of a service over these; the caller closes them when no run uses them any more. */
  public static Runbooks of(String service, Deployer deployer, HealthProbe probe, Journal journal) {
    return new Runbooks(service, deployer, probe, journal);
  }

  /** Where production is looked at; must be said. */
  public Runbooks production(Endpoint endpoint, HealthPolicy policy) {
    production = stage(Environment.PRODUCTION, endpoint, policy);
    return this;
  }

  /** Where staging is looked at; without it a deploy goes straight to production. */
  public Runbooks staging(Endpoint endpoint, HealthPolicy policy) {
    staging = stage(Environment.STAGING, endpoint, policy);
    return this;
  }

  /** Another source of time than this machine's clock. */
  public Runbooks time(TimeSource source) {
    time = requireNonNull(source, "source");
    return this;
  }

  /** Who hears the runs. */
  public Runbooks listener(RunListener hearing) {
    listener = requireNonNull(hearing, "hearing");
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
    return new Host(journal, time, listener);
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
        Optional.ofNullable(staging),
        live,
        staging == null
            ? java.util.List.of("There is no staging: the release went straight to production.")
            : java.util.List.of());
  }

  static String newTaskId(TimeSource time) {
    String stamp =
        DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", java.util.Locale.ROOT)
            .withZone(java.time.ZoneOffset.UTC)
            .format(time.instant());
    return stamp + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  private Stage stage(Environment environment, Endpoint endpoint, HealthPolicy policy) {
    return new Stage(
        new Target(service, environment),
        requireNonNull(endpoint, "endpoint"),
        requireNonNull(policy, "policy"),
        false);
  }
}
