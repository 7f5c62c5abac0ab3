package nl.praatmetjeboekhouding.dirk.proof;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WireFaults;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.proof.duel.DuelProof;
import nl.praatmetjeboekhouding.dirk.proof.runs.ContestProof;
import nl.praatmetjeboekhouding.dirk.proof.runs.CrashProof;
import nl.praatmetjeboekhouding.dirk.proof.runs.DiskProof;
import nl.praatmetjeboekhouding.dirk.proof.simulation.SimulationProof;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/**
 * Tries what Dirk promises on real processes, real journals and a local Cloudflare, part by part.
 * Prints one table, writes a line for each thing that was tried into a file, and fails if one of
 * them came out otherwise than expected.
 */
final class Proof {

  private final Map<String, ProofPart> parts = new LinkedHashMap<>();

  private Proof(Path folder, Postgres server) {
    long seed = Long.getLong("proof.seed", 11);
    int pairs = Integer.getInteger("proof.pairs", 24);
    Duration length = Duration.ofSeconds(Long.getLong("proof.seconds", 60));
    parts.put(
        "crash",
        new CrashProof(folder, server, System.getProperty("proof.scenarios", "all"), seed, pairs));
    parts.put("simulation", new SimulationProof(seed, Long.getLong("proof.seeds", 200_000)));
    parts.put("faults", () -> WireFaults.prove(folder.resolve("faults")));
    parts.put("disk", new DiskProof(folder));
    parts.put("contest", new ContestProof(folder, server, seed, length));
    parts.put("duel", new DuelProof(folder, server, seed, length));
  }

  /** Takes the file to write; the properties {@code proof.*} say what is tried. */
  public static void main(String[] arguments) throws Exception {
    ProofFile file = ProofFile.at(Path.of(arguments[0]));
    Path folder = Files.createTempDirectory(Path.of("target"), "proof").toAbsolutePath();
    boolean holds;
    try (Postgres server = Postgres.start(folder.resolve("postgres"), Postgres.DURABLE)) {
      Proof proof = new Proof(folder, server);
      holds = run(proof.chosen(System.getProperty("proof.parts", "all")), file);
    }
    System.out.println("each line is in " + Path.of(arguments[0]).normalize());
    System.exit(holds ? 0 : 1);
  }

  private Map<String, ProofPart> chosen(String names) {
    if (names.equals("all")) {
      return parts;
    }
    List<String> named = List.of(names.split(",", -1));
    if (!parts.keySet().containsAll(named)) {
      throw new IllegalArgumentException(
          "proof.parts must be all or some of " + String.join(",", parts.keySet()) + ": " + names);
    }
    Map<String, ProofPart> chosen = new LinkedHashMap<>(parts);
    chosen.keySet().retainAll(named);
    return chosen;
  }

  private static boolean run(Map<String, ProofPart> parts, ProofFile file) throws Exception {
    List<String> rows = new ArrayList<>();
    List<ProofFile.Line> different = new ArrayList<>();
    for (Map.Entry<String, ProofPart> part : parts.entrySet()) {
      String name = part.getKey();
      System.out.println("proof: " + name + " ...");
      long begin = System.nanoTime();
      List<ProofFile.Line> lines = part.getValue().prove();
      if (lines.isEmpty()) {
        throw new IllegalStateException("nothing was tried of " + name);
      }
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      file.write(name, lines);
      List<ProofFile.Line> wrong = lines.stream().filter(line -> !line.holds()).toList();
      different.addAll(wrong);
      rows.add(
          String.format(
              "%-12s %6d %12d %9d s",
              name, lines.size(), lines.size() - wrong.size(), took.toSeconds()));
    }
    System.out.println("proof         tried  as expected        took");
    rows.forEach(System.out::println);
    different.forEach(line -> System.out.println("DIFFERS: " + line));
    return different.isEmpty();
  }
}
