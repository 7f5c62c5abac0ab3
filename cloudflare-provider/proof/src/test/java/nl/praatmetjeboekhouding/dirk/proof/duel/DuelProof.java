package nl.praatmetjeboekhouding.dirk.proof.duel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.proof.ProofPart;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/**
 * The duel over each journal.
 *
 * @param folder for the journal that is one
 * @param server for the other
 * @param length of each
 */
public record DuelProof(Path folder, Postgres server, long seed, Duration length)
    implements ProofPart {

  @Override
  public List<ProofFile.Line> prove() throws Exception {
    List<ProofFile.Line> lines = new ArrayList<>();
    for (SharedJournal journal :
        List.of(SharedJournal.in(folder.resolve("duel")), SharedJournal.in(server))) {
      Verdict verdict = Duel.fight(journal, length, seed);
      lines.add(
          new ProofFile.Line(
              "two processes over " + journal + ", " + length.toSeconds() + " s, seed " + seed,
              Verdict.EXPECTED,
              verdict.toString(),
              verdict.holds()));
    }
    return lines;
  }
}
