package nl.praatmetjeboekhouding.dirk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalDamageTest {

  private static final int LINES = 6;

  private final ManualTime time = ManualTime.create();

  @TempDir private Path temporary;
  private byte[] right = {};

  @BeforeEach
  void writeAJournal() throws IOException {
    try (FileJournal journal = open()) {
      Lease lease = journal.acquire("worker", "one", "deploy", Duration.ofHours(1));
      for (int sequence = 1; sequence <= 3; sequence++) {
        journal.append("run:1", sequence, List.of(lease), note("entry " + sequence));
      }
      journal.append("run:2", 1, List.of(), note("ü".repeat(20)));
    }
    right = Files.readAllBytes(log());
  }

  @Test
  void cutsOffALastLineThatWasTornAtAnyByte() throws IOException {
    int last = begin(LINES);

    for (int length = last; length < right.length; length++) {
      Files.write(log(), Arrays.copyOf(right, length));

      try (FileJournal journal = open()) {
        assertThat(Files.size(log())).as("cut after %d bytes", length).isEqualTo(last);
        assertThat(journal.read("run:2", 1)).isEmpty();
        journal.append("run:2", 1, List.of(), note("again"));
      }
      reads(4);
    }
    assertThat(torn()).hasSize(right.length - last - 1);
  }

  @Test
  void keepsWhatItCutOff() throws IOException {
    int last = begin(LINES);
    byte[] torn = Arrays.copyOf(right, right.length - 5);
    Files.write(log(), torn);

    open().close();

    assertThat(torn()).hasSize(1);
    assertThat(Files.readAllBytes(torn().get(0)))
        .isEqualTo(Arrays.copyOfRange(torn, last, torn.length));
  }

  @Test
  void cutsOffALineWhoseBlocksWereNeverWritten() throws IOException {
    int last = begin(LINES);

    for (int from = last; from < right.length; from++) {
      byte[] zeroed = right.clone();
      Arrays.fill(zeroed, from, right.length, (byte) 0);
      Files.write(log(), zeroed);

      open().close();

      assertThat(Files.size(log())).as("zeros from byte %d", from).isEqualTo(last);
    }
  }

  @Test
  void cutsOffAWriteOfSeveralLinesWhoseFirstBlockWasNeverWritten() throws IOException {
    Draft draft = new Draft(new Draft.Tip(position(LINES), digest(LINES)));
    int first = draft.add(written("run:3", 1)).length();
    draft.add(written("run:3", 2));
    byte[] lines = draft.bytes();
    Arrays.fill(lines, 0, first, (byte) 0);
    Files.write(log(), lines, StandardOpenOption.APPEND);

    open().close();

    assertThat(Files.readAllBytes(log())).isEqualTo(right);
  }

  @Test
  void startsAnewWhenTheVeryFirstLineWasTorn() throws IOException {
    for (int length = 0; length < begin(2) - 1; length++) {
      Files.write(log(), Arrays.copyOf(right, length));

      try (FileJournal journal = open()) {
        journal.append("run:1", 1, List.of(), note("first"));
      }
      reads(1);
    }
  }

  @Test
  void cutsOffWhatAnotherProcessLeftUnfinishedWhileItIsOpen() throws IOException {
    try (FileJournal journal = open()) {
      Files.write(log(), Arrays.copyOf(right, 40), StandardOpenOption.APPEND);

      journal.append("run:2", 2, List.of(), note("next"));

      assertThat(journal.read("run:2", 1)).hasSize(2);
    }
    reads(5);
  }

  @Test
  void namesAFlippedByteInAnyFieldOfAnyLineAndChangesNothing() throws IOException {
    for (int line = 1; line <= LINES; line++) {
      int begin = begin(line);
      int end = line == LINES ? right.length : begin(line + 1);
      for (int at = begin; at < end; at++) {
        for (int mask : new int[] {0x01, 0x20, 0x80}) {
          byte[] damaged = right.clone();
          damaged[at] ^= (byte) mask;

          refusesNaming(damaged, "line %d (bytes %d to ".formatted(line, begin));
        }
      }
    }
    assertThat(torn()).isEmpty();
  }

  @Test
  void namesALineThatWasTakenOut() throws IOException {
    byte[] without = right.clone();
    int third = begin(3);
    System.arraycopy(right, begin(4), without, third, right.length - begin(4));

    refusesNaming(
        Arrays.copyOf(without, right.length - (begin(4) - third)), "line 3", "hash chain");
  }

  @Test
  void namesALineThatWasRewrittenWithARightChecksum() throws IOException {
    String json =
        new String(
            Frame.json(Arrays.copyOfRange(right, begin(4), begin(5))), StandardCharsets.UTF_8);
    byte[] forged =
        Frame.around(json.replace("entry 2", "entry X").getBytes(StandardCharsets.UTF_8));
    byte[] damaged = right.clone();
    System.arraycopy(forged, 0, damaged, begin(4), forged.length);

    refusesNaming(damaged, "line 5", "hash chain");
  }

  @Test
  void namesGarbageAtTheEndThatNoCrashCanLeave() throws IOException {
    byte[] more = Arrays.copyOf(right, right.length + 30);
    Arrays.fill(more, right.length, more.length, (byte) 'x');
    more[more.length - 1] = '\n';

    refusesNaming(more, "line 7");
  }

  @Test
  void notesDamageToALineThatItHasReadBefore() throws IOException {
    try (FileJournal journal = open()) {
      byte[] damaged = right.clone();
      damaged[begin(4) + 30] ^= 1;
      Files.write(log(), damaged);

      JournalException refused =
          catchThrowableOfType(JournalException.class, () -> journal.read("run:1", 1));

      assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
      assertThat(refused).hasMessageContaining("line 4");
    }
  }

  private void refusesNaming(byte[] damaged, String... words) throws IOException {
    Files.write(log(), damaged);

    JournalException refused = catchThrowableOfType(JournalException.class, () -> open().close());

    assertThat(refused).as("%s", List.of(words)).isNotNull();
    assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(refused).hasMessageContaining(log().toString()).hasMessageContainingAll(words);
    assertThat(Files.readAllBytes(log())).isEqualTo(damaged);
  }

  private void reads(int entries) {
    try (FileJournal journal = open()) {
      int found =
          journal.heads("run").stream()
              .mapToInt(head -> journal.read(head.stream(), 1).size())
              .sum();
      assertThat(found).isEqualTo(entries);
    }
  }

  private List<Path> torn() throws IOException {
    try (Stream<Path> files = Files.list(log().getParent())) {
      return files.filter(file -> file.getFileName().toString().startsWith("torn-")).toList();
    }
  }

  /** Where a line begins, the first being 1. */
  private int begin(int line) {
    int position = 0;
    for (int passed = 1; passed < line; passed++) {
      while (right[position] != '\n') {
        position++;
      }
      position++;
    }
    return position;
  }

  private Position position(int line) {
    return new Position(line, begin(line), right.length - begin(line));
  }

  private String digest(int line) {
    byte[] frame = Arrays.copyOfRange(right, begin(line), right.length);
    return Digest.of(frame).hex();
  }

  private Line written(String stream, long sequence) {
    return new Line.Written(new Entry(stream, sequence, time.instant(), note("z")), List.of());
  }

  private FileJournal open() {
    return FileJournal.open(temporary.resolve("journal"), time);
  }

  private Path log() {
    return temporary.resolve("journal").resolve(Segment.NAME);
  }

  private static JournalRecord note(String text) {
    return new JournalRecord("note", 1, JsonNodeFactory.instance.objectNode().put("text", text));
  }
}
