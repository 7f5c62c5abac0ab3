package nl.praatmetjeboekhouding.dirk.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.run.RunListener.OutputWritten;
import nl.praatmetjeboekhouding.dirk.run.RunListener.ReadingTaken;
import nl.praatmetjeboekhouding.dirk.run.RunListener.RunStarted;
import nl.praatmetjeboekhouding.dirk.run.RunListener.StepEnded;
import nl.praatmetjeboekhouding.dirk.run.RunListener.StepStarted;
import nl.praatmetjeboekhouding.dirk.run.RunListener.Waiting;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import org.junit.jupiter.api.Test;

final class ProgressPrinterTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ProgressPrinter printer = ProgressPrinter.to(new PrintStream(printed, true, UTF_8));

  @Test
  void printsStepsAsTheyGoWithTimes() {
    printer.runStarted(new RunStarted("t-1", "deploy", "api", NOON));
    printer.stepStarted(new StepStarted("t-1", "test", NOON));
    printer.output(new OutputWritten("t-1", "test", "1 test passed"));
    printer.stepEnded(
        new StepEnded(
            "t-1",
            new StepReport(
                "test", StepReport.Status.DONE, NOON, Duration.ofMillis(1250), "exit code 0")));

    assertThat(lines())
        .containsExactly(
            "deploy of api, task t-1",
            "  .. test",
            "     | 1 test passed",
            "  ok test (1.3 s): exit code 0");
  }

  @Test
  void tellsALongWaitOnceAStep() {
    printer.stepStarted(new StepStarted("t-1", "await version", NOON));
    wait("await version", "the vendor is still working on it");
    wait("await version", "the vendor is still working on it");
    wait("await version", "the lease is renewed");
    printer.stepStarted(new StepStarted("t-1", "await deployment", NOON));
    wait("await deployment", "the vendor is still working on it");

    assertThat(lines())
        .containsExactly(
            "  .. await version",
            "     waiting: the vendor is still working on it",
            "     waiting: the lease is renewed",
            "  .. await deployment",
            "     waiting: the vendor is still working on it");
  }

  @Test
  void tellsLooksInPlaceOfTheWaitsBetweenThem() {
    Reading reading = Reading.of(Health.HEALTHY, "", NOON);
    printer.stepStarted(new StepStarted("t-1", "check", NOON));
    printer.reading(new ReadingTaken("t-1", "check", reading, "healthy"));
    wait("check", "look again");
    printer.reading(new ReadingTaken("t-1", "check", reading, "healthy"));

    assertThat(lines()).containsExactly("  .. check", "     healthy", "     healthy");
  }

  private void wait(String step, String why) {
    printer.waiting(new Waiting("t-1", step, why, Duration.ofSeconds(5)));
  }

  private List<String> lines() {
    return printed.toString(UTF_8).lines().toList();
  }
}
