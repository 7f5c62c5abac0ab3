package nl.praatmetjeboekhouding.dirk.proof.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fails under a deploy; the profile "proof" has more of it. */
@EnabledOnOs(OS.LINUX)
final class DiskIT {

  @TempDir private Path folder;

  @Test
  void aRunGoesOnOnceTheDiskIsWellAndSendsNothingThatIsNotWrittenDown() {
    List<ProofFile.Line> lines = new Disk(folder, Scenario.DEPLOY).lines(3);

    assertThat(lines).hasSize(6).allMatch(ProofFile.Line::holds);
  }
}
