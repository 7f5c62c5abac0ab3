package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.Target;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the runs of a service did to its production, also those that are not over. */
final class OtherRuns {

  /** What one run did, and when it wrote last. */
  record Did(String run, Facts facts, Instant at) {

    long epoch(String resource) {
      return facts.epochs().getOrDefault(resource, 0L);
    }
  }

  /** A run that was left when it had sent something. */
  record UnderWay(String run, OpenCall call) {}

  /**
   * How long after a run wrote last something of it may land or be shown: its last call, sent again
   * and again while the vendor was unwell, and the vendor's settle window, with much to spare.
   */
  private static final Duration NOTICED = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(OtherRuns.class);

  private OtherRuns() {}

  /**
   * In the order in which they held their leases; those that held none come first.
   *
   * @param resource the vendor's own name of production
   */
  static List<Did> of(Journal journal, Target production, String resource) {
    return journal.heads(RunStream.KIND).stream()
        .sorted(Comparator.comparing(Entry::at))
        .flatMap(head -> did(journal, production, head))
        .sorted(Comparator.comparing(one -> one.epoch(resource)))
        .toList();
  }

  private static Stream<Did> did(Journal journal, Target production, Entry head) {
    String run = RunStream.runOf(head);
    if (!serviceOf(journal, head, run).equals(production.service())) {
      return Stream.empty();
    }
    try {
      return Stream.of(read(journal, production, head, run));
    } catch (JournalException e) {
      LOG.warn("Run {} cannot be read; what it did to {} is unknown", run, production, e);
      return Stream.of(new Did(run, Facts.changed(Optional.empty()), head.at()));
    }
  }

  /** As its first or last entry says it, in whatever version of its form. */
  private static String serviceOf(Journal journal, Entry head, String run) {
    return isEnd(head)
        ? head.record().data().at("/report/service").asText()
        : journal.read(RunStream.nameOf(run), 1).get(0).record().data().path("service").asText();
  }

  private static boolean isEnd(Entry head) {
    return head.record().type().equals("ended");
  }

  private static Did read(Journal journal, Target production, Entry head, String run) {
    if (isEnd(head) && RunRecord.of(head.record()) instanceof RunRecord.Ended ended) {
      return new Did(run, Facts.FORM.read(ended.facts()), head.at());
    }
    RunStream stream = RunStream.reading(journal, run);
    Facts facts = OpenFacts.of(stream, production.environment().name()).under(stream.epochs());
    return new Did(run, facts, head.at());
  }

  /**
   * The run of another process that was left with a call under way, of which nobody knows what
   * becomes; the last one if there are several. One that was ended since, by a rollback or by hand,
   * counts for as long as that call may take, and any for as long as it may be noticed. Runs of a
   * newer Dirk are left to that.
   */
  static Optional<UnderWay> underWay(Journal journal, Target production, String run, Instant now) {
    Instant noticed = now.minus(NOTICED);
    return journal.heads(RunStream.KIND).stream()
        .filter(head -> !RunStream.runOf(head).equals(run) && head.at().isAfter(noticed))
        .flatMap(
            head ->
                sent(journal, production, RunStream.runOf(head))
                    .filter(left -> !isEnd(head) || left.call().mayBeUnderWay(now))
                    .stream())
        .max(Comparator.comparing(left -> left.call().until()));
  }

  private static Optional<UnderWay> sent(Journal journal, Target production, String run) {
    try {
      RunStream stream = RunStream.reading(journal, run);
      return stream
          .started()
          .filter(started -> started.service().equals(production.service()))
          .flatMap(started -> stream.openCall())
          .map(call -> new UnderWay(run, call));
    } catch (JournalException e) {
      LOG.warn("Run {} cannot be read; whether a call of it is under way is unknown", run, e);
      return Optional.empty();
    }
  }

  /**
   * The run that changed production after another one had held its leases, or had begun if it never
   * held any.
   *
   * @param epochs of the leases that the other one took last
   * @param began when it began
   */
  static Optional<String> after(
      List<Did> runs, String run, String resource, Map<String, Long> epochs, Instant began) {
    Optional<Long> held = Optional.ofNullable(epochs.get(resource));
    return runs.stream()
        .filter(other -> !other.run().equals(run) && other.facts().changedProduction())
        .filter(
            other ->
                held.map(epoch -> other.epoch(resource) > epoch)
                    .orElseGet(() -> other.at().isAfter(began)))
        .reduce((earlier, later) -> later)
        .map(Did::run);
  }
}
