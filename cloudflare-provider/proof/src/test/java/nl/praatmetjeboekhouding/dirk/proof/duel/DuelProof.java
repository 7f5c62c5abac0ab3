package nl.praatmetjeboekhouding.dirk.proof.duel;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.proof.ProofPart;
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
    for (Arena arena : List.of(Arena.folder(folder.resolve("duel")), Arena.database(server))) {
      Verdict verdict = Duel.fight(arena, length, seed);
      lines.add(
          new ProofFile.Line(
              "two processes over " + arena + ", " + length.toSeconds() + " s, seed " + seed,
              Verdict.EXPECTED,
              verdict.toString(),
              verdict.violations().isEmpty()));
    }
    return lines;
  }
}
