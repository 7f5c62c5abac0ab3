package nl.praatmetjeboekhouding.dirk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;

/** The golden journals on the disk, each as it was recorded and as a killed process left it. */
final class Goldens {

  private static final Path ALL = Path.of("src/test/resources/golden");
  private static final JsonMapper JSON = new JsonMapper();

  /** One golden run. */
  record Kept(Path folder, JsonNode about, List<String> lines) {

    Shape shape() {
      return Shape.valueOf(about.path("shape").asText());
    }

    String name() {
      return ALL.relativize(folder).toString();
    }

    /** The run that it is about: the one that was written to last. */
    String run() {
      return stream().substring("run:".length());
    }

    private String stream() {
      return entries().reduce((earlier, later) -> later).orElseThrow().path("stream").asText();
    }

    private Stream<JsonNode> entries() {
      return lines.stream()
          .map(Goldens::json)
          .filter(line -> line.path("line").asText().equals("entry"));
    }

    /** How many entries the run has. */
    int length() {
      String stream = stream();
      return (int) entries().filter(line -> line.path("stream").asText().equals(stream)).count();
    }

    /** When the last of these lines was written, long enough ago for every lease to be over. */
    static Instant after(List<String> lines) {
      return lines.stream()
          .map(Goldens::json)
          .filter(line -> line.has("at"))
          .map(line -> Instant.parse(line.path("at").asText()))
          .reduce((earlier, later) -> later)
          .orElseThrow()
          .plusSeconds(7200);
    }

    /** The lines that stood there once the run had so many entries. */
    List<String> cut(int entries) {
      String stream = stream();
      List<String> kept = new ArrayList<>();
      int seen = 0;
      for (String line : lines) {
        kept.add(line);
        JsonNode json = json(line);
        if (json.path("stream").asText().equals(stream) && json.has("at")) {
          seen++;
        }
        if (seen == entries) {
          return kept;
        }
      }
      return kept;
    }

    /**
     * What stood at the vendor when the run had so many entries, and what stood there by the time
     * that the next one was to be written: the same, unless an effect happened in between.
     */
    List<GoldenState> states(int entries) {
      return Stream.of(state(entries), state(entries + 1)).distinct().toList();
    }

    private GoldenState state(int sequence) {
      String stream = sequence > length() ? "" : stream();
      Optional<JsonNode> found = Optional.empty();
      for (JsonNode noted : about.path("vendor")) {
        if (noted.path("stream").asText().equals(stream)
            && noted.path("sequence").asInt() <= sequence) {
          found = Optional.of(noted.path("state"));
        }
      }
      return GoldenState.of(found.orElseThrow());
    }

    /** A folder of these lines with all that was kept beside them. */
    Path copy(Path to, List<String> some) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(any -> any.toString().contains("kept")).toList()) {
          Path copy = to.resolve(folder.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(file, copy);
          }
        }
        Files.writeString(to.resolve("journal.log"), String.join("\n", some) + "\n");
        return to;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return name();
    }
  }

  private Goldens() {}

  /** All, of every version. */
  static List<Kept> all() {
    try (Stream<Path> files = Files.walk(ALL)) {
      return files
          .filter(file -> file.endsWith("golden.json"))
          .map(Path::getParent)
          .sorted()
          .map(Goldens::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Kept read(Path folder) {
    try {
      return new Kept(
          folder,
          JSON.readTree(folder.resolve("golden.json").toFile()),
          Files.readAllLines(folder.resolve("journal.log")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a line of a journal holds. */
  static JsonNode json(String line) {
    try {
      return JSON.readTree(line.substring(line.indexOf('{')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
