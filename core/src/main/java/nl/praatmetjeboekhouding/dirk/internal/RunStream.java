package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * The journal's stream of one run: what stands there, and what is added. Used by the run's thread
 * only.
 */
final class RunStream {

  /** What people are told of an effect that may be there twice. */
  static final String SENT_AGAIN =
      "it was sent again because the vendor did not show it: if its reads lag for longer than it"
          + " promises, it is there twice";

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

  /** The stream of a run, for reading only. */
  static RunStream reading(Journal journal, String run) {
    return new RunStream(journal, run, new Leases(journal, TimeSource.system(), "a reader"));
  }

  /** What a run was begun as, whatever else stands in its stream; empty if there is no such run. */
  static Optional<RunRecord.Started> begun(Journal journal, String run) {
    return journal.read(nameOf(run), 1).stream()
        .findFirst()
        .map(first -> RunRecord.of(first.record()))
        .filter(RunRecord.Started.class::isInstance)
        .map(RunRecord.Started.class::cast);
  }

  /** The epochs of the leases that the run took last, by resource; empty if it took none. */
  Map<String, Long> epochs() {
    return records.stream()
        .filter(RunRecord.Leased.class::isInstance)
        .map(RunRecord.Leased.class::cast)
        .reduce((earlier, later) -> later)
        .map(RunRecord.Leased::epochs)
        .orElse(Map.of());
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

  Optional<RunRecord.Recovering> recovering() {
    return find(RunRecord.Recovering.class, record -> true);
  }

  Optional<RunRecord.Cancelled> cancelled() {
    return find(RunRecord.Cancelled.class, record -> true);
  }

  /**
   * The last decision of this name, unless the run was reopened to take it again: the last one that
   * failed, if nothing was sent because of it.
   */
  Optional<RunRecord.Decision> decision(String step) {
    Optional<RunRecord.Decision> last = Optional.empty();
    Optional<RunRecord.Decision> doubted = Optional.empty();
    for (RunRecord record : records) {
      if (record instanceof RunRecord.Decision decision) {
        doubted = decision.failed() ? Optional.of(decision) : doubted;
        last = decision.step().equals(step) ? Optional.of(decision) : last;
      } else if (record instanceof RunRecord.Intent) {
        doubted = Optional.empty();
      } else if (record instanceof RunRecord.Reopened) {
        last = doubted.isPresent() && last.equals(doubted) ? Optional.empty() : last;
      }
    }
    return last;
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

  /**
   * Whether an effect was sent a second time because the vendor did not show the first: beyond its
   * settle window it may be there twice.
   */
  boolean wasSentAgain(String step) {
    return intents().stream().filter(step::equals).count() > 1;
  }

  /** Whether an effect was intended of which nobody wrote down what became. */
  boolean hasOpenEffect() {
    return intents().stream().anyMatch(step -> result(step).isEmpty());
  }

  /** Every call that was sent, oldest first. */
  List<Sent> calls() {
    List<Sent> calls = new ArrayList<>();
    for (int index = 0; index < records.size(); index++) {
      Optional<String> step = sent(records.get(index));
      if (step.isPresent()) {
        Duration timeout = intent(step.get()).orElseThrow().timeout();
        calls.add(
            new Sent(step.get(), entries.get(index).at(), timeout, answered(step.get(), index)));
      }
    }
    return calls;
  }

  private static Optional<String> sent(RunRecord record) {
    if (record instanceof RunRecord.Intent intent) {
      return Optional.of(intent.step());
    }
    return record instanceof RunRecord.Sending sending
        ? Optional.of(sending.step())
        : Optional.empty();
  }

  /** The answer is that of the last call of a step. */
  private Optional<Instant> answered(String step, int call) {
    boolean isLast =
        records.subList(call + 1, records.size()).stream()
            .noneMatch(later -> sent(later).equals(Optional.of(step)));
    return isLast
        ? result(step).filter(result -> !result.settled()).map(this::entryOf).map(Entry::at)
        : Optional.empty();
  }

  /** The names of the effects that were intended, each as often as it was sent. */
  List<String> intents() {
    return records.stream()
        .filter(RunRecord.Intent.class::isInstance)
        .map(record -> ((RunRecord.Intent) record).step())
        .toList();
  }

  Optional<RunRecord.Result> result(String step) {
    return find(RunRecord.Result.class, record -> record.step().equals(step));
  }

  /** Whether this effect was intended, and is known to have taken effect or nobody knows yet. */
  boolean mayHaveHappened(String effect) {
    return intent(effect).isPresent() && result(effect).map(RunRecord.Result::done).orElse(true);
  }

  /** What a decision came to, if it was taken and something was found out. */
  <T> Optional<T> decided(String step, Form<T> form) {
    return decision(step)
        .filter(decision -> decision.failure().isEmpty())
        .map(decision -> form.read(decision.value()));
  }

  /** What stands here of steps, in order. */
  List<StepReport> steps() {
    return steps(records.size());
  }

  /** What the story that began the run took of steps before it was recovered, in order. */
  List<StepReport> stepsBeforeRecovery() {
    return recovering().map(record -> steps(records.indexOf(record))).orElseGet(List::of);
  }

  private List<StepReport> steps(int end) {
    List<StepReport> steps = new ArrayList<>();
    for (int index = 0; index < end; index++) {
      Instant at = entries.get(index).at();
      RunRecord record = records.get(index);
      if (record instanceof RunRecord.Decision decision) {
        steps.add(
            step(decision.step(), !decision.failed(), at, decision.took(), decision.detail()));
      } else if (record instanceof RunRecord.Work work) {
        steps.add(step(work.step(), true, at, work.took(), work.detail()));
      } else if (record instanceof RunRecord.Result result) {
        steps.add(step(result.step(), result.done(), at, result.took(), result.detail()));
      }
    }
    return steps;
  }

  private static StepReport step(
      String name, boolean done, Instant ended, Duration took, String detail) {
    StepReport.Status status = done ? StepReport.Status.DONE : StepReport.Status.FAILED;
    return new StepReport(name, status, ended.minus(took), took, Sentence.plain(detail));
  }

  boolean lookedForSomething() {
    return find(RunRecord.Result.class, RunRecord.Result::settled).isPresent();
  }

  /** Whether it came after a run that may have had a call under way. */
  boolean cameAfterACall() {
    return find(
            RunRecord.Decision.class,
            taken ->
                taken.step().startsWith(Preemption.STEP)
                    || taken.step().startsWith(Preemption.LEFT))
        .isPresent();
  }

  /** The step that was intended or taken last. */
  Optional<String> lastStep() {
    Optional<String> last = Optional.empty();
    for (RunRecord record : records) {
      if (record instanceof RunRecord.Intent intent) {
        last = Optional.of(intent.step());
      } else if (record instanceof RunRecord.Decision decision) {
        last = Optional.of(decision.step());
      } else if (record instanceof RunRecord.Work work) {
        last = Optional.of(work.step());
      }
    }
    return last;
  }

  Entry first() {
    return entries.get(0);
  }

  Entry last() {
    return entries.get(entries.size() - 1);
  }

  /** When the record of this kind that the predicate names was written. */
  Entry entryOf(RunRecord record) {
    return entries.get(records.indexOf(record));
  }

  private <R extends RunRecord> Optional<R> find(Class<R> type, Predicate<R> wanted) {
    return records.stream().filter(type::isInstance).map(type::cast).filter(wanted).findFirst();
  }
}
