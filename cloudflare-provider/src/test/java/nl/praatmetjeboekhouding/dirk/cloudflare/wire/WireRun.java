package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs all scenarios of a folder and prints how they compare. */
public final class WireRun {

  /** What runs a scenario. */
  @FunctionalInterface
  interface Runs {

    /** What came of it. */
    Outcome run(Scenario scenario) throws IOException;
  }

  private final Runs runs;
  private final Optional<Parity> parity;
  private final Path out;

  WireRun(Runs runs, Optional<Parity> parity, Path out) {
    this.runs = runs;
    this.parity = parity;
    this.out = out;
  }

  /**
   * Takes arguments of the form {@code name=value}: {@code scenarios}, the scenarios' folder;
   * {@code out}, the folder for the recordings; {@code module}, this module's folder; {@code home},
   * the folder that the build knows; and {@code recorder}, {@code parity} and {@code golden}, which
   * are looked for as {@link Oracle} says where they are empty texts.
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> said = new LinkedHashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      said.put(parts[0], parts.length > 1 ? parts[1] : "");
    }
    Path scenarios = Path.of(said.getOrDefault("scenarios", "")).toAbsolutePath().normalize();
    Path module = Path.of(said.getOrDefault("module", "")).toAbsolutePath();
    Path out = Path.of(said.getOrDefault("out", "")).toAbsolutePath();
    Oracle oracle = Oracle.of(scenarios, Path.of(said.getOrDefault("home", "")), module);
    Path recorder =
        path(said, "recorder").orElseGet(() -> oracle.need("recorder.mjs", "wire.recorder=FILE"));
    Path golden = path(said, "golden").orElse(scenarios.resolveSibling("golden"));
    Optional<Parity> parity =
        path(said, "parity")
            .or(() -> oracle.find("parity.mjs"))
            .filter(any -> Files.isDirectory(golden))
            .map(
                script ->
                    new Parity(script, golden, module.resolve("src/test/wire-permitted.json")));
    ScenarioRun runs = new ScenarioRun(recorder, out, new Build(module));
    System.out.println("recorder: " + recorder);
    System.out.println(
        parity
            .map(it -> "compared with " + golden + " by " + it.script())
            .orElse("compared with nothing: there is no " + golden));
    new WireRun(runs::run, parity, out).run(Scenario.in(scenarios), System.out);
  }

  private static Optional<Path> path(Map<String, String> said, String name) {
    return Optional.ofNullable(said.get(name))
        .filter(text -> !text.isBlank())
        .map(text -> Path.of(text).toAbsolutePath().normalize());
  }

  void run(List<Scenario> scenarios, PrintStream print) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      outcomes.add(one(scenario));
    }
    List<String> names = outcomes.stream().map(Outcome::scenario).toList();
    Optional<Parity.Compared> compared =
        parity.isPresent() ? Optional.of(parity.get().compare(out, names)) : Optional.empty();
    print.printf(
        Locale.ROOT, "%-36s %5s  %-10s  %s%n", "scenario", "steps", "parity", "exit codes");
    for (Outcome outcome : outcomes) {
      print.printf(
          Locale.ROOT,
          "%-36s %5d  %-10s  %s%n",
          outcome.scenario(),
          outcome.steps().size(),
          word(compared, outcome),
          outcome.exits());
    }
    outcomes.forEach(outcome -> explain(outcome, print));
    print.println();
    compared.ifPresent(it -> print.print(it.output()));
    print.println(
        outcomes.stream()
            .collect(Collectors.groupingBy(it -> word(compared, it), Collectors.counting()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", ", "scenarios: ", "")));
    print.println(
        "with a line that is not understood: "
            + outcomes.stream().filter(outcome -> !outcome.isUnderstood()).count());
    print.println("recordings are in " + out);
  }

  /** A scenario that cannot be run ends no others. */
  private Outcome one(Scenario scenario) {
    try {
      return runs.run(scenario);
    } catch (IOException | RuntimeException e) {
      return Outcome.broken(scenario.name(), e);
    }
  }

  private static String word(Optional<Parity.Compared> compared, Outcome outcome) {
    return compared.map(it -> it.word(outcome.scenario())).orElse("no golden");
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
