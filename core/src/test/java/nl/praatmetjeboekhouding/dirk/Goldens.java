package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.EntryForm;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;

/** The golden journals on the disk, each as it was recorded and as a killed process left it. */
final class Goldens {

  private static final Path ALL = Path.of("src/test/resources/golden");
  private static final JsonMapper JSON = new JsonMapper();

  /** Many goldens begin alike, and each is cut often. */
  private static final Map<String, JsonNode> PARSED = new ConcurrentHashMap<>();

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

    String runbook() {
      return started().path("runbook").asText();
    }

    /** The version of the story that told it. */
    int story() {
      return started().path("story").asInt();
    }

    private JsonNode started() {
      String stream = stream();
      return entries()
          .filter(line -> line.path("stream").asText().equals(stream))
          .findFirst()
          .orElseThrow()
          .path("data");
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
        Files.createDirectories(to);
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

  /** The same in memory, where time passes as it did, and then until every lease is over. */
  static Journal remembered(List<String> lines, ManualTime time) {
    Journal journal = MemoryJournal.create(time);
    for (String line : lines) {
      JsonNode json = json(line);
      String resource = json.path("resource").asText();
      switch (json.path("line").asText()) {
        case "entry" -> {
          Entry entry = EntryForm.read(json);
          time.advance(Duration.between(time.instant(), entry.at()));
          Entry unused =
              journal.append(entry.stream(), entry.sequence(), List.of(), entry.record());
        }
        case "lease" -> {
          boolean isNew = journal.holder(resource).isEmpty();
          if (isNew) {
            Lease unused =
                journal.acquire(
                    resource,
                    json.path("holder").asText(),
                    json.path("reason").asText(),
                    Duration.ofHours(1));
          }
        }
        case "release" -> journal.holder(resource).ifPresent(journal::release);
        default -> assertThat(json.path("format").asText()).isEqualTo("dirk-journal");
      }
    }
    time.advance(Duration.ofHours(2));
    return journal;
  }

  /** What a line of a journal holds. */
  static JsonNode json(String line) {
    return PARSED.computeIfAbsent(line, Goldens::parse);
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line.substring(line.indexOf('{')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
