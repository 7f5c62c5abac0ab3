package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Runs all scenarios of a folder and prints how they compare. */
public final class WireRun {

  private final Path scenarios;
  private final Path recorder;
  private final Path out;
  private final Path module;

  private WireRun(Path scenarios, Path recorder, Path out, Path module) {
    this.scenarios = scenarios;
    this.recorder = recorder;
    this.out = out;
    this.module = module;
  }

  /**
   * Takes the scenarios' folder, the folder for the recordings, this module's folder, and the
   * recorder's file; an empty text for the last means {@code recorder.mjs} beside the scenarios'
   * folder.
   */
  public static void main(String[] arguments) throws IOException {
    Path scenarios = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path recorder =
        arguments.length > 3 && !arguments[3].isBlank()
            ? Path.of(arguments[3])
            : scenarios.resolveSibling("recorder.mjs");
    new WireRun(
            scenarios,
            recorder.toAbsolutePath(),
            Path.of(arguments[1]).toAbsolutePath(),
            Path.of(arguments[2]).toAbsolutePath())
        .run(System.out);
  }

  private void run(PrintStream print) throws IOException {
    ScenarioRun runs = new ScenarioRun(recorder, out, new Bundler(module));
    List<Outcome> outcomes = new ArrayList<>();
    for (Scenario scenario : Scenario.in(scenarios)) {
      outcomes.add(runs.run(scenario));
    }
    print.printf(
        Locale.ROOT, "%-36s %5s  %-10s  %s%n", "scenario", "steps", "parity", "exit codes");
    Parity parity =
        new Parity(
            scenarios.resolveSibling("parity.mjs"),
            scenarios.resolveSibling("golden"),
            module.resolve("src/test/wire-permitted.json"));
    boolean golden = Files.isDirectory(parity.golden()) && Files.isRegularFile(parity.script());
    Parity.Compared compared =
        golden
            ? parity.compare(out, outcomes.stream().map(Outcome::scenario).toList())
            : new Parity.Compared(false, "");
    Set<String> differ = compared.named("DIFFERS");
    for (Outcome outcome : outcomes) {
      String word = differ.contains(outcome.scenario()) ? "differs" : "equal";
      print.printf(
          Locale.ROOT,
          "%-36s %5d  %-10s  %s%n",
          outcome.scenario(),
          outcome.steps().size(),
          golden ? word : "no golden",
          outcome.exits());
    }
    outcomes.forEach(outcome -> explain(outcome, print));
    print.println();
    print.print(compared.output());
    print.println("recordings are in " + out);
  }

  private static void explain(Outcome outcome, PrintStream print) {
    for (Outcome.Step step : outcome.steps()) {
      if (!step.understood() || step.exit() != step.expected()) {
        print.println();
        print.println(outcome.scenario() + " step " + step.number() + ": " + step.line());
        print.println("  " + (step.understood() ? "" : "not understood: ") + step.said());
      }
    }
  }
}
