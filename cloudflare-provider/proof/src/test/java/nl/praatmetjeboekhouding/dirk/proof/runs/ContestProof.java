package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.proof.ProofPart;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/**
 * The contest over each journal.
 *
 * @param folder for what the runs leave
 * @param server for the journal that is in a database
 * @param length of each
 */
public record ContestProof(Path folder, Postgres server, long seed, Duration length)
    implements ProofPart {

  @Override
  public List<ProofFile.Line> prove() throws Exception {
    List<ProofFile.Line> lines = new ArrayList<>();
    Path place = Files.createTempDirectory(folder, "contest");
    List<SharedJournal> journals =
        List.of(SharedJournal.in(place.resolve("journal")), SharedJournal.in(server));
    for (SharedJournal journal : journals) {
      ContestVerdict verdict =
          Contest.hold(place.resolve(journal.toString()), journal, length, seed);
      lines.add(
          new ProofFile.Line(
              "two processes deploy and roll back over "
                  + journal
                  + ", "
                  + length.toSeconds()
                  + " s, seed "
                  + seed,
              ContestVerdict.EXPECTED,
              verdict.toString(),
              verdict.holds()));
    }
    return lines;
  }
}
