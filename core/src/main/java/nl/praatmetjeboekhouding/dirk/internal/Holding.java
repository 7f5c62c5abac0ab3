package nl.praatmetjeboekhouding.dirk.internal;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.Lease;

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
                .filter(head -> !head.record().type().equals("ended"))
                .flatMap(head -> stream(journal, head))
                .filter(stream -> Objects.equals(stream.epochs().get(resource), held.epoch()))
                .findFirst()
                .flatMap(Holding::of));
  }

  /** None of a run that only a newer Dirk can read: its lease tells enough. */
  private static Stream<RunStream> stream(Journal journal, Entry head) {
    try {
      return Stream.of(RunStream.reading(journal, RunStream.runOf(head)));
    } catch (JournalException e) {
      if (e.kind() != JournalException.Kind.CORRUPT) {
        throw e;
      }
      return Stream.empty();
    }
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
