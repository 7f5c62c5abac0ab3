package nl.praatmetjeboekhouding.dirk.report;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.run.StepReport;

/**
 * Prints a run while it happens, a line a fact, with times; readable in a terminal and in a log
 * file alike, since it never moves the cursor. Safe for use by several threads as far as the stream
 * is.
 */
public final class ProgressPrinter implements RunListener {

  private static final String LOOK = "a look";

  private final PrintStream out;

  /** What the step of each run told last: why it waits, or {@link #LOOK}. */
  private final Map<String, String> told = new ConcurrentHashMap<>();

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
    told.remove(event.taskId());
    out.println("  .. " + event.step());
  }

  @Override
  public void output(OutputWritten event) {
    out.println("     | " + event.line());
  }

  /** A wait is told when it begins; one between two looks is not, because the looks are. */
  @Override
  public void waiting(Waiting event) {
    String before = told.getOrDefault(event.taskId(), "");
    if (!before.equals(LOOK) && !before.equals(event.why())) {
      told.put(event.taskId(), event.why());
      out.println("     waiting: " + event.why());
    }
  }

  @Override
  public void reading(ReadingTaken event) {
    told.put(event.taskId(), LOOK);
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
    told.remove(event.report().taskId());
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
