package nl.praatmetjeboekhouding.dirk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileJournalProcessTest {

  private static final int ROUNDS = 25;

  @TempDir private Path temporary;

  @Test
  void losesNothingThatItAcknowledgedWhenItsWriterIsKilled() throws Exception {
    Path folder = temporary.resolve("journal");
    Random random = new Random(20261124);
    Map<String, Long> acknowledged = new HashMap<>();

    for (int round = 0; round < ROUNDS; round++) {
      try (Child writer = Child.start("write", folder, "r" + round)) {
        acknowledge(acknowledged, writer.line());
        TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
        writer.kill();
        writer.rest().forEach(line -> acknowledge(acknowledged, line));
      }
      try (FileJournal journal = FileJournal.open(folder, TimeSource.system())) {
        acknowledged.forEach(
            (stream, sequence) ->
                assertThat(journal.read(stream, 1)).hasSizeBetween(sequence.intValue(), sequence.intValue() + 1));
      }
    }

    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
  }

  @Test
  void letsProcessesTakeTurns() throws Exception {
    Path folder = temporary.resolve("journal");

    long written = 0;
    try (Child one = Child.start("duel", folder, "one");
        Child two = Child.start("duel", folder, "two")) {
      written = number(one.line()) + number(two.line());
    }

    try (FileJournal journal = FileJournal.open(folder, TimeSource.system())) {
      List<Entry> duel = journal.read("incident:duel", 1);
      assertThat(duel).hasSize((int) written).hasSizeGreaterThan(150);
      assertThat(duel.stream().map(FileJournalProcessTest::epoch)).isSorted().doesNotHaveDuplicates();
      assertThat(journal.heads("run")).hasSize(2).allMatch(head -> head.sequence() == 150);
    }
  }

  @Test
  void takesALeaseOverAtOnceWhenItsProcessDied() throws Exception {
    Path folder = temporary.resolve("journal");

    try (Child holder = Child.start("hold", folder, "the child");
        FileJournal journal = FileJournal.open(folder, TimeSource.system())) {
      assertThat(holder.line()).isEqualTo("held");
      assertThat(journal.holder("worker").orElseThrow().holder()).isEqualTo("the child");
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.acquire("worker", "me", "test", Duration.ofMinutes(1)))
          .satisfies(refused -> assertThat(refused.kind()).isEqualTo(Kind.LEASED))
          .withMessageContaining("holding on");

      holder.kill();

      assertThat(journal.holder("worker")).isEmpty();
      Lease taken = journal.acquire("worker", "me", "test", Duration.ofMinutes(1));
      assertThat(taken.epoch()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ulimit -f 64 && mkdir -p \"$FOLDER\" && \"$@\"",
        "unshare -m bash -c 'mount -t tmpfs -o size=128k tmpfs \"$FOLDER\" && \"$@\"' bash \"$@\""
      })
  void saysThatTheDiskIsFullAndGoesOnWhenThereIsRoom(String script) throws Exception {
    String setFolder = "FOLDER='" + temporary + "'; export FOLDER; ";
    assumeTrue(Child.shellCan(setFolder + script.replace("\"$@\"", "true")), "not possible here");
    Path folder = temporary.resolve("journal");

    try (Child child = Child.startInShell(setFolder + script, "fill", folder)) {
      String refused = child.line();
      String counted = child.line();

      assertThat(refused).startsWith("STORAGE").contains("journal-000001.log", "free space");
      assertThat(counted).startsWith("kept all of ");
      assertThat(number(counted)).isPositive();
    }
  }

  @Test
  void saysThatTheFolderIsReadOnly() throws Exception {
    Path folder = temporary.resolve("journal");
    FileJournal.open(folder, TimeSource.system()).close();
    String script =
        "unshare -m bash -c 'mount --bind F F && mount -o remount,ro,bind F && \"$@\"' bash \"$@\""
            .replace("F", folder.toString());
    assumeTrue(Child.shellCan(script.replace("\"$@\"", "true")), "not possible here");

    try (Child child = Child.startInShell(script, "hold", folder)) {
      assertThat(child.line()).startsWith("STORAGE").contains(folder.toString(), "Read-only");
    }
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("journal.lock", Segment.NAME);
  }

  private static void acknowledge(Map<String, Long> acknowledged, String line) {
    acknowledged.put(line.substring(0, line.indexOf(' ')), number(line));
  }

  private static Long number(String line) {
    return Long.valueOf(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static Long epoch(Entry entry) {
    return number(entry.record().data().path("text").asText());
  }
}
