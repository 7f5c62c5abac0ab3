package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.OpenRun;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a story its journal, its leases and its ledger, and makes the report of what became of it.
 * A run that is over is not told again: its report is read.
 */
final class RunHost {

  private static final Logger LOG = LoggerFactory.getLogger(RunHost.class);

  /** The name of the runbook that deploys. */
  static final String DEPLOY = "deploy";

  /** The name of the runbook that puts an earlier version back. */
  static final String ROLLBACK = "rollback";

  private final Journal journal;
  private final TimeSource time;
  private final RunListener listener;
  private final String holder;
  private final LeaseKeeper keeper;
  private final Reporting reporting;
  private final Preemption preemption;

  /**
   * @param holder who runs it, unique to this process, such as {@code host/pid}
   */
  RunHost(
      Journal journal, TimeSource time, RunListener listener, String holder, LeaseKeeper keeper) {
    this.journal = journal;
    this.time = time;
    this.listener = listener;
    this.holder = holder;
    this.keeper = keeper;
    this.reporting = new Reporting(journal, time);
    this.preemption = new Preemption(journal, time, holder, reporting);
  }

  Journal journal() {
    return journal;
  }

  /** The runs that are not over, in the order in which they began. */
  List<OpenRun> open() {
    return journal.heads(RunStream.KIND).stream().flatMap(head -> open(head).stream()).toList();
  }

  private Optional<OpenRun> open(Entry head) {
    Optional<RunRecord.Ended> last =
        isEnd(head) && RunRecord.of(head.record()) instanceof RunRecord.Ended ended
            ? Optional.of(ended)
            : Optional.empty();
    if (last.filter(Reporting::isFinal).isPresent()) {
      return Optional.empty();
    }
    Optional<RunReport> held = last.map(ended -> Reporting.read(ended));
    Entry first = journal.read(head.stream(), 1).get(0);
    return RunRecord.of(first.record()) instanceof RunRecord.Started started
        ? Optional.of(
            new OpenRun(
                RunStream.runOf(head), started.runbook(), started.service(), first.at(), held))
        : Optional.empty();
  }

  /**
   * What a run was asked for.
   *
   * @throws ConfigurationException if there is no run of this id
   */
  RunRequest request(String run) {
    return RunStream.begun(journal, run)
        .map(started -> RunRequest.of(run, started))
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "task " + run, "there is no run of this id in this journal"));
  }

  RunReport run(RunRequest asked, Cancellation cancellation, Teller teller) {
    return hosted(asked, cancellation, ended -> true, hosted -> hosted.run(teller));
  }

  /** Goes on with a run, also one that is HELD. */
  RunReport resume(RunRequest asked, Host.Who who, Cancellation cancellation, Teller teller) {
    return hosted(
        asked,
        cancellation,
        Reporting::isFinal,
        hosted -> {
          hosted.reopen(who);
          return hosted.run(teller);
        });
  }

  /** Ends a run where it is. */
  RunReport abandon(RunRequest asked, Host.Who who, Target production) {
    return hosted(
        asked,
        Cancellation.create(),
        Reporting::isFinal,
        hosted -> hosted.abandon(who, production));
  }

  private RunReport hosted(
      RunRequest asked,
      Cancellation cancellation,
      Predicate<RunRecord.Ended> isOver,
      Function<Hosted, RunReport> work) {
    Optional<RunReport> newer = newer(asked);
    if (newer.isPresent()) {
      return newer.get();
    }
    Leases leases = new Leases(journal, time, holder + "/" + asked.run());
    Optional<RunReport> over = over(asked, RunStream.reading(journal, asked.run()), isOver);
    if (over.isPresent()) {
      return over.get();
    }
    try (LeaseKeeper.Watch watch = keeper.watch(leases)) {
      leases.acquire(
          List.of(RunStream.nameOf(asked.run())), asked.runbook() + " " + asked.service());
      return work.apply(new Hosted(asked, cancellation, leases));
    } catch (JournalException e) {
      if (e.kind() != JournalException.Kind.LEASED) {
        throw e;
      }
      return elsewhere(asked, e.getMessage());
    } finally {
      release(leases);
    }
  }

  /** The report of a run that is over; it is there also where nothing can be written any more. */
  private static Optional<RunReport> over(
      RunRequest asked, RunStream stream, Predicate<RunRecord.Ended> isOver) {
    return stream
        .ended()
        .filter(isOver)
        .map(
            ended -> {
              stream
                  .started()
                  .ifPresent(started -> asked.requireSame(RunRequest.of(asked.run(), started)));
              return Reporting.read(ended);
            });
  }

  /** What to say of a run that only a newer Dirk understands; nothing is written for it. */
  private Optional<RunReport> newer(RunRequest asked) {
    List<Entry> entries = journal.read(RunStream.nameOf(asked.run()), 1);
    boolean isNewer = entries.stream().anyMatch(entry -> isNewer(entry, asked));
    if (!isNewer) {
      return Optional.empty();
    }
    Entry last = entries.get(entries.size() - 1);
    if (isEnd(last)
        && RunRecord.of(last.record()) instanceof RunRecord.Ended ended
        && Reporting.isFinal(ended)) {
      return Optional.of(Reporting.read(ended));
    }
    return Optional.of(
        reporting.waiting(
            asked,
            "NEWER_STORY",
            "This run was begun by a newer Dirk, whose story of a "
                + asked.runbook()
                + " this one does not know. It was left as it is: go on with it by that Dirk."));
  }

  private static boolean isNewer(Entry entry, RunRequest asked) {
    JsonNode data = entry.record().data();
    int story = data.path("story").asInt();
    return switch (entry.record().type()) {
      case "started" ->
          story > asked.story() && data.path("runbook").asText().equals(asked.runbook());
      case "recovering" -> story > RecoveryRun.VERSION;
      default -> false;
    };
  }

  private static boolean isEnd(Entry entry) {
    return entry.record().type().equals("ended");
  }

  private void release(Leases leases) {
    try {
      leases.releaseAll();
    } catch (JournalException e) {
      LOG.warn("Leases were not released; they run out by themselves: {}", e.getMessage());
    }
  }

  RunReport elsewhere(RunRequest asked, String why) {
    return reporting.elsewhere(asked, why);
  }

  private final class Hosted {

    private final RunRequest asked;
    private final Leases leases;
    private final RunStream stream;
    private final RunProgress progress;
    private final Ledger ledger;

    Hosted(RunRequest asked, Cancellation cancellation, Leases leases) {
      this.asked = asked;
      this.leases = leases;
      this.stream = new RunStream(journal, asked.run(), leases);
      this.progress = new RunProgress(asked.run(), time, listener);
      this.ledger = new Ledger(asked.run(), stream, leases, time, progress, cancellation);
    }

    RunReport run(Teller teller) {
      Optional<RunReport> over = over(asked, stream, ended -> true);
      if (over.isPresent()) {
        return over.get();
      }
      if (stream.isEmpty()) {
        stream.append(
            new RunRecord.Started(
                asked.runbook(),
                asked.story(),
                asked.service(),
                asked.request(),
                asked.acknowledged(),
                asked.by(),
                asked.reason(),
                asked.release(),
                holder));
      } else {
        asked.requireSame(RunRequest.of(asked.run(), stream.started().orElseThrow()));
      }
      Instant started = stream.first().at();
      progress.hear(
          heard ->
              heard.runStarted(
                  new RunListener.RunStarted(
                      asked.run(), asked.runbook(), asked.service(), started)));
      RunReport report = tell(teller, started);
      progress.hear(heard -> heard.runEnded(new RunListener.RunEnded(report)));
      return report;
    }

    /** Lets a run that is HELD go on; one that was left goes on by itself. */
    void reopen(Host.Who who) {
      boolean isHeld = stream.ended().filter(ended -> !Reporting.isFinal(ended)).isPresent();
      if (isHeld) {
        stream.append(new RunRecord.Reopened(who.by(), who.reason()));
      }
    }

    RunReport abandon(Host.Who who, Target production) {
      Optional<RunRecord.Ended> before = stream.ended();
      if (before.filter(Reporting::isFinal).isPresent()) {
        return Reporting.read(before.get());
      }
      Optional<RunReport> held = before.map(ended -> Reporting.read(ended));
      Facts left =
          before
              .map(ended -> Facts.FORM.read(ended.facts()))
              .orElseGet(
                  () ->
                      OpenFacts.of(stream, production.environment().name()).under(stream.epochs()));
      List<String> notes = new ArrayList<>(held.map(RunReport::notes).orElse(List.of()));
      if (!left.changedProduction()) {
        Dark.left(stream, production).ifPresent(notes::add);
      }
      String by = who.by().isEmpty() ? "" : " by " + who.by();
      String reason = who.reason().isEmpty() ? "" : ": " + who.reason();
      String was = held.map(report -> " It was held: " + report.summary()).orElse("");
      Ending ending =
          Ending.of(
                  Outcome.CANCELLED,
                  Sentence.of("Abandoned" + by + reason)
                      + " What it had done was left as it is."
                      + was)
              .because("ABANDONED")
              .with(held.map(RunReport::deployed).orElse(List.of()))
              .noting(notes)
              .leaving(left);
      return reporting.end(stream, asked, ending, stream.steps());
    }

    /** The story that was asked for, or the one that recovers a run of an older one. */
    private Story story(Teller teller) {
      RunTools tools = new RunTools(asked.run(), ledger, leases, journal, preemption);
      if (stream.started().orElseThrow().story() == asked.story()) {
        return teller.story(tools);
      }
      String production = teller.service().production().target().environment().name();
      LeftRun left = LeftRun.of(stream, production);
      if (stream.recovering().isEmpty()) {
        stream.append(new RunRecord.Recovering(RecoveryRun.VERSION, holder));
      }
      return teller.recovery(tools, left);
    }

    private RunReport tell(Teller teller, Instant started) {
      try {
        Ending ending = story(teller).tell();
        return ending.outcome() == Outcome.WAITING
            ? report(ending, started)
            : reporting.end(stream, asked, ending, steps());
      } catch (RunStopped stopped) {
        return report(
            Ending.of(
                    Outcome.WAITING,
                    Sentence.of("Left open: " + stopped.reason())
                        + " Ask for the same task again and it goes on where it was.")
                .because("DETACHED"),
            started);
      } catch (JournalException e) {
        return lost(e, started);
      } catch (RuntimeException | LinkageError | AssertionError e) {
        return broken(e, started);
      }
    }

    /** The journal refuses: either somebody took over, or nothing can be written any more. */
    private RunReport lost(JournalException e, Instant started) {
      boolean takenOver =
          e.kind() == JournalException.Kind.STALE_EPOCH
              || e.kind() == JournalException.Kind.SEQUENCE;
      if (takenOver) {
        Optional<RunReport> ended =
            over(asked, RunStream.reading(journal, asked.run()), one -> true);
        if (ended.isPresent()) {
          LOG.warn("Run {} was ended by somebody else{}", asked.run(), where());
          return ended.get();
        }
      }
      LOG.error("Run {} stopped{}: {}", asked.run(), where(), e.getMessage());
      return report(
          Ending.of(
                  takenOver ? Outcome.WAITING : Outcome.HELD,
                  Sentence.of(
                          (takenOver ? "Somebody else took over" : trouble(e.kind()))
                              + where()
                              + ": "
                              + e.getMessage())
                      + " Ask for the same task again once that is settled; it goes on where it was.")
              .because(e.kind().name()),
          started);
    }

    private static String trouble(JournalException.Kind kind) {
      return switch (kind) {
        case CORRUPT -> "The journal cannot be read";
        case CLOSED -> "The journal was closed";
        case STORAGE, LEASED, STALE_EPOCH, SEQUENCE -> "The journal cannot be written";
      };
    }

    /** Nothing may leave a run but its report, whatever broke. */
    private RunReport broken(Throwable thrown, Instant started) {
      LOG.error("Run {} broke down{}", asked.run(), where(), thrown);
      Ending ending =
          Ending.of(
                  Outcome.HELD,
                  "Dirk or a provider broke down"
                      + where()
                      + " ("
                      + thrown.getClass().getName()
                      + "; the log says more). Look at production; then resume this task, roll back, or"
                      + " abandon it.")
              .because("BROKEN");
      try {
        return reporting.end(stream, asked, ending, steps());
      } catch (RuntimeException e) {
        LOG.error("That run {} is held cannot be written down", asked.run(), e);
        return report(ending, started);
      }
    }

    /** How far the run came, and whether the last thing it did is in doubt. */
    private String where() {
      List<StepReport> steps = progress.steps();
      if (steps.isEmpty()) {
        return "";
      }
      StepReport last = steps.get(steps.size() - 1);
      return switch (last.status()) {
        case UNKNOWN ->
            " in step '" + last.name() + "', and whether that took effect is not written down";
        case STOPPED -> " before step '" + last.name() + "' sent anything";
        case DONE, FAILED -> " after step '" + last.name() + "'";
      };
    }

    /** The steps of this story, after those of the one that it recovers. */
    private List<StepReport> steps() {
      List<StepReport> steps = new ArrayList<>(stream.stepsBeforeRecovery());
      steps.addAll(progress.steps());
      return steps;
    }

    private RunReport report(Ending ending, Instant started) {
      return reporting.report(asked, ending, started, steps());
    }
  }
}
