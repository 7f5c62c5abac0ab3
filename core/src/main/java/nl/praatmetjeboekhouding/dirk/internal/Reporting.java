package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.run.Infrastructure;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Makes the reports of runs, and writes how they end. */
final class Reporting {

  private static final ReportForm FORM = new ReportForm();

  private final Journal journal;
  private final TimeSource time;

  Reporting(Journal journal, TimeSource time) {
    this.journal = journal;
    this.time = time;
  }

  /** The report of a run that is over or HELD. */
  static RunReport read(RunRecord.Ended ended) {
    return FORM.read(ended.report());
  }

  /** Whether nothing follows any more. */
  static boolean isFinal(RunRecord.Ended ended) {
    return Outcome.valueOf(ended.outcome()).isFinal();
  }

  /** Writes the last record of a run; its report. */
  RunReport end(RunStream stream, RunRequest asked, Ending ending, List<StepReport> steps) {
    RunReport report =
        report(asked, tellingWhatWasSentAgain(stream, ending, steps), stream.first().at(), steps);
    ObjectNode before =
        Served.before(stream, List.of(Environment.STAGING.name(), Environment.PRODUCTION.name()));
    stream.append(
        new RunRecord.Ended(
            ending.outcome().name(),
            FORM.write(report),
            Facts.FORM.write(ending.facts().under(stream.epochs())),
            before,
            Served.after(before, ending.deployed())));
    return report;
  }

  /** Says of each effect that may be there twice that it may, where its step does not. */
  private static Ending tellingWhatWasSentAgain(
      RunStream stream, Ending ending, List<StepReport> steps) {
    List<String> untold =
        stream.intents().stream()
            .distinct()
            .filter(stream::wasSentAgain)
            .filter(step -> steps.stream().noneMatch(report -> tellsOfIt(report, step)))
            .map(step -> "Of the step '" + step + "': " + RunStream.SENT_AGAIN + ".")
            .toList();
    return untold.isEmpty()
        ? ending
        : ending.noting(Stream.concat(ending.notes().stream(), untold.stream()).toList());
  }

  private static boolean tellsOfIt(StepReport report, String step) {
    return report.name().equals(step) && report.detail().contains(RunStream.SENT_AGAIN);
  }

  RunReport report(RunRequest asked, Ending ending, Instant started, List<StepReport> steps) {
    return new RunReport(
        asked.run(),
        asked.runbook(),
        asked.service(),
        ending.outcome(),
        ending.reason(),
        Sentence.plain(ending.summary()),
        started,
        time.instant(),
        steps,
        ending.deployed(),
        new Infrastructure(Optional.empty(), deploysToday(asked, ending), Optional.empty()),
        ending.notes().stream().map(Sentence::plain).toList(),
        ending.plan());
  }

  /** The report for somebody whose task is told by somebody else. */
  RunReport elsewhere(RunRequest asked, String why) {
    return waiting(
        asked,
        "RUNS_ELSEWHERE",
        Sentence.of("This task is being run elsewhere: " + why)
            + " Ask for it again once that is over.");
  }

  /** The report of a run that nothing was done for. */
  RunReport waiting(RunRequest asked, String reason, String summary) {
    Instant now = time.instant();
    return new RunReport(
        asked.run(),
        asked.runbook(),
        asked.service(),
        Outcome.WAITING,
        Optional.of(reason),
        summary,
        now,
        now,
        List.of(),
        List.of(),
        Infrastructure.unmeasured(),
        List.of(),
        Optional.empty());
  }

  /**
   * How many deploys moved production traffic today, this one included if it did; empty if the
   * journal cannot tell any more.
   */
  private Optional<Long> deploysToday(RunRequest asked, Ending ending) {
    try {
      LocalDate today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
      long before =
          journal.heads(RunStream.KIND).stream()
              .filter(entry -> LocalDate.ofInstant(entry.at(), ZoneOffset.UTC).equals(today))
              .filter(entry -> !entry.stream().equals(RunStream.nameOf(asked.run())))
              .filter(Reporting::deployedProduction)
              .count();
      boolean now = asked.runbook().equals(RunHost.DEPLOY) && ending.facts().changedProduction();
      return Optional.of(before + (now ? 1 : 0));
    } catch (JournalException e) {
      return Optional.empty();
    }
  }

  private static boolean deployedProduction(Entry entry) {
    return RunRecord.of(entry.record()) instanceof RunRecord.Ended ended
        && ended.report().path("runbook").asText().equals(RunHost.DEPLOY)
        && Facts.FORM.read(ended.facts()).changedProduction();
  }
}
