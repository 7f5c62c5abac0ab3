package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
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

  /** A run of which something may still land or be shown. */
  record UnderWay(String run, Wake wake) {}

  /** A version that a run has uploaded. */
  record Uploaded(String run, Version version) {}

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
   * becomes; the one whose call ends last if there are several. One that was ended since, by a
   * rollback or by hand, counts for as long as that call may take and not be shown, and any for as
   * long as it may be noticed. Runs of a newer Dirk are left to that.
   *
   * @param now by the journal's clock
   */
  static Optional<UnderWay> underWay(
      Journal journal, Target production, String run, Duration settleWindow, Instant now) {
    return latest(
        journal,
        production,
        run,
        now,
        stream -> {
          Optional<Wake> wake = Wake.unanswered(calls(stream, production), settleWindow);
          return stream.ended().isEmpty() && stream.hasOpenEffect()
              ? wake
              : wake.filter(any -> !any.isOver(now));
        });
  }

  /**
   * The run that changed production so short a time ago that the vendor may not show it yet; the
   * last one if there are several.
   *
   * @param now by the journal's clock
   */
  static Optional<UnderWay> justChanged(
      Journal journal, Target production, String run, Duration settleWindow, Instant now) {
    return latest(
        journal,
        production,
        run,
        now,
        stream -> Wake.of(calls(stream, production), settleWindow).filter(any -> !any.isOver(now)));
  }

  /**
   * The version that a run uploaded into production and that the vendor was still at work on, as
   * far as that run saw; the last one if there are several.
   *
   * @param now by the journal's clock
   */
  static Optional<Uploaded> atWork(Journal journal, Target production, String run, Instant now) {
    return recent(journal, run, now)
        .flatMap(
            head ->
                ofService(
                    journal,
                    production,
                    RunStream.runOf(head),
                    stream ->
                        OpenFacts.atWork(stream, production.environment().name())
                            .map(version -> new Uploaded(RunStream.runOf(head), version)))
                    .stream())
        .reduce((earlier, later) -> later);
  }

  private static Optional<UnderWay> latest(
      Journal journal,
      Target production,
      String run,
      Instant now,
      Function<RunStream, Optional<Wake>> wake) {
    return recent(journal, run, now)
        .flatMap(
            head ->
                ofService(
                    journal,
                    production,
                    RunStream.runOf(head),
                    stream ->
                        wake.apply(stream).map(found -> new UnderWay(RunStream.runOf(head), found)))
                    .stream())
        .max(Comparator.comparing(other -> other.wake().until()));
  }

  private static Stream<Entry> recent(Journal journal, String but, Instant now) {
    return journal.heads(RunStream.KIND).stream()
        .filter(head -> !RunStream.runOf(head).equals(but))
        .filter(head -> head.at().isAfter(now.minus(NOTICED)))
        .sorted(Comparator.comparing(Entry::at));
  }

  private static <T> Optional<T> ofService(
      Journal journal, Target production, String run, Function<RunStream, Optional<T>> what) {
    try {
      RunStream stream = RunStream.reading(journal, run);
      return stream
          .started()
          .filter(started -> started.service().equals(production.service()))
          .flatMap(started -> what.apply(stream));
    } catch (JournalException e) {
      LOG.warn("Run {} cannot be read; whether a call of it is under way is unknown", run, e);
      return Optional.empty();
    }
  }

  /** The calls of a run that may change what production gives its traffic to. */
  static List<Sent> calls(RunStream stream, Target production) {
    return stream.calls().stream()
        .filter(
            call -> OpenFacts.mayMoveTraffic(stream, production.environment().name(), call.step()))
        .toList();
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
