package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.STREAM;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.append;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.EntryForm;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that somebody changed, or lost. */
class DamageTest {

  private final String schema = Postgres.freshSchema();
  private final JdbcJournal journal =
      JdbcJournal.with(Postgres.sharedPool(), ManualTime.create()).schema(schema).open();

  @BeforeEach
  void write() {
    for (int sequence = 1; sequence <= 4; sequence++) {
      Entry unused = append(journal, sequence);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "UPDATE @entry SET line = replace(line, 'note 2', 'note x') WHERE sequence = 2 | entry 2 is not what entry 3 follows",
        "UPDATE @entry SET line = replace(line, 'note 4', 'note x') WHERE sequence = 4 | entry 4 is not what was written",
        "UPDATE @entry SET line = '{}' WHERE sequence = 2 | newer Dirk",
        "UPDATE @entry SET line = '{' WHERE sequence = 2 | entry 2 makes no sense",
        "UPDATE @entry SET line = replace(line, '\"note\"', '7') WHERE sequence = 2 | entry 2 makes no sense",
        "UPDATE @entry SET line = replace(line, 'run:1', 'run:2') WHERE sequence = 2 | entry 2 belongs elsewhere",
        "UPDATE @entry SET line = replace(line, '\"entry\"', '\"seal\"') WHERE sequence = 2 | newer Dirk (a line of the kind 'seal'",
        "DELETE FROM @entry WHERE sequence = 1 | entry 1 is missing",
        "DELETE FROM @entry WHERE sequence = 3 | entry 3 is missing",
        "DELETE FROM @entry WHERE sequence = 4 | entry 4 is missing",
        "DELETE FROM @entry | entry 1 is missing",
        "UPDATE @stream SET last = 3 | but there are more",
        "UPDATE @stream SET hash = 'x' | entry 4 is not what was written",
      })
  void tellsWhichRow(String damage, String told) throws SQLException {
    run(damage);

    JournalException refused = refusal(() -> journal.read(STREAM, 1));

    assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(refused).hasMessageContainingAll(schema, STREAM, told);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE @entry SET line = replace(line, 'note 4', 'note x') | entry 4 is not what was written",
        "DELETE FROM @entry WHERE sequence = 4 | entry 4 is missing",
      })
  void tellsItInTheHeadsToo(String damage, String told) throws SQLException {
    run(damage);

    JournalException refused = refusal(() -> journal.heads("run"));

    assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(refused).hasMessageContainingAll(schema, STREAM, told);
  }

  @Test
  void tellsAChangeBeforeTheFirstEntryThatIsAskedFor() throws SQLException {
    run("UPDATE @entry SET line = replace(line, 'note 2', 'note x') WHERE sequence = 2");

    assertThat(refusal(() -> journal.read(STREAM, 3)).kind()).isEqualTo(Kind.CORRUPT);
    assertThat(journal.read(STREAM, 4)).hasSize(1);
    assertThat(journal.read(STREAM, 6)).isEmpty();
  }

  @Test
  void provesAStreamByItsLinesAlone() throws Exception {
    String first = line(1);
    String second = line(2);

    assertThat(EntryForm.streamPrev(EntryForm.parse(first.getBytes(UTF_8)))).isEmpty();
    assertThat(EntryForm.streamPrev(EntryForm.parse(second.getBytes(UTF_8))))
        .isEqualTo(Digest.of(first).hex());
    assertThat(EntryForm.read(EntryForm.parse(second.getBytes(UTF_8))))
        .isEqualTo(journal.read(STREAM, 2).get(0));
  }

  @Test
  void tellsALeaseThatMakesNoSense() throws SQLException {
    assertThat(journal.acquire("worker", "one", "a test", Duration.ofSeconds(30)).epoch()).isOne();
    run("UPDATE @lease SET ends = 'tomorrow'");

    JournalException refused = refusal(() -> journal.holder("worker"));

    assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(refused).hasMessageContainingAll(schema, "worker");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE @chunk SET bytes = set_byte(bytes, 5, 1) WHERE ordinal = 2",
        "DELETE FROM @chunk WHERE ordinal = 1",
        "UPDATE @chunk SET ordinal = 7 WHERE ordinal = 0"
      })
  void tellsContentThatWasChanged(String damage) throws Exception {
    byte[] bytes = new byte[3_500_000];
    new Random(7).nextBytes(bytes);
    bytes[5 + (2 << 20)] = 0;
    Digest digest = journal.keep(new ByteArrayInputStream(bytes));
    try (InputStream kept = journal.kept(digest).orElseThrow()) {
      assertThat(kept.readAllBytes()).isEqualTo(bytes);
    }

    run(damage);

    JournalException refused = refusal(() -> journal.kept(digest));
    assertThat(refused.kind()).isEqualTo(Kind.CORRUPT);
    assertThat(refused).hasMessageContainingAll(schema, digest.hex(), "build again");
  }

  private String line(int sequence) throws SQLException {
    return Postgres.shared()
        .ask("SELECT line FROM " + schema + ".entry WHERE sequence = " + sequence);
  }

  private void run(String statement) throws SQLException {
    Postgres.shared().run(new Schema(schema).sql(statement));
  }
}
