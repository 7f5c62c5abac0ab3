package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.proof.ProofPart;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/**
 * The disk fails under a deploy, one that is put back, and a rollback.
 *
 * @param folder for what the runs leave
 */
public record DiskProof(Path folder) implements ProofPart {

  private static final int FULLINGS = 12;

  @Override
  public List<ProofFile.Line> prove() {
    List<ProofFile.Line> lines = new ArrayList<>();
    for (Scenario scenario : List.of(Scenario.DEPLOY, Scenario.SICK_DEPLOY, Scenario.ROLLBACK)) {
      lines.addAll(new Disk(folder, scenario).lines(FULLINGS));
    }
    return lines;
  }
}
