package nl.praatmetjeboekhouding.dirk.proof.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A short contest over each journal in every build; the profile "proof" has one of a minute. */
@EnabledOnOs(OS.LINUX)
final class ContestIT {

  private static final Duration LENGTH = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void isFairInAFolder() throws Exception {
    assertFair(Contest.hold(folder, SharedJournal.in(folder.resolve("journal")), LENGTH, 5));
  }

  @Test
  void isFairInADatabase() throws Exception {
    assertFair(Contest.hold(folder, SharedJournal.in(Postgres.shared()), LENGTH, 5));
  }

  private static void assertFair(ContestVerdict verdict) {
    assertThat(verdict.violations()).as(verdict.toString()).isEmpty();
    assertThat(verdict.holds()).as(verdict.toString()).isTrue();
  }
}
