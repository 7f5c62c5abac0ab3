package nl.praatmetjeboekhouding.dirk.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.StepReport;

/**
 * Prints a run while it happens, a line a fact, with times; readable in a terminal and in a log
 * file alike, since it never moves the cursor. Safe for use by several threads as far as the stream
 * is.
 */
public final class ProgressPrinter implements RunListener {

  private final PrintStream out;

  private ProgressPrinter(PrintStream out) {
    this.out = requireNonNull(out, "out");
  }

  /** Prints to this stream, which the caller closes. */
  public static ProgressPrinter to(PrintStream out) {
    return new ProgressPrinter(out);
  }

  @Override
  public void runStarted(RunStarted event) {
    out.println(event.runbook() + " of " + event.service() + ", task " + event.taskId());
  }

  @Override
  public void stepStarted(StepStarted event) {
    out.println("  .. " + event.step());
  }

  @Override
  public void output(OutputWritten event) {
    out.println("     | " + event.line());
  }

  @Override
  public void reading(ReadingTaken event) {
    out.println("     " + event.remark());
  }

  @Override
  public void stepEnded(StepEnded event) {
    StepReport step = event.report();
    out.println(
        "  "
            + mark(step.status())
            + " "
            + step.name()
            + " ("
            + seconds(step.took())
            + ")"
            + (step.detail().isEmpty() ? "" : ": " + step.detail()));
  }

  @Override
  public void runEnded(RunEnded event) {
    out.println(event.report().outcome() + ": " + event.report().summary());
  }

  private static String mark(StepReport.Status status) {
    return switch (status) {
      case DONE -> "ok";
      case FAILED -> "!!";
      case UNKNOWN -> "??";
      case STOPPED -> "--";
    };
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }
}
