package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The comparison of recordings with those of the real wrangler.
 *
 * @param script the comparison's own file
 * @param golden the recordings of the real wrangler
 * @param permitted the differences that are declared
 */
record Parity(Path script, Path golden, Path permitted) {

  /** What the comparison said. */
  record Compared(boolean equal, String output) {

    /** The scenarios of which it said this word. */
    Set<String> named(String word) {
      return output
          .lines()
          .filter(line -> line.startsWith(word + " "))
          .map(line -> line.substring(word.length()).strip())
          .collect(Collectors.toSet());
    }
  }

  Compared compare(Path actual, Collection<String> scenarios) throws IOException {
    String only =
        scenarios.stream().map(Pattern::quote).collect(Collectors.joining("|", "^(", ")$"));
    Tool.Ended ended =
        Tool.run(
            Path.of(""),
            Map.of(),
            "node",
            script.toString(),
            golden.toString(),
            actual.toString(),
            "--permitted",
            permitted.toString(),
            "--only",
            only.replace("\\Q", "").replace("\\E", ""),
            "--verbose");
    return new Compared(ended.exit() == 0, ended.output());
  }
}
