package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.command.Task;
import nl.praatmetjeboekhouding.dirk.context.ContextCheck;
import nl.praatmetjeboekhouding.dirk.internal.DeployOrder;
import nl.praatmetjeboekhouding.dirk.internal.Host;
import nl.praatmetjeboekhouding.dirk.internal.Service;
import nl.praatmetjeboekhouding.dirk.internal.Workshop;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.Approval;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/**
 * Deploys one service: documents, tests, build, staging, health, production, health; and puts the
 * version before back when production turns out sick. Safe for use by several threads.
 */
public final class DeployRunbook {

  private final Host host;
  private final Service service;
  private final Workshop workshop;

  private DeployRunbook(Host host, Service service, Workshop workshop) {
    this.host = host;
    this.service = service;
    this.workshop = workshop;
  }

  /**
   * Runs on the calling thread until the run is over or open. A run that fails is a value; nothing
   * is thrown for it once it has begun.
   *
   * @throws nl.praatmetjeboekhouding.dirk.error.ConfigurationException if the id was used for
   *     something else
   * @throws nl.praatmetjeboekhouding.dirk.error.JournalException if the journal cannot be used when
   *     the run is to begin
   */
  public RunReport run(DeployRequest request) {
    return run(request, Cancellation.create());
  }

  /** As {@link #run(DeployRequest)}, and somebody may stop it from another thread. */
  public RunReport run(DeployRequest request, Cancellation cancellation) {
    if (!request.service().equals(service.name())) {
      throw new IllegalArgumentException(
          "request is for " + request.service() + ", this runbook is for " + service.name());
    }
    String id = request.taskId().orElseGet(() -> Runbooks.newTaskId(host.time()));
    Host.Who who = new Host.Who(request.by(), request.reason());
    DeployOrder order =
        new DeployOrder(
            request.acknowledgement(),
            request.plan(),
            request.cure(),
            request.within(),
            request.exceptions());
    return host.deploy(id, service, workshop, order, who, cancellation);
  }

  /**
   * What a deploy would do as things stand: what was built, what serves, what would change. Reads
   * only; runs neither tests nor build. The plan is kept beside the journal, so that {@link
   * DeployRequest#applying} can be refused with what has changed.
   *
   * @throws nl.praatmetjeboekhouding.dirk.error.ProviderException if the vendor cannot be asked
   * @throws nl.praatmetjeboekhouding.dirk.error.ConfigurationException if the project is not as it
   *     must be
   */
  public DeployPlan plan() {
    return host.plan(service, workshop);
  }

  /**
   * Writes down that somebody approves a plan; any process may do so that has the journal. Whether
   * it counts is found when a deploy asks: see {@link RunReport#summary()} of one that waits.
   *
   * @throws IllegalArgumentException if it does not say whose it is
   * @throws nl.praatmetjeboekhouding.dirk.error.ConfigurationException if there is no plan of this
   *     hash beside the journal
   */
  public Approval approve(ApproveRequest request) {
    request.requirePerson();
    return host.approve(
        request.plan(), request.group(), new Host.Who(request.by(), request.reason()));
  }

  /** Who approved a plan, oldest first. */
  public List<Approval> approvals(Digest plan) {
    return host.approvals(plan);
  }

  /** Goes on with a run of the service, a deploy or a rollback. */
  RunReport resume(String run, String by, String reason) {
    Host.Who who = new Host.Who(by, reason);
    return host.resume(run, service, workshop, who, Cancellation.create());
  }

  /** Collects what happens before anything is deployed. Not thread-safe. */
  public static final class Builder {

    private final Runbooks runbooks;
    private ContextCheck documents = ContextCheck.none();
    private Optional<Task> test = Optional.empty();
    private Optional<Task> build = Optional.empty();
    private Supplier<String> label = () -> "unlabelled";

    Builder(Runbooks runbooks) {
      this.runbooks = runbooks;
    }

    /** The mandatory documents: a run is blocked unless its request says that they were read. */
    public Builder context(ContextCheck check) {
      documents = requireNonNull(check, "check");
      return this;
    }

    /** What the release is called. */
    public Builder label(Supplier<String> name) {
      label = requireNonNull(name, "name");
      return this;
    }

    /** The service's tests. */
    public Builder test(Task task) {
      test = Optional.of(requireNonNull(task, "task"));
      return this;
    }

    /** The service's build. */
    public Builder build(Task task) {
      build = Optional.of(requireNonNull(task, "task"));
      return this;
    }

    /** The runbook. */
    public DeployRunbook create() {
      return new DeployRunbook(
          runbooks.host(), runbooks.service(), new Workshop(documents, test, build, label));
    }
  }
}
