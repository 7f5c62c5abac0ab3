package nl.praatmetjeboekhouding.dirk.internal;

import java.util.Objects;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;

/**
 * The run that holds a resource.
 *
 * @param run its id
 * @param asked what it was asked for
 * @param step what it took last; empty if none
 */
record Holding(String run, RunRequest asked, Optional<String> step) {

  /** Who holds it, if that is a run which this journal tells of. */
  static Optional<Holding> of(Journal journal, String resource) {
    Optional<Lease> lease = journal.holder(resource);
    return lease.flatMap(
        held ->
            journal.heads(RunStream.KIND).stream()
                .filter(head -> !(RunRecord.of(head.record()) instanceof RunRecord.Ended))
                .map(head -> stream(journal, head))
                .filter(stream -> Objects.equals(stream.epochs().get(resource), held.epoch()))
                .findFirst()
                .flatMap(Holding::of));
  }

  private static RunStream stream(Journal journal, Entry head) {
    return RunStream.reading(journal, RunStream.runOf(head));
  }

  private static Optional<Holding> of(RunStream stream) {
    String run = RunStream.runOf(stream.first());
    return stream
        .started()
        .map(started -> new Holding(run, RunRequest.of(run, started), stream.lastStep()));
  }

  /** Whether it deploys this service. */
  boolean isDeployOf(String service) {
    return asked.runbook().equals(RunHost.DEPLOY) && asked.service().equals(service);
  }

  /** Which run it is and how far it is, for people. */
  String account() {
    return "run " + run + step.map(name -> ", which came to step '" + name + "'").orElse("");
  }
}
