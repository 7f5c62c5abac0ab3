package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Starts the stories of the runbooks. Safe for use by several threads. */
public final class Host {

  private final Journal journal;
  private final TimeSource time;
  private final RunListener listener;

  /** A host whose runs are written to {@code journal} and told to {@code listener}. */
  public Host(Journal journal, TimeSource time, RunListener listener) {
    this.journal = journal;
    this.time = time;
    this.listener = listener;
  }

  /** The time that the runs go by. */
  public TimeSource time() {
    return time;
  }

  /** Tells the story of a deploy. */
  public RunReport deploy(
      String run, Service service, Workshop workshop, Cancellation cancellation) {
    RunRequest asked =
        new RunRequest(run, "deploy", DeployRun.VERSION, service.name(), Forms.object());
    return host(asked, cancellation, tools -> new DeployRun(tools, service, workshop));
  }

  /** Tells the story of a rollback. */
  public RunReport rollback(
      String run,
      Service service,
      Optional<String> version,
      String reason,
      Cancellation cancellation) {
    ObjectNode request = Forms.object();
    version.ifPresent(id -> request.put("version", id));
    RunRequest asked =
        new RunRequest(run, "rollback", RollbackRun.VERSION, service.name(), request);
    return host(asked, cancellation, tools -> new RollbackRun(tools, service, version, reason));
  }

  private RunReport host(
      RunRequest asked,
      Cancellation cancellation,
      java.util.function.Function<RunTools, Story> story) {
    try (LeaseKeeper keeper = new LeaseKeeper(LeaseKeeper.daemon())) {
      String holder =
          "process "
              + ProcessHandle.current().pid()
              + "/"
              + UUID.randomUUID().toString().substring(0, 8);
      return new RunHost(journal, time, listener, holder, keeper).run(asked, cancellation, story);
    }
  }
}
