package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.proof.ProofPart;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/**
 * The crash matrix: processes that tell a run are killed with SIGKILL at every boundary of their
 * journal and between each writing request and its answer, and other processes take the run up.
 *
 * @param folder for what the runs leave
 * @param server for the journals that are in a database
 * @param scenarios their names with commas between them, or "all"
 * @param pairs how many kills two in a row are tried
 */
public record CrashProof(Path folder, Postgres server, String scenarios, long seed, int pairs)
    implements ProofPart {

  @Override
  public List<ProofFile.Line> prove() {
    return new Matrix(folder, server, Scenario.named(scenarios)).all(seed, pairs);
  }
}
