package nl.praatmetjeboekhouding.dirk.internal;

import static nl.praatmetjeboekhouding.dirk.time.Cancellation.Kind.DETACH;

import com.fasterxml.jackson.databind.node.NullNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.command.Task;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.journal.SentRequests;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.StepReport.Status;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of one run: the only one that journals and catches. A step that the journal knows
 * is not taken again; its result is returned. Used by the run's thread only.
 */
final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  /** The reason of a run that found its target in the hands of another. */
  static final String LEASED = "LEASED";

  private final String run;
  private final RunStream stream;
  private final Leases leases;
  private final TimeSource time;
  private final RunProgress progress;
  private final Cancellation asked;
  private final Cancellation shielded;
  private final Set<String> names = new HashSet<>();
  private Optional<Expiry> expiry = Optional.empty();
  private boolean isShielded;

  Ledger(
      String run,
      RunStream stream,
      Leases leases,
      TimeSource time,
      RunProgress progress,
      Cancellation cancellation) {
    this.run = run;
    this.stream = stream;
    this.leases = leases;
    this.time = time;
    this.progress = progress;
    this.asked = cancellation;
    this.shielded = cancellation.shielded();
  }

  /** From here on nobody cancels; a detach is still heard. */
  void shield() {
    isShielded = true;
  }

  /**
   * Whether the fate of some effect had to be looked for, so that something may still land late.
   */
  boolean lookedForSomething() {
    return stream.lookedForSomething() || stream.cameAfterACall();
  }

  /** When it wrote last, by the journal's clock. */
  Instant written() {
    return stream.last().at();
  }

  /** When the run began, in whichever process. */
  Instant began() {
    return stream.first().at();
  }

  /** Stops the run at this time unless it has ended or is shielded; the earliest time counts. */
  void expireAt(Instant at, Expiry.Kind kind) {
    if (expiry.filter(earlier -> !at.isBefore(earlier.at())).isEmpty()) {
      expiry = Optional.of(new Expiry(at, kind));
    }
  }

  /** Changes the world, at most once. */
  <T> Taken<T> effect(String step, Effect<T> effect, Settling settling) {
    Optional<RunRecord.Result> known = stream.result(claim(step));
    if (known.isPresent()) {
      return replay(known.get(), effect);
    }
    Optional<Entry> intended = stream.intent(step).map(stream::entryOf);
    if (intended.isPresent()) {
      stopIfDetached();
    } else {
      stopIfAsked();
    }
    StepClock clock = begin(step);
    return settled(clock, effect, settling, intended);
  }

  private <T> Taken<T> settled(
      StepClock clock, Effect<T> effect, Settling settling, Optional<Entry> intended) {
    String step = clock.step();
    StepKey key = new StepKey(run, step);
    StepPauses pauses = pauses(step, shielded);
    RunRecord.Intent sending =
        new RunRecord.Intent(step, key.text(), effect.request(), effect.timeout());
    Entry intent = intended.orElseGet(() -> intend(clock, sending));
    try {
      Settling.Settled<T> settled =
          settling.settle(
              effect,
              key,
              intent.at(),
              intended.map(entry -> sentLast(step)),
              pauses,
              tookNoEffect -> stopUnsent(clock, effect, pauses, tookNoEffect),
              mayBeTheSecond ->
                  stream.append(mayBeTheSecond ? sending : new RunRecord.Sending(step)));
      Taken<T> taken = telling(step, settled.taken());
      write(clock, effect, taken, settled.lookedFor(), pauses.requests());
      progress.end(clock, statusOf(taken), detailOf(step, effect, taken));
      return taken;
    } catch (RunStopped stopped) {
      progress.end(clock, Status.STOPPED, stopped.reason());
      throw stopped;
    } catch (JournalException e) {
      progress.end(clock, Status.UNKNOWN, e.getMessage());
      throw e;
    }
  }

  /**
   * What an earlier process intended is not sent by this one if the run is to end by now: it was
   * cancelled, or its time is over.
   */
  private <T> void stopUnsent(
      StepClock clock, Effect<T> effect, StepPauses pauses, boolean tookNoEffect) {
    try {
      stopIfAsked();
    } catch (RunStopped stopped) {
      if (tookNoEffect && !stopped.isDetach()) {
        String why = "it did not take effect, and was not sent again: " + stopped.reason();
        write(
            clock, effect, new Taken.NotDone<>(FailureKind.NOT_SENT, why), true, pauses.requests());
      }
      throw stopped;
    }
  }

  private Instant sentLast(String step) {
    return stream.calls().stream()
        .filter(call -> call.step().equals(step))
        .map(Sent::at)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /** Nothing is sent that is not written down. */
  private Entry intend(StepClock clock, RunRecord.Intent intent) {
    try {
      return stream.append(intent);
    } catch (JournalException e) {
      progress.end(clock, Status.STOPPED, "not sent: " + e.getMessage());
      throw e;
    }
  }

  /**
   * What became of an effect that an earlier story intended under this name, which it must have. It
   * is looked for if nobody wrote it down, and never sent.
   */
  <T> Taken<T> settle(String step, Effect<T> effect, Settling settling) {
    Optional<RunRecord.Result> known = stream.result(claim(step));
    if (known.isPresent()) {
      return valueOf(known.get(), effect);
    }
    stopIfDetached();
    Entry intent = stream.intent(step).map(stream::entryOf).orElseThrow();
    StepClock clock = begin(step);
    StepPauses pauses = pauses(step, shielded);
    try {
      Taken<T> taken =
          settling.look(effect, new StepKey(run, step), intent.at(), sentLast(step), pauses);
      write(clock, effect, taken, true, pauses.requests());
      progress.end(clock, statusOf(taken), detailOf(step, effect, taken));
      return taken;
    } catch (RunStopped stopped) {
      progress.end(clock, Status.STOPPED, stopped.reason());
      throw stopped;
    } catch (JournalException e) {
      progress.end(clock, Status.UNKNOWN, e.getMessage());
      throw e;
    }
  }

  /**
   * Whether this effect was intended and may have happened: it is known to have, or nobody knows
   * yet.
   */
  boolean mayHaveHappened(String effect) {
    return stream.mayHaveHappened(effect);
  }

  /**
   * Takes the leases of a story, or says who has them, or who came after this run while it was
   * left. A run that was begun before stays open if it has to wait: what it did already must not be
   * left to itself.
   *
   * @param resources what it changes, production last
   * @param settleWindow the vendor's
   */
  Optional<Ending> acquire(
      Leases leasing,
      Journal journal,
      Target production,
      List<String> resources,
      String reason,
      Duration settleWindow) {
    try {
      leasing.acquire(resources, reason);
    } catch (JournalException e) {
      if (e.kind() != JournalException.Kind.LEASED) {
        throw e;
      }
      String held = e.getMessage() + holders(journal, resources);
      Ending ending =
          stream.isResumed()
              ? Ending.of(
                  Outcome.WAITING,
                  Sentence.of("Waiting: " + held)
                      + " Ask for the same task again once that is over.")
              : Ending.of(
                  Outcome.BLOCKED,
                  Sentence.of("Blocked: " + held)
                      + " Nothing was changed; ask again under a new task.");
      return Optional.of(ending.because(LEASED));
    }
    String resource = resources.get(resources.size() - 1);
    Optional<Ending> superseded = superseded(journal, production, resource, run);
    if (superseded.isEmpty()) {
      Map<String, Long> epochs = new TreeMap<>();
      leasing.held().stream()
          .filter(lease -> resources.contains(lease.resource()))
          .forEach(lease -> epochs.put(lease.resource(), lease.epoch()));
      Instant now = stream.append(new RunRecord.Leased(epochs)).at();
      OtherRuns.underWay(journal, production, run, settleWindow, now)
          .ifPresent(other -> comeAfter(other, now));
    }
    return superseded;
  }

  /**
   * Gives a call that another run was left with the time to end; it may arrive later still. A run
   * that is taken up is not stopped here: what it has changed must be looked at first.
   */
  private void comeAfter(OtherRuns.UnderWay other, Instant now) {
    String why = "a call of run " + other.run() + ", which was left, may be under way";
    boolean wasShielded = isShielded;
    isShielded = wasShielded || stream.isResumed();
    try {
      decide(
          Preemption.LEFT + other.run(),
          Forms.TEXT,
          pauses -> {
            pauses.pause(why, other.wake().left(now));
            return Decided.of(other.run(), why);
          });
    } finally {
      isShielded = wasShielded;
    }
  }

  /** Which runs have them and how far those are, as far as the journal tells. */
  private String holders(Journal journal, List<String> resources) {
    return resources.stream()
        .flatMap(resource -> Holding.of(journal, resource).stream())
        .filter(holding -> !holding.run().equals(run))
        .map(holding -> "; it is " + holding.account())
        .distinct()
        .collect(Collectors.joining());
  }

  /**
   * A run that was left goes on only if no other run has changed its production since. One that it
   * came over itself has not.
   *
   * @param but a run of which that is not asked
   */
  Optional<Ending> superseded(Journal journal, Target production, String resource, String but) {
    if (!stream.isResumed()) {
      return Optional.empty();
    }
    return OtherRuns.after(
            OtherRuns.of(journal, production, resource).stream()
                .filter(other -> !other.run().equals(but))
                .filter(other -> !hasDecided(Preemption.STEP + other.run()))
                .toList(),
            run,
            resource,
            stream.epochs(),
            stream.first().at())
        .map(
            other ->
                Ending.of(
                        Outcome.SUPERSEDED,
                        "Superseded: since this run was left, run "
                            + other
                            + " has changed "
                            + production
                            + ". Nothing more was done.")
                    .because("SUPERSEDED")
                    .noting(OpenFacts.notes(stream, production.environment().name()))
                    .leaving(OpenFacts.of(stream, production.environment().name())));
  }

  /**
   * Finds out something that the story branches on, once; that it could not be found out is
   * recorded too, because the story branches on that as well.
   */
  <T> Taken<T> decide(String step, Form<T> form, Function<LedgerPauses, Decided<T>> decision) {
    return decided(step, stream.decision(claim(step)), form, decision);
  }

  /**
   * As {@link #decide}, for what is another at another time: whoever takes the run up finds it out
   * anew as long as the decision that follows from it was not made.
   *
   * @param next the name of that decision
   */
  <T> Taken<T> decideUntil(
      String next, String step, Form<T> form, Function<LedgerPauses, Decided<T>> decision) {
    Optional<RunRecord.Decision> known = stream.decision(claim(step));
    return decided(step, known.filter(any -> hasDecided(next)), form, decision);
  }

  private <T> Taken<T> decided(
      String step,
      Optional<RunRecord.Decision> known,
      Form<T> form,
      Function<LedgerPauses, Decided<T>> decision) {
    if (known.isPresent()) {
      RunRecord.Decision earlier = known.get();
      progress.remember(
          step,
          earlier.failed() ? Status.FAILED : Status.DONE,
          earlier.detail(),
          stream.entryOf(earlier).at(),
          earlier.took());
      return earlier.failure().isEmpty()
          ? new Taken.Done<>(form.read(earlier.value()))
          : new Taken.NotDone<>(FailureKind.valueOf(earlier.failure()), earlier.detail());
    }
    stopIfAsked();
    StepClock clock = begin(step);
    StepPauses pauses = pauses(step);
    return guarded(
        clock,
        () -> {
          Decided<T> decided = decision.apply(pauses);
          stream.append(
              new RunRecord.Decision(
                  step,
                  form.write(decided.value()),
                  decided.failed(),
                  decided.detail(),
                  "",
                  clock.took(),
                  pauses.requests()));
          progress.end(clock, decided.failed() ? Status.FAILED : Status.DONE, decided.detail());
          return new Taken.Done<>(decided.value());
        },
        failed ->
            stream.append(
                new RunRecord.Decision(
                    step,
                    NullNode.instance,
                    true,
                    failed.why(),
                    failed.kind().name(),
                    clock.took(),
                    pauses.requests())));
  }

  /**
   * As {@link #decide}, for what comes from somebody else in his own time: until it has come
   * nothing is written down, and who tells the story again looks again.
   *
   * @param look what there is at this time; what failed has not come yet
   */
  <T> Taken<T> await(String step, Form<T> form, Function<Instant, Decided<T>> look) {
    if (stream.decision(step).isEmpty()) {
      stopIfAsked();
      Decided<T> seen = look.apply(time.instant());
      return seen.failed()
          ? new Taken.NotDone<>(FailureKind.NOT_FOUND, seen.detail())
          : decide(step, form, pauses -> seen);
    }
    return decide(step, form, pauses -> look.apply(pauses.instant()));
  }

  /** What the release was called when the run was asked for; empty text if nobody knows. */
  String askedRelease() {
    return stream.started().map(RunRecord.Started::release).orElse("");
  }

  /** Whether this decision was made, so that it is not made anew. */
  boolean hasDecided(String step) {
    return stream.decision(step).isPresent();
  }

  /** Whether this work was done once, if perhaps for nothing. */
  boolean hasWorked(String step) {
    return stream.work(step).isPresent();
  }

  /** Who asked for the run first; empty text if nobody said. */
  String askedBy() {
    return stream.started().map(RunRecord.Started::by).orElse("");
  }

  /**
   * Does something on this machine whose product a later decision records, such as a build. Whoever
   * takes the run up does it again until that decision is recorded, and never after that.
   *
   * @param product the name of that decision
   */
  Taken<String> work(String step, String product, Function<LedgerPauses, Task.Worked> task) {
    Optional<RunRecord.Work> known = stream.work(claim(step));
    if (known.isPresent() && stream.decision(product).isPresent()) {
      RunRecord.Work earlier = known.get();
      progress.remember(
          step, Status.DONE, earlier.detail(), stream.entryOf(earlier).at(), earlier.took());
      return new Taken.Done<>(earlier.detail());
    }
    stopIfAsked();
    StepClock clock = begin(step);
    return guarded(
        clock,
        () -> {
          Task.Worked worked = task.apply(pauses(step));
          if (!worked.succeeded()) {
            progress.end(clock, Status.FAILED, worked.detail(), worked.lastLines());
            return new Taken.NotDone<>(FailureKind.INVALID, worked.detail());
          }
          stream.append(new RunRecord.Work(step, worked.detail(), clock.took()));
          progress.end(clock, Status.DONE, worked.detail());
          return new Taken.Done<>(worked.detail());
        },
        failed -> {});
  }

  /**
   * What a body may throw becomes what came of the step; only the journal's failures get out.
   *
   * @param written writes down that the body failed
   */
  private <T> Taken<T> guarded(
      StepClock clock, Supplier<Taken<T>> body, Consumer<Taken.NotDone<T>> written) {
    try {
      return body.get();
    } catch (RunStopped stopped) {
      progress.end(clock, Status.STOPPED, stopped.reason());
      throw heard(stopped);
    } catch (ProviderException e) {
      if (e.kind() == FailureKind.STOPPED) {
        stopIfAsked(clock, e.getMessage());
      }
      return failed(clock, new Taken.NotDone<>(e.kind(), e.getMessage()), written);
    } catch (ConfigurationException e) {
      return failed(clock, new Taken.NotDone<>(FailureKind.INVALID, e.getMessage()), written);
    } catch (JournalException e) {
      progress.end(clock, Status.FAILED, e.getMessage());
      throw e;
    } catch (RuntimeException | LinkageError e) {
      LOG.error("A provider broke its contract in step '{}'", clock.step(), e);
      return failed(
          clock,
          new Taken.NotDone<>(
              FailureKind.UNREADABLE, "the provider threw " + e.getClass().getName()),
          written);
    }
  }

  private void stopIfAsked(StepClock clock, String why) {
    try {
      stopIfAsked();
    } catch (RunStopped stopped) {
      progress.end(clock, Status.STOPPED, why);
      throw stopped;
    }
  }

  private <T> Taken<T> failed(
      StepClock clock, Taken.NotDone<T> failed, Consumer<Taken.NotDone<T>> written) {
    try {
      written.accept(failed);
    } finally {
      progress.end(clock, Status.FAILED, failed.why());
    }
    return failed;
  }

  private String claim(String step) {
    if (!names.add(step)) {
      throw new IllegalStateException("two steps of one run are called '" + step + "'");
    }
    return step;
  }

  private <T> Taken<T> replay(RunRecord.Result result, Effect<T> effect) {
    progress.remember(
        result.step(),
        result.done() ? Status.DONE : Status.FAILED,
        result.detail(),
        stream.entryOf(result).at(),
        result.took());
    return valueOf(result, effect);
  }

  private static <T> Taken<T> valueOf(RunRecord.Result result, Effect<T> effect) {
    return result.done()
        ? new Taken.Done<>(effect.form().read(result.value()))
        : new Taken.NotDone<>(FailureKind.valueOf(result.failure()), result.detail());
  }

  private StepPauses pauses(String step) {
    return isShielded
        ? pauses(step, shielded)
        : new StepPauses(step, progress, leases, time, asked, expiry);
  }

  private StepPauses pauses(String step, Cancellation cancellation) {
    return new StepPauses(step, progress, leases, time, cancellation, Optional.empty());
  }

  private StepClock begin(String step) {
    leases.renewDue();
    return progress.begin(step);
  }

  /** Writes what came of an effect; of one that nobody can tell of, what was asked for it. */
  private <T> void write(
      StepClock clock, Effect<T> effect, Taken<T> taken, boolean lookedFor, SentRequests requests) {
    if (!taken.isUnknown()) {
      stream.append(resultOf(clock, effect, taken, lookedFor, requests));
    } else if (!requests.isEmpty()) {
      stream.append(new RunRecord.Tried(clock.step(), requests));
    }
  }

  private <T> RunRecord.Result resultOf(
      StepClock clock, Effect<T> effect, Taken<T> taken, boolean lookedFor, SentRequests requests) {
    String step = clock.step();
    String detail = detailOf(step, effect, taken);
    if (taken instanceof Taken.Done<T> done) {
      return new RunRecord.Result(
          step,
          true,
          effect.form().write(done.value()),
          detail,
          "",
          lookedFor,
          clock.took(),
          requests);
    }
    FailureKind kind =
        taken instanceof Taken.NotDone<T> notDone ? notDone.kind() : FailureKind.UNAVAILABLE;
    return new RunRecord.Result(
        step, false, NullNode.instance, detail, kind.name(), lookedFor, clock.took(), requests);
  }

  private static Status statusOf(Taken<?> taken) {
    if (taken.isUnknown()) {
      return Status.UNKNOWN;
    }
    return taken instanceof Taken.Done<?> ? Status.DONE : Status.FAILED;
  }

  private <T> String detailOf(String step, Effect<T> effect, Taken<T> taken) {
    return taken instanceof Taken.Done<T> done
        ? effect.told(done.value()) + sentAgain(step)
        : taken.why();
  }

  /** What did not happen or is not known, and whether an earlier call for it may still show. */
  private <T> Taken<T> telling(String step, Taken<T> taken) {
    if (taken instanceof Taken.NotDone<T> notDone) {
      return new Taken.NotDone<>(notDone.kind(), notDone.why() + sentAgain(step));
    }
    return taken.isUnknown() ? new Taken.Unknown<>(taken.why() + sentAgain(step)) : taken;
  }

  /** Beyond the vendor's settle window a duplicate is possible, and never silent. */
  private String sentAgain(String step) {
    return stream.wasSentAgain(step) ? "; " + RunStream.SENT_AGAIN : "";
  }

  /**
   * What was asked before, in this process or an earlier one, stops the story at the first step not
   * yet taken.
   */
  private void stopIfAsked() {
    heedInterrupt(asked);
    stopIfDetached();
    if (isShielded) {
      return;
    }
    Optional<RunStopped> stop =
        stream
            .cancelled()
            .map(
                cancelled ->
                    new RunStopped(RunStopped.Cause.valueOf(cancelled.cause()), cancelled.reason()))
            .or(() -> asked.stop().map(RunStopped::of))
            .or(this::expired);
    if (stop.isPresent()) {
      throw heard(stop.get());
    }
  }

  private Optional<RunStopped> expired() {
    Instant now = time.instant();
    return expiry.filter(out -> out.isPast(now)).map(Expiry::stop);
  }

  private void stopIfDetached() {
    asked
        .stop()
        .filter(stop -> stop.kind() == DETACH)
        .ifPresent(
            stop -> {
              throw RunStopped.of(stop);
            });
  }

  /** An interrupted thread leaves its run open, whatever the provider made of the interrupt. */
  static void heedInterrupt(Cancellation cancellation) {
    if (Thread.currentThread().isInterrupted()) {
      cancellation.detach("the thread was interrupted");
    }
  }

  private RunStopped heard(RunStopped stopped) {
    if (!stopped.isDetach() && stream.cancelled().isEmpty()) {
      stream.append(new RunRecord.Cancelled(stopped.reason(), stopped.why().name()));
    }
    return stopped;
  }
}
