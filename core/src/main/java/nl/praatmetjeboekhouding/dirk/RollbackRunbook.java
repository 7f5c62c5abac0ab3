package nl.praatmetjeboekhouding.dirk;

import nl.praatmetjeboekhouding.dirk.internal.Host;
import nl.praatmetjeboekhouding.dirk.internal.Service;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/**
 * Puts an earlier version of one service back and looks whether it answers. Asked twice in a row it
 * does nothing the second time. Safe for use by several threads.
 */
public final class RollbackRunbook {

  private final Host host;
  private final Service service;

  RollbackRunbook(Host host, Service service) {
    this.host = host;
    this.service = service;
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
  public RunReport run(RollbackRequest request) {
    return run(request, Cancellation.create());
  }

  /**
   * As {@link #run(RollbackRequest)}, and somebody may detach it from another thread. A rollback is
   * not cancelled.
   */
  public RunReport run(RollbackRequest request, Cancellation cancellation) {
    if (!request.service().equals(service.name())) {
      throw new IllegalArgumentException(
          "request is for " + request.service() + ", this runbook is for " + service.name());
    }
    String id = request.taskId().orElseGet(() -> Runbooks.newTaskId(host.time()));
    Host.Who who = new Host.Who(request.by(), request.reason());
    return host.rollback(id, service, request.version(), who, cancellation.shielded());
  }
}
