package nl.praatmetjeboekhouding.dirk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream's entries as they are written, each naming the hash of the one before. */
final class LinesTest {

  @TempDir private Path folder;
  private final ManualTime time = ManualTime.create();

  @Test
  void areThoseOfTheFile() throws IOException {
    try (FileJournal journal = FileJournal.open(folder, time)) {
      fill(journal);

      assertThatTheyAreAChain(journal.lines("run:one"));
      assertThat(journal.lines("run:none")).isEmpty();
      String log = Files.readString(folder.resolve("journal.log"));
      assertThat(journal.lines("run:one")).allSatisfy(line -> assertThat(log).contains(line));
    }
  }

  @Test
  void areMadeWhereNoneAreKept() throws IOException {
    Journal journal = MemoryJournal.create(time);
    fill(journal);

    assertThatTheyAreAChain(journal.lines("run:one"));
  }

  private static void fill(Journal journal) {
    Lease lease = journal.acquire("run:one", "me", "a test", Duration.ofMinutes(1));
    for (int number = 1; number <= 3; number++) {
      Entry mine = journal.append("run:one", number, List.of(lease), note(number));
      Entry other = journal.append("run:two", number, List.of(), note(number));
      assertThat(mine.sequence()).isEqualTo(other.sequence());
    }
  }

  private static JournalRecord note(int number) {
    return new JournalRecord(
        "note", 1, JsonNodeFactory.instance.objectNode().put("number", number));
  }

  private static void assertThatTheyAreAChain(List<String> lines) throws IOException {
    String previous = "";
    long sequence = 0;
    for (String line : lines) {
      JsonNode entry = EntryForm.parse(line.getBytes(StandardCharsets.UTF_8));
      sequence++;
      assertThat(entry.path("sequence").asLong()).isEqualTo(sequence);
      assertThat(entry.path("held").get(0).asText()).isEqualTo("run:one@1");
      assertThat(EntryForm.streamPrev(entry)).isEqualTo(previous);
      previous = Digest.of(line).hex();
    }
    assertThat(sequence).isEqualTo(3);
  }
}
