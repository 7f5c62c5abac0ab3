package nl.praatmetjeboekhouding.dirk.proof.duel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A short duel over each journal in every build; the profile "proof" has one of a minute. */
@DisabledOnOs(OS.WINDOWS)
final class DuelIT {

  private static final Duration LENGTH = Duration.ofSeconds(6);

  @TempDir private Path folder;

  @Test
  void acceptsNothingStaleInAFolder() throws Exception {
    assertFair(Duel.fight(SharedJournal.in(folder.resolve("journal")), LENGTH, 3));
  }

  @Test
  void acceptsNothingStaleInADatabase() throws Exception {
    assertFair(Duel.fight(SharedJournal.in(Postgres.shared()), LENGTH, 3));
  }

  private static void assertFair(Verdict verdict) {
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.holds()).as(verdict.toString()).isTrue();
    assertThat(verdict.detected()).isEqualTo(verdict.stale());
    assertThat(verdict.epochs()).isGreaterThan(10);
  }
}
