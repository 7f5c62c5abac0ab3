package nl.praatmetjeboekhouding.dirk;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** Which package of compiled classes uses which, as the JDK's jdeps sees it, and which may. */
record PackageEdges(List<Edge> edges) {

  private static final String OURS = PackageEdges.class.getPackageName();
  private static final Pattern LINE = Pattern.compile("^ +(\\S+) +-> +(\\S+) .*");

  /** What each package may use of ours; the root package is the empty name. Lower ones first. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("error", Set.of()),
          Map.entry("model", Set.of()),
          Map.entry("time", Set.of("error", "model")),
          Map.entry("spi", Set.of("error", "model", "time")),
          Map.entry("run", Set.of("error", "model", "time")),
          Map.entry("journal", Set.of("error", "model", "time", "spi", "run")),
          Map.entry("catalog", Set.of("error", "model", "time", "spi", "run")),
          Map.entry("report", Set.of("error", "model", "time", "spi", "run")),
          Map.entry("context", Set.of("error", "model", "time", "spi", "run")),
          Map.entry("command", Set.of("error", "model", "time", "spi", "run")),
          Map.entry("config", Set.of("error", "model", "spi", "catalog", "context", "command")),
          Map.entry("testing", Set.of("error", "model", "time", "spi", "run", "journal")),
          Map.entry(
              "internal",
              Set.of(
                  "error", "model", "time", "spi", "run", "journal", "report", "context",
                  "command")),
          Map.entry(
              "",
              Set.of(
                  "error",
                  "model",
                  "time",
                  "spi",
                  "run",
                  "journal",
                  "catalog",
                  "report",
                  "context",
                  "command",
                  "config",
                  "internal")));

  /** The packages that a provider's author sees: these need the JDK and nothing else. */
  private static final Set<String> JDK_ONLY = Set.of("error", "model", "time", "spi");

  /** One package uses another. */
  record Edge(String from, String to) {

    private static Edge of(Matcher line) {
      return new Edge(line.group(1), line.group(2));
    }

    boolean isAllowed() {
      if (!to.startsWith(OURS)) {
        return !JDK_ONLY.contains(room(from))
            || to.startsWith("java.")
            || to.equals("org.jspecify.annotations");
      }
      return from.equals(to) || ALLOWED.getOrDefault(room(from), Set.of()).contains(room(to));
    }

    @Override
    public String toString() {
      return from + " -> " + to;
    }
  }

  /** Reads the classes below a folder, which has no module descriptor. */
  static PackageEdges of(Path classes) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    int exit =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                out,
                out,
                "-verbose:package",
                "-filter:none",
                "--ignore-missing-deps",
                classes.toString());
    if (exit != 0) {
      throw new IllegalStateException("jdeps failed: " + text);
    }
    return new PackageEdges(
        text.toString()
            .lines()
            .map(LINE::matcher)
            .filter(Matcher::matches)
            .map(Edge::of)
            .filter(edge -> edge.from().startsWith(OURS))
            .toList());
  }

  List<Edge> forbidden() {
    return edges.stream().filter(edge -> !edge.isAllowed()).toList();
  }

  private static String room(String name) {
    return name.equals(OURS) ? "" : name.substring(OURS.length() + 1);
  }
}
