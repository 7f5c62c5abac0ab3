package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.config.SecretsLookup;
import nl.praatmetjeboekhouding.dirk.context.ContextCheck;
import nl.praatmetjeboekhouding.dirk.context.ContextReading;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.internal.Host;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.Approval;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.OpenRun;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.AlertSourceProvider;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.spi.UptimeSource;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys the services of a configuration, and rolls them back. A run goes on the calling thread; a
 * run that fails is a {@link RunReport}, and an exception means that it could not even be asked.
 * The same task id twice is one run with one report, also when two threads ask at once. Safe for
 * use by several threads.
 *
 * <pre>{@code
 * try (Dirk dirk = Dirk.open(Path.of("dirk.jsonc"))) {
 *   RunReport report =
 *       dirk.deploy(DeployRequest.of("api").acknowledging(dirk.context().acknowledgement()));
 * }
 * }</pre>
 */
public final class Dirk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dirk.class);
  private static final Duration LEAVE_TAKING = Duration.ofSeconds(10);

  private final DirkConfig config;
  private final ContextCheck documents;
  private final Host host;
  private final Map<String, Equipped> services;
  private final List<AutoCloseable> owned;
  private final AtomicBoolean closed = new AtomicBoolean();

  Dirk(
      DirkConfig config,
      ContextCheck documents,
      Host host,
      Map<String, Equipped> services,
      List<AutoCloseable> owned) {
    this.config = config;
    this.documents = documents;
    this.host = host;
    this.services = new LinkedHashMap<>(services);
    this.owned = List.copyOf(owned);
  }

  /**
   * Opens a runbook file with the providers on the class path and module path, secrets from the
   * environment, and the journal in the folder that the file names. If it names none, that is
   * {@code dirk/NAME-DIGEST} below {@code $XDG_STATE_HOME}, or below {@code ~/.local/state}.
   *
   * @throws ConfigurationException with all that is wrong: with the file, with a provider's
   *     settings, with secrets that are not set
   * @throws JournalException if the journal cannot be opened
   */
  public static Dirk open(Path file) {
    return builder().file(file).open();
  }

  /** For tools that bring more than a file. */
  public static Builder builder() {
    return new Builder();
  }

  /** What was opened. */
  public DirkConfig config() {
    return config;
  }

  /** The mandatory documents as they are now, to be read before a deploy is asked for. */
  public ContextReading context() {
    return documents.read();
  }

  /**
   * What a deploy of a service would do as things stand: what was built, what serves, what would
   * change. Reads only; runs neither tests nor build. {@link DeployRequest#applying} deploys it as
   * long as it stands.
   *
   * @throws ConfigurationException if there is no such service, or its project is not as it must be
   * @throws nl.praatmetjeboekhouding.dirk.error.ProviderException if the vendor cannot be asked
   * @throws IllegalStateException if this is closed
   */
  public DeployPlan plan(String service) {
    return equipped(service).deploy().plan();
  }

  /**
   * Deploys a service: documents, tests, build, staging, health, production, health; and puts the
   * version before back when production turns out sick.
   *
   * @throws ConfigurationException if there is no such service, or if the task id was used for
   *     something else
   * @throws JournalException if the journal cannot be used when the run is to begin
   * @throws IllegalStateException if this is closed
   */
  public RunReport deploy(DeployRequest request) {
    return equipped(request.service()).deploy().run(request);
  }

  /**
   * Puts the newest version that is known to be good back, or the one that is named.
   *
   * @throws ConfigurationException if there is no such service, or if the task id was used for
   *     something else
   * @throws JournalException if the journal cannot be used when the run is to begin
   * @throws IllegalStateException if this is closed
   */
  public RunReport rollback(RollbackRequest request) {
    return equipped(request.service()).rollback().run(request);
  }

  /**
   * The runs that are not over, oldest first; those of other services of the journal among them.
   */
  public List<OpenRun> openRuns() {
    return host.open();
  }

  /**
   * Goes on with every run of the opened services that was left, by {@link #close()}, an interrupt
   * or a killed process, one after the other. What took effect is not done again. Those that are
   * HELD wait for a person: see {@link #resume(ResumeRequest)}.
   *
   * @return what became of each, oldest first; one that goes on elsewhere is WAITING
   * @throws JournalException if one could not be gone on with, once all the others were
   * @throws ConfigurationException likewise
   * @throws IllegalStateException if this is closed
   */
  public List<RunReport> resume() {
    List<RunReport> reports = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (OpenRun run : openRuns()) {
      if (run.held().isEmpty() && services.containsKey(run.service())) {
        try {
          reports.add(resume(ResumeRequest.of(run.taskId())));
        } catch (JournalException | ConfigurationException e) {
          LOG.error("Run {} cannot be gone on with", run.taskId(), e);
          failures.add(e);
        }
      }
    }
    if (!failures.isEmpty()) {
      failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
      throw failures.get(0);
    }
    return List.copyOf(reports);
  }

  /**
   * Goes on with one run that is not over. One that is HELD looks again at what it could not tell,
   * and goes on from there. One that is over gives its report.
   *
   * @throws ConfigurationException if there is no run of this id, or its service is not opened
   * @throws IllegalStateException if this is closed
   */
  public RunReport resume(ResumeRequest request) {
    checkOpen();
    String service = host.serviceOf(request.taskId());
    return equipped(service).deploy().resume(request.taskId(), request.by(), request.reason());
  }

  /**
   * Ends a run that is not over where it is, with nothing done any more: it becomes CANCELLED, and
   * whatever it had done stays. One that is over gives its report.
   *
   * @throws ConfigurationException if there is no run of this id
   * @throws IllegalStateException if this is closed
   */
  public RunReport abandon(AbandonRequest request) {
    checkOpen();
    return host.abandon(request.taskId(), new Host.Who(request.by(), request.reason()));
  }

  /**
   * Writes down that somebody approves a plan; any process may do so that has the journal. Whether
   * it counts is found when a deploy asks: one that waits says why not.
   *
   * @throws IllegalArgumentException if it does not say whose it is
   * @throws ConfigurationException if there is no plan of this hash beside the journal
   * @throws IllegalStateException if this is closed
   */
  public Approval approve(ApproveRequest request) {
    checkOpen();
    request.requirePerson();
    return host.approve(
        request.plan(), request.group(), new Host.Who(request.by(), request.reason()));
  }

  /**
   * Who approved a plan, oldest first.
   *
   * @throws IllegalStateException if this is closed
   */
  public List<Approval> approvals(Digest plan) {
    checkOpen();
    return host.approvals(plan);
  }

  /**
   * All that the journal says of a run, to be taken along and checked without the journal. A run
   * that is not over has no report in it yet.
   *
   * @throws ConfigurationException if there is no run of this id
   * @throws JournalException if the journal cannot be read
   * @throws IllegalStateException if this is closed
   */
  public Receipt receipt(String taskId) {
    checkOpen();
    return Receipt.of(taskId, host.linesOf(requireNonNull(taskId, "taskId")));
  }

  /**
   * Asks a run to end: before production traffic moved it is cancelled, after that it is rolled
   * back. Does not wait for it. A rollback is not cancelled.
   *
   * @param reason why, for the report; no secret
   * @return whether this {@code Dirk} is busy with a run of this id
   */
  public boolean cancel(String taskId, String reason) {
    return host.cancel(requireNonNull(taskId, "taskId"), requireNonNull(reason, "reason"));
  }

  /**
   * Leaves what is under way open, so that asking for the same task again goes on with it, waits up
   * to ten seconds for that, and closes what was opened. A second close does nothing.
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    if (!host.detachAll("Dirk was closed", LEAVE_TAKING)) {
      LOG.warn(
          "A run is still busy {} s after close; its task can be asked for again",
          LEAVE_TAKING.toSeconds());
    }
    Closing.all(owned);
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("this Dirk is closed");
    }
  }

  private Equipped equipped(String service) {
    checkOpen();
    String name = config.service(service).name();
    return requireNonNull(services.get(name), name);
  }

  /** Collects what a {@link Dirk} is opened with. Not thread-safe. */
  public static final class Builder {

    private final Opening opening = new Opening();

    private Builder() {}

    /**
     * The runbook file. What is wrong with it is told by {@link #open()}, together with all else.
     *
     * @throws ConfigurationException if it cannot be read at all
     */
    public Builder file(Path file) {
      opening.faults.clear();
      opening.config =
          DirkConfig.read(requireNonNull(file, "file"), opening.faults::add)
              .map(
                  read ->
                      read.journal().isPresent() ? read : read.withJournal(StateFolder.of(file)));
      return this;
    }

    /** The same as a file, as objects. */
    public Builder config(DirkConfig all) {
      opening.faults.clear();
      opening.config = Optional.of(requireNonNull(all, "all"));
      return this;
    }

    /**
     * Opens these services only, so that the providers and the secrets of the others are not
     * needed.
     *
     * @throws ConfigurationException if there is none of one of these names
     */
    public Builder only(String... services) {
      opening.only = List.of(services);
      return this;
    }

    /** A provider of deployers, besides those that are found; it works when its id is named. */
    public Builder provider(DeployerProvider provider) {
      opening.deployers.add(requireNonNull(provider, "provider"));
      return this;
    }

    /** A provider of health probes, besides those that are found; it works when its id is named. */
    public Builder provider(HealthProbeProvider provider) {
      opening.probes.add(requireNonNull(provider, "provider"));
      return this;
    }

    /** A provider of alerts, besides those that are found; it works when its id is named. */
    public Builder provider(AlertSourceProvider provider) {
      opening.trackers.add(requireNonNull(provider, "provider"));
      return this;
    }

    /** Who knows how long the services were down, for their error budgets. */
    public Builder uptime(UptimeSource source) {
      opening.uptime = Optional.of(requireNonNull(source, "source"));
      return this;
    }

    /** A journal in place of the folder that the configuration names; it stays the caller's. */
    public Builder journal(Journal journal) {
      opening.journal = Optional.of(requireNonNull(journal, "journal"));
      return this;
    }

    /** Where secrets are looked up, in place of this process's environment. */
    public Builder secrets(SecretsLookup lookup) {
      opening.secrets = requireNonNull(lookup, "lookup");
      return this;
    }

    /** Where providers are looked for, in place of the loader of this class. */
    public Builder classLoader(ClassLoader loader) {
      opening.loader = requireNonNull(loader, "loader");
      return this;
    }

    /** Another source of time than this machine's clock. */
    public Builder time(TimeSource source) {
      opening.time = requireNonNull(source, "source");
      return this;
    }

    /** Where leases are renewed, in place of a daemon thread; it stays the caller's. */
    public Builder executor(ScheduledExecutorService executor) {
      opening.executor = Optional.of(requireNonNull(executor, "executor"));
      return this;
    }

    /** Who hears the runs. */
    public Builder listener(RunListener listener) {
      opening.listener = requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Opens it.
     *
     * @throws ConfigurationException with all that is wrong: no configuration, a provider that is
     *     not there, its settings, secrets that are not set
     * @throws JournalException if the journal cannot be opened
     */
    public Dirk open() {
      return opening.open();
    }
  }
}
