package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;

/**
 * The journal's stream of one run: what stands there, and what is added. Used by the run's thread
 * only.
 */
final class RunStream {

  /** The kind of the streams that runs are written to. */
  static final String KIND = "run";

  private final Journal journal;
  private final String name;
  private final Leases leases;
  private final List<Entry> entries;
  private final List<RunRecord> records = new ArrayList<>();
  private final boolean resumed;

  RunStream(Journal journal, String run, Leases leases) {
    this.journal = journal;
    this.name = nameOf(run);
    this.leases = leases;
    this.entries = new ArrayList<>(journal.read(name, 1));
    entries.forEach(entry -> records.add(RunRecord.of(entry.record())));
    this.resumed = !entries.isEmpty();
  }

  /** Whether something stood here when it was opened. */
  boolean isResumed() {
    return resumed;
  }

  static String nameOf(String run) {
    return KIND + ":" + run;
  }

  static String runOf(Entry entry) {
    return entry.stream().substring(KIND.length() + 1);
  }

  /** Writes a record; a lease that ran out while nobody took it over is renewed first. */
  Entry append(RunRecord record) {
    leases.renewDue();
    Entry entry = journal.append(name, entries.size() + 1L, leases.held(), record.toJournal());
    entries.add(entry);
    records.add(record);
    return entry;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  Optional<RunRecord.Started> started() {
    return find(RunRecord.Started.class, record -> true);
  }

  Optional<RunRecord.Ended> ended() {
    if (isEmpty()) {
      return Optional.empty();
    }
    return records.get(records.size() - 1) instanceof RunRecord.Ended ended
        ? Optional.of(ended)
        : Optional.empty();
  }

  Optional<RunRecord.Cancelled> cancelled() {
    return find(RunRecord.Cancelled.class, record -> true);
  }

  Optional<RunRecord.Decision> decision(String step) {
    return find(RunRecord.Decision.class, record -> record.step().equals(step));
  }

  /** The last time that work of this name was done. */
  Optional<RunRecord.Work> work(String step) {
    return records.stream()
        .filter(RunRecord.Work.class::isInstance)
        .map(RunRecord.Work.class::cast)
        .filter(record -> record.step().equals(step))
        .reduce((earlier, later) -> later);
  }

  Optional<RunRecord.Intent> intent(String step) {
    return find(RunRecord.Intent.class, record -> record.step().equals(step));
  }

  Optional<RunRecord.Result> result(String step) {
    return find(RunRecord.Result.class, record -> record.step().equals(step));
  }

  boolean lookedForSomething() {
    return find(RunRecord.Result.class, RunRecord.Result::settled).isPresent();
  }

  Entry first() {
    return entries.get(0);
  }

  /** When the record of this kind that the predicate names was written. */
  Entry entryOf(RunRecord record) {
    return entries.get(records.indexOf(record));
  }

  private <R extends RunRecord> Optional<R> find(
      Class<R> type, java.util.function.Predicate<R> wanted) {
    return records.stream().filter(type::isInstance).map(type::cast).filter(wanted).findFirst();
  }
}
