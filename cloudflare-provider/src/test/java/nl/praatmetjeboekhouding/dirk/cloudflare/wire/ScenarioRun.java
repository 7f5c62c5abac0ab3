package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.DirkException;

/** Runs scenarios and leaves {@code NAME.jsonl} and {@code NAME.state.json} in a folder. */
final class ScenarioRun {

  private final Path recorder;
  private final Path out;
  private final Build build;

  /**
   * Runs nothing yet.
   *
   * @param recorder the recording API's own file
   * @param out where the recordings go
   * @param build what builds a project that needs it
   */
  ScenarioRun(Path recorder, Path out, Build build) {
    this.recorder = recorder;
    this.out = out;
    this.build = build;
  }

  Outcome run(Scenario scenario) throws IOException {
    Files.createDirectories(out);
    Path scratch = Files.createTempDirectory("dirk-wire-");
    try {
      return run(scenario, scratch);
    } finally {
      delete(scratch);
    }
  }

  private Outcome run(Scenario scenario, Path scratch) throws IOException {
    Path project = Files.createDirectories(scratch.resolve("project"));
    scenario.copyTo(project);
    Path log = out.resolve(scenario.name() + ".jsonl");
    Path state = out.resolve(scenario.name() + ".state.json");
    List<Outcome.Step> steps = new ArrayList<>();
    try (Recorder api =
        Recorder.start(recorder, scenario.seed(), log, state, scratch, Duration.ZERO)) {
      Commands commands = new Commands(project, scenario.variables(), api.api(), build);
      for (Scenario.Line line : scenario.lines()) {
        int number = steps.size() + 1;
        api.step(number);
        steps.add(step(commands, line, number));
      }
    }
    return new Outcome(scenario.name(), steps);
  }

  /** Whatever breaks is told of the line that it broke in, and ends no other. */
  static Outcome.Step step(Commands commands, Scenario.Line line, int number) {
    try {
      for (List<List<String>> pipeline : Words.pipelines(line.text())) {
        commands.run(pipeline);
      }
      return new Outcome.Step(number, line.text(), line.exit(), 0, true, "");
    } catch (DirkException e) {
      return new Outcome.Step(number, line.text(), line.exit(), 1, true, e.getMessage());
    } catch (RuntimeException e) {
      return new Outcome.Step(number, line.text(), line.exit(), 1, true, e.toString());
    } catch (NotUnderstood e) {
      return new Outcome.Step(number, line.text(), line.exit(), 1, false, e.what());
    } catch (IOException e) {
      return new Outcome.Step(number, line.text(), line.exit(), 1, false, e.toString());
    }
  }

  /** What cannot be deleted stays where such folders are cleared away. */
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println(folder + " is left behind: " + e);
    }
  }
}
