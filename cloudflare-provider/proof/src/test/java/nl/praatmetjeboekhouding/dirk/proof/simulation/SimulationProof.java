package nl.praatmetjeboekhouding.dirk.proof.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.praatmetjeboekhouding.dirk.proof.ProofPart;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;
import nl.praatmetjeboekhouding.dirk.testkit.simulation.Findings;
import nl.praatmetjeboekhouding.dirk.testkit.simulation.Simulation;

/**
 * The runbooks in virtual time, range of seeds after range of seeds.
 *
 * @param first the first seed
 * @param seeds how many are played of days on which the vendor keeps its window, and as many of
 *     those on which it does not
 */
public record SimulationProof(long first, long seeds) implements ProofPart {

  private static final int RANGES = 4;

  @Override
  public List<ProofFile.Line> prove() {
    List<ProofFile.Line> lines = new ArrayList<>();
    long length = seeds / RANGES;
    for (int range = 0; range < RANGES; range++) {
      long from = first + range * length;
      lines.add(line("bad days", Simulation.standard(), from, length));
      lines.add(line("reads lag beyond the window", Simulation.beyondTheWindow(), from, length));
    }
    return lines;
  }

  private static ProofFile.Line line(String name, Simulation simulation, long from, long length) {
    long begin = System.nanoTime();
    Findings found = simulation.play(from, length);
    double minutes = (System.nanoTime() - begin) / 60e9;
    return new ProofFile.Line(
        name + ", seeds " + from + " to " + (from + length - 1),
        "what must hold holds, and what happened twice is told",
        String.format(Locale.ROOT, "%s; %,.0f runs a minute", found, found.runs() / minutes)
            .replace("\n", " / "),
        found.violations().isEmpty());
  }
}
