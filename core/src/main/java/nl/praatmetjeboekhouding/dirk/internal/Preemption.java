package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Ends a deploy that stands in the way of a rollback, whoever tells it. */
final class Preemption {

  /**
   * What the steps are called that decide to preempt. It is written down first: whoever finds the
   * lease taken knows then that a call may be under way.
   */
  static final String STEP = "preempt ";

  /** What the steps are called that find a run which was left with a call under way. */
  static final String LEFT = "come after ";

  /** What the steps are called that do it. */
  static final String END = "end ";

  private final Journal journal;
  private final TimeSource time;
  private final String holder;
  private final Reporting reporting;

  /**
   * @param holder who preempts
   */
  Preemption(Journal journal, TimeSource time, String holder, Reporting reporting) {
    this.journal = journal;
    this.time = time;
    this.holder = holder;
    this.reporting = reporting;
  }

  /**
   * Takes the run's own lease, so that whoever tells it writes nothing more, and ends it
   * SUPERSEDED.
   *
   * @param by the run that came over it
   * @return for how long what it sent may still land or not be shown
   */
  Duration end(Holding deploy, String by, Target production, Duration settleWindow) {
    Leases leases = new Leases(journal, time, holder + "/" + by);
    leases.preempt(RunStream.nameOf(deploy.run()), "superseded by " + by);
    try {
      RunStream stream = new RunStream(journal, deploy.run(), leases);
      if (stream.ended().isEmpty()) {
        Ending ending =
            Ending.of(
                    Outcome.SUPERSEDED,
                    "Superseded: rollback " + by + " came over it. Nothing more was done.")
                .because("SUPERSEDED")
                .noting(OpenFacts.notes(stream, production.environment().name()))
                .leaving(OpenFacts.preempted(stream, production.environment().name()));
        reporting.end(stream, deploy.asked(), ending, stream.steps());
      }
      return Wake.of(OtherRuns.calls(stream, production), settleWindow)
          .map(wake -> wake.left(stream.last().at()))
          .orElse(Duration.ZERO);
    } finally {
      leases.releaseAll();
    }
  }
}
