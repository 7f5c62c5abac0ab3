package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The comparison of recordings with those of the real wrangler.
 *
 * @param script the comparison's own file
 * @param golden the recordings of the real wrangler
 * @param permitted the differences that are declared
 */
record Parity(Path script, Path golden, Path permitted) {

  /**
   * What the comparison said.
   *
   * @param equal whether all is equal but for what is declared
   * @param output what it said
   * @param words a word for each scenario
   */
  record Compared(boolean equal, String output, Map<String, String> words) {

    /** How a scenario compares: equal, declared, differs, absent, or that there is no golden. */
    String word(String scenario) {
      return words.getOrDefault(scenario, "no golden");
    }
  }

  Compared compare(Path actual, Collection<String> scenarios) throws IOException {
    Tool.Ended declared = run(actual, scenarios, "--permitted", permitted.toString(), "--verbose");
    Set<String> differ = named(declared, "DIFFERS");
    Set<String> absent = named(declared, "ABSENT");
    Set<String> differAtAll = named(run(actual, scenarios), "DIFFERS");
    Map<String, String> words =
        scenarios.stream()
            .filter(scenario -> Files.isRegularFile(golden.resolve(scenario + ".jsonl")))
            .collect(
                Collectors.toMap(
                    scenario -> scenario,
                    scenario -> {
                      if (absent.contains(scenario)) {
                        return "absent";
                      }
                      if (differ.contains(scenario)) {
                        return "differs";
                      }
                      return differAtAll.contains(scenario) ? "declared" : "equal";
                    }));
    return new Compared(declared.exit() == 0, declared.output(), words);
  }

  private Tool.Ended run(Path actual, Collection<String> scenarios, String... more)
      throws IOException {
    String only =
        scenarios.stream()
            .map(scenario -> scenario.replaceAll("[^\\w-]", "\\\\$0"))
            .collect(Collectors.joining("|", "^(", ")$"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "node", script.toString(), golden.toString(), actual.toString(), "--only", only));
    command.addAll(List.of(more));
    return Tool.run(Path.of(""), Map.of(), command.toArray(String[]::new));
  }

  /** The scenarios of which it said this word. */
  private static Set<String> named(Tool.Ended ended, String word) {
    return ended
        .output()
        .lines()
        .filter(line -> line.startsWith(word + " "))
        .map(line -> line.substring(word.length()).strip())
        .collect(Collectors.toSet());
  }
}
