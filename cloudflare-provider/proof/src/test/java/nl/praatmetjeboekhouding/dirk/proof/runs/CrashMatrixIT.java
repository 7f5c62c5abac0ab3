package nl.praatmetjeboekhouding.dirk.proof.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A part of the crash matrix in every build; all of it is run by the profile "proof". */
@EnabledOnOs(OS.LINUX)
final class CrashMatrixIT {

  private static final long SEED = 11;

  @TempDir private Path folder;

  @Test
  void whatAKilledProcessLeavesIsFinishedByAnother() {
    List<ProofFile.Line> lines =
        new Matrix(folder, Postgres.shared(), List.of(Scenario.values())).sample(SEED, 10, 2);

    assertThat(lines).hasSize(12).allMatch(ProofFile.Line::holds);
  }
}
