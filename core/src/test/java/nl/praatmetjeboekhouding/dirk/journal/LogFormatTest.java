package nl.praatmetjeboekhouding.dirk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lines of a journal's log look like, and what is made of those that look different. */
final class LogFormatTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ManualTime time = ManualTime.create();

  @TempDir private Path folder;

  @Test
  void beginsWithItsFormatAndVersion() throws IOException {
    FileJournal.open(folder, time).close();
    FileJournal.open(folder, time).close();

    assertThat(lines())
        .containsExactly(
            "{\"line\":\"journal\",\"format\":\"dirk-journal\",\"version\":1,\"prev\":\"\"}");
  }

  @Test
  void refusesALogThatNamesNoFormat() throws IOException {
    add("{\"line\":\"release\",\"resource\":\"r\",\"epoch\":1}");

    assertThatOpeningTells("line 1, byte 0: it does not name the format dirk-journal");
  }

  @Test
  void leavesALogOfANewerFormatAsItIs() throws IOException {
    add("{\"line\":\"journal\",\"format\":\"dirk-journal\",\"version\":2}");
    Files.writeString(log(), "\u0000 in a form of its own", StandardOpenOption.APPEND);
    byte[] before = Files.readAllBytes(log());

    assertThatOpeningTells("written by a newer Dirk (version 2 of the format, this one reads 1)");

    assertThat(Files.readAllBytes(log())).isEqualTo(before);
  }

  @Test
  void refusesALineOfAKindThatItDoesNotKnowEachTime() throws IOException {
    try (FileJournal journal = FileJournal.open(folder, time)) {
      Entry entry = journal.append("run:a", 1, List.of(), Writer.record("one"));
      add("{\"line\":\"fence\",\"resource\":\"r\"}");

      for (int time = 0; time < 2; time++) {
        assertCorrupt(
            "line 3, byte", () -> journal.acquire("r", "me", "deploy 1", Duration.ofMinutes(1)));
        assertCorrupt("newer Dirk (a line of the kind 'fence'", () -> journal.read("run:a", 1));
      }
      assertThat(entry.sequence()).isEqualTo(1);
    }

    assertThatOpeningTells("newer Dirk (a line of the kind 'fence'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'line':'entry'}",
        "{'line':'entry','stream':'run:a','sequence':1,'at':'noon','type':'note','version':1,"
            + "'data':{},'streamPrev':''}",
        "{'line':'entry','stream':'run:a','sequence':2,'at':'2026-11-01T00:00:00Z','type':'note',"
            + "'version':1,'data':{},'streamPrev':''}",
        "{'line':'entry','stream':'run:a','sequence':1,'at':'2026-11-01T00:00:00Z','type':'note',"
            + "'version':1,'data':{},'streamPrev':'another'}",
        "{'line':'entry','stream':'run:a','sequence':1,'at':'2026-11-01T00:00:00Z','type':'note',"
            + "'version':99999999999,'data':{},'streamPrev':''}",
        "{'line':'lease','resource':'r','epoch':'one'}",
        "{'line':'lease','resource':'r','epoch':1,'holder':'me','reason':'why','since':'noon'}",
        "{'line':'release','resource':'r'}",
      })
  void tellsALineThatMakesNoSenseEachTime(String line) throws IOException {
    try (FileJournal journal = FileJournal.open(folder, time)) {
      add(line.replace('\'', '"'));
      byte[] before = Files.readAllBytes(log());

      for (int time = 0; time < 3; time++) {
        assertCorrupt("line 2, byte", () -> journal.read("run:a", 1));
      }
      assertThat(Files.readAllBytes(log())).isEqualTo(before);
    }

    assertThatOpeningTells("makes no sense");
  }

  @Test
  void readsALineWithFieldsThatItDoesNotKnow() throws IOException {
    try (FileJournal journal = FileJournal.open(folder, time)) {
      add(
          "{\"line\":\"entry\",\"stream\":\"run:a\",\"sequence\":1,\"at\":\"2026-11-01T00:00:00Z\","
              + "\"type\":\"note\",\"version\":1,\"data\":{},\"streamPrev\":\"\",\"more\":true}");

      assertThat(journal.read("run:a", 1)).hasSize(1);
    }
  }

  @Test
  void provesAStreamByItsOwnLines() throws IOException {
    try (FileJournal journal = FileJournal.open(folder, time)) {
      for (int sequence = 1; sequence <= 3; sequence++) {
        for (String stream : List.of("run:a", "run:b")) {
          Lease lease = journal.acquire(stream, "me", "deploy", Duration.ofMinutes(1));
          assertThat(
                  journal.append(stream, sequence, List.of(lease), Writer.record("x")).sequence())
              .isEqualTo(sequence);
        }
      }
    }

    List<String> receipt =
        lines().stream().filter(line -> line.contains("\"stream\":\"run:a\"")).toList();
    assertThat(receipt).hasSize(3);
    String previous = "";
    for (String line : receipt) {
      assertThat(JSON.readTree(line).path("streamPrev").textValue()).isEqualTo(previous);
      previous = Digest.of(line).hex();
    }
  }

  private void assertThatOpeningTells(String what) {
    assertCorrupt(what, () -> FileJournal.open(folder, time));
  }

  private static void assertCorrupt(String what, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(what)
        .isInstanceOfSatisfying(
            JournalException.class, thrown -> assertThat(thrown.kind()).isEqualTo(Kind.CORRUPT));
  }

  /** Adds a line with the right frame and hash, as another program would. */
  private void add(String json) throws IOException {
    List<String> before = lines();
    String previous = before.isEmpty() ? "" : Digest.of(before.get(before.size() - 1)).hex();
    JsonNode line = ((ObjectNode) JSON.readTree(json)).put("prev", previous);
    byte[] bytes = JSON.writeValueAsBytes(line);
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    String head = HexFormat.of().toHexDigits((int) sum.getValue()) + " " + bytes.length + " ";
    Files.writeString(
        log(),
        head + new String(bytes, UTF_8) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    if (Files.exists(log())) {
      Files.readAllLines(log()).forEach(line -> lines.add(line.split(" ", 3)[2]));
    }
    return lines;
  }

  private Path log() {
    return folder.resolve("journal.log");
  }
}
