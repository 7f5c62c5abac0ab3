package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes what breaks something smaller: leaves out faults and orders one by one, and whatever else
 * there is to the plot, as long as the same invariant breaks.
 */
final class Shrinking {

  private final Simulation simulation;
  private final String invariant;
  private Plot plot;
  private List<Fault> faults;

  /**
   * @param broken an episode that broke something
   */
  Shrinking(Simulation simulation, Episode broken) {
    this.simulation = simulation;
    this.invariant = broken.invariants().broken().get(0).invariant();
    this.plot = broken.plot();
    this.faults = broken.schedule().met();
  }

  /** What it comes to when nothing more can be left out. */
  Violation violation(long seed) {
    boolean smaller = true;
    while (smaller) {
      boolean less = dropFromThePlot();
      smaller = dropFaults() || less;
    }
    Episode least = play(plot, faults, true);
    Invariants.Broken broken = brokenIn(least).orElseThrow();
    return new Violation(
        seed,
        broken.invariant(),
        broken.what(),
        plot.toString(),
        faults.stream().map(Fault::toString).toList(),
        least.story());
  }

  private boolean dropFromThePlot() {
    for (Plot simpler : plot.simpler()) {
      Episode episode = play(simpler, faults, false);
      if (brokenIn(episode).isPresent()) {
        plot = simpler;
        faults = episode.schedule().met();
        return true;
      }
    }
    return false;
  }

  /** From the last, so that what led to it is left out later. */
  private boolean dropFaults() {
    boolean dropped = false;
    for (int index = faults.size() - 1; index >= 0; index = Math.min(index, faults.size()) - 1) {
      List<Fault> fewer = new ArrayList<>(faults);
      Fault unused = fewer.remove(index);
      Episode episode = play(plot, fewer, false);
      if (brokenIn(episode).isPresent()) {
        faults = episode.schedule().met();
        dropped = true;
      }
    }
    return dropped;
  }

  private Episode play(Plot scene, List<Fault> schedule, boolean isTold) {
    return new Episode(simulation, scene, Schedule.of(schedule), isTold).play();
  }

  private Optional<Invariants.Broken> brokenIn(Episode episode) {
    return episode.invariants().broken().stream()
        .filter(one -> one.invariant().equals(invariant))
        .findFirst();
  }
}
