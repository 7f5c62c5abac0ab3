package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport.Status;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a run has come to so far, and who hears it. Used by the run's thread only. */
final class RunProgress {

  private static final Logger LOG = LoggerFactory.getLogger(RunProgress.class);

  private final String run;
  private final TimeSource time;
  private final RunListener listener;
  private final List<StepReport> steps = new ArrayList<>();

  RunProgress(String run, TimeSource time, RunListener listener) {
    this.run = run;
    this.time = time;
    this.listener = listener;
  }

  String run() {
    return run;
  }

  /** The steps that have ended, in this process or an earlier one. */
  List<StepReport> steps() {
    return List.copyOf(steps);
  }

  StepClock begin(String step) {
    StepClock clock = StepClock.start(step, time);
    hear(heard -> heard.stepStarted(new RunListener.StepStarted(run, step, clock.started())));
    return clock;
  }

  void end(StepClock clock, Status status, String detail) {
    end(clock, status, detail, List.of());
  }

  void end(StepClock clock, Status status, String detail, List<String> lastLines) {
    StepReport report =
        new StepReport(
            clock.step(), status, clock.started(), clock.took(), Sentence.plain(detail), lastLines);
    steps.add(report);
    hear(heard -> heard.stepEnded(new RunListener.StepEnded(run, report)));
  }

  /** A step that an earlier process took. */
  void remember(String step, Status status, String detail, Instant ended, Duration took) {
    steps.add(new StepReport(step, status, ended.minus(took), took, Sentence.plain(detail)));
  }

  /** Tells the listener, who cannot harm the run. */
  void hear(Consumer<RunListener> event) {
    try {
      event.accept(listener);
    } catch (RuntimeException | LinkageError | AssertionError e) {
      LOG.warn("A run listener threw; the run goes on", e);
    }
  }
}
