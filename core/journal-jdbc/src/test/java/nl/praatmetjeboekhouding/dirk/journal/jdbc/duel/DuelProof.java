package nl.praatmetjeboekhouding.dirk.journal.jdbc.duel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/** The duel over each journal; prints a table and writes it into the file of the proof. */
final class DuelProof {

  private DuelProof() {}

  /** Takes the file of the proof, a seed, and how many seconds each duel lasts. */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[1]);
    Duration length = Duration.ofSeconds(Long.parseLong(arguments[2]));
    Path folder = Files.createTempDirectory(Path.of("target"), "duel").toAbsolutePath();
    List<ProofFile.Line> lines = new ArrayList<>();
    lines.add(line(Arena.folder(folder.resolve("journal")), length, seed));
    try (Postgres server = Postgres.start(folder.resolve("data"), Postgres.DURABLE)) {
      lines.add(line(Arena.database(server), length, seed));
    }
    ProofFile.at(Path.of(arguments[0])).write("duel", lines);
    System.exit(lines.stream().allMatch(ProofFile.Line::holds) ? 0 : 1);
  }

  private static ProofFile.Line line(Arena arena, Duration length, long seed) throws Exception {
    Verdict verdict = Duel.fight(arena, length, seed);
    ProofFile.Line line =
        new ProofFile.Line(
            "two processes over " + arena + ", " + length.toSeconds() + " s, seed " + seed,
            Verdict.EXPECTED,
            verdict.toString(),
            verdict.violations().isEmpty());
    System.out.println("duel: " + line);
    return line;
  }
}
