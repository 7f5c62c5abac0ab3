package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.Approval;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.OpenRun;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Starts the stories of the runbooks. Safe for use by several threads. */
public final class Host {

  /**
   * Who asks for a run.
   *
   * @param by a person or machine; empty text if nobody says
   * @param reason why; empty text if nobody says
   */
  public record Who(String by, String reason) {

    private Who masked(UnaryOperator<String> mask) {
      return new Who(mask.apply(by), mask.apply(reason));
    }
  }

  private static final String VERSION = "version";

  private final TimeSource time;
  private final RunHost runs;
  private final Stories stories;
  private final Underway underway;
  private final UnaryOperator<String> mask;

  Host(
      Journal journal,
      TimeSource time,
      RunListener listener,
      ScheduledExecutorService executor,
      Stories stories) {
    this.time = time;
    this.stories = stories;
    this.runs = new RunHost(journal, time, listener, ThisProcess.name(), new LeaseKeeper(executor));
    this.underway = new Underway();
    this.mask = UnaryOperator.identity();
  }

  private Host(Host host, UnaryOperator<String> mask) {
    this.time = host.time;
    this.stories = host.stories;
    this.runs = host.runs;
    this.underway = host.underway;
    this.mask = mask;
  }

  /** A host that renews leases on a thread of its own, which is there only while a run is. */
  public static Host of(Journal journal, TimeSource time, RunListener listener) {
    return new Host(journal, time, listener, LeaseKeeper.ownThread(), Stories.current());
  }

  /** A host that renews leases on the executor, which stays the caller's. */
  public static Host of(
      Journal journal, TimeSource time, RunListener listener, ScheduledExecutorService executor) {
    return new Host(journal, time, listener, executor, Stories.current());
  }

  /**
   * This one, which hides secrets in whatever people say: nothing of that is written down or sent
   * as they are.
   *
   * @param hiding the text without them
   */
  public Host hiding(UnaryOperator<String> hiding) {
    return new Host(this, hiding);
  }

  /** The time that the runs go by. */
  public TimeSource time() {
    return time;
  }

  /** Tells the story of a deploy. */
  public RunReport deploy(
      String run,
      Service service,
      Workshop workshop,
      DeployOrder order,
      Who who,
      Cancellation cancellation) {
    DeployOrder heard = order.masked(mask);
    Who said = who.masked(mask);
    RunRequest asked =
        new RunRequest(
            run,
            RunHost.DEPLOY,
            stories.deploy(),
            service.name(),
            heard.request(),
            Forms.ACKNOWLEDGEMENT.write(heard.acknowledgement()),
            said.by(),
            said.reason(),
            named(workshop));
    return tell(
        asked,
        cancellation,
        new Teller(service, tools -> new DeployRun(tools, service, workshop, heard)));
  }

  /** What the release is called before anything is done; empty text if that is not to be told. */
  private static String named(Workshop workshop) {
    try {
      return workshop.label().get();
    } catch (RuntimeException e) {
      return ""; // the plan tells why
    }
  }

  /**
   * What a deploy would do as things stand; kept, so that it can be applied.
   *
   * @throws nl.praatmetjeboekhouding.dirk.error.ProviderException if the vendor cannot be asked
   */
  public DeployPlan plan(Service service, Workshop workshop) {
    return new Rehearsal(service, workshop, runs.journal(), time).plan();
  }

  /**
   * Writes down that somebody approves a plan.
   *
   * @throws nl.praatmetjeboekhouding.dirk.error.ConfigurationException if there is none of this
   *     hash
   */
  public Approval approve(Digest plan, Optional<String> group, Who who) {
    Who said = who.masked(mask);
    return new Approvals(runs.journal()).add(plan, said.by(), group.map(mask), said.reason());
  }

  /** Who approved a plan, oldest first. */
  public List<Approval> approvals(Digest plan) {
    return new Approvals(runs.journal()).of(plan);
  }

  /** Tells the story of a rollback. */
  public RunReport rollback(
      String run, Service service, Optional<String> version, Who who, Cancellation cancellation) {
    ObjectNode request = Forms.object();
    version.ifPresent(id -> request.put(VERSION, id));
    Who said = who.masked(mask);
    RunRequest asked =
        new RunRequest(
            run,
            RunHost.ROLLBACK,
            stories.rollback(),
            service.name(),
            request,
            Forms.object(),
            said.by(),
            said.reason(),
            "");
    return tell(
        asked,
        cancellation,
        new Teller(service, tools -> new RollbackRun(tools, service, version, said.reason())));
  }

  /** The runs that are not over, oldest first. */
  public List<OpenRun> open() {
    return runs.open();
  }

  /** The service that a run is about. */
  public String serviceOf(String run) {
    return runs.request(run).service();
  }

  /**
   * Goes on with a run that was left, by what the journal says that was asked for; one that is HELD
   * looks again at what could not be told. One that an older story began is recovered; one that a
   * newer story began is left alone.
   *
   * @param who says so
   */
  public RunReport resume(
      String run, Service service, Workshop workshop, Who who, Cancellation cancellation) {
    RunRequest asked = request(run);
    boolean isRollback = asked.runbook().equals(RunHost.ROLLBACK);
    Cancellation heard = isRollback ? cancellation.shielded() : cancellation;
    Function<RunTools, Story> story =
        isRollback
            ? tools ->
                new RollbackRun(
                    tools, service, Forms.text(asked.request(), VERSION), asked.reason())
            : tools ->
                new DeployRun(
                    tools,
                    service,
                    workshop,
                    DeployOrder.of(
                        asked.request(), Forms.ACKNOWLEDGEMENT.read(asked.acknowledged())));
    return underway.tell(
        asked,
        heard,
        () -> runs.resume(asked, who.masked(mask), heard, new Teller(service, story)),
        () -> runs.elsewhere(asked, "the waiting for it was ended"));
  }

  /**
   * The entries of a run as its journal has them, for a receipt.
   *
   * @throws nl.praatmetjeboekhouding.dirk.error.ConfigurationException if there is no such run
   */
  public List<String> linesOf(String run) {
    String name = RunStream.nameOf(runs.request(run).run());
    return runs.journal().lines(name);
  }

  /** Ends a run that is not over where it is. */
  public RunReport abandon(String run, Who who) {
    RunRequest asked = request(run);
    Cancellation never = Cancellation.create();
    return underway.tell(
        asked,
        never,
        () ->
            runs.abandon(
                asked, who.masked(mask), new Target(asked.service(), Environment.PRODUCTION)),
        () -> runs.elsewhere(asked, "it goes on"));
  }

  /** Asks a run that is told here to end; false if there is none of this id. */
  public boolean cancel(String run, String reason) {
    return underway.cancel(run, mask.apply(reason));
  }

  /**
   * Asks all runs to stop here and to stay open, those that come later too; false if some have not
   * within {@code wait}.
   */
  public boolean detachAll(String reason, Duration wait) {
    return underway.detachAll(reason, wait);
  }

  private RunRequest request(String run) {
    RunRequest asked = runs.request(run);
    return asked.toldBy(stories.of(asked.runbook()));
  }

  private RunReport tell(RunRequest asked, Cancellation cancellation, Teller teller) {
    return underway.tell(
        asked,
        cancellation,
        () -> runs.run(asked, cancellation, teller),
        () -> runs.elsewhere(asked, "the waiting for it was ended"));
  }
}
