package nl.praatmetjeboekhouding.dirk.internal;

import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Ends a deploy that stands in the way of a rollback, whoever tells it. */
final class Preemption {

  /** What the steps are called that preempt. */
  static final String STEP = "preempt ";

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
   */
  void end(Holding deploy, String by, Target production) {
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
                .leaving(OpenFacts.preempted(stream, production.environment().name()));
        reporting.end(stream, deploy.asked(), ending, stream.steps());
      }
    } finally {
      leases.releaseAll();
    }
  }
}
