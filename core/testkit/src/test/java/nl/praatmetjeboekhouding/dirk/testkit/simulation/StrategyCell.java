package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import nl.praatmetjeboekhouding.dirk.model.Deployment;

/** What came of many seeds by one strategy at one rate of faults: a row of the table. */
final class StrategyCell {

  /** The run that things go wrong in; the one before it made what serves. */
  private static final String TASK = "run-2";

  private final double rate;
  private final Strategy strategy;
  private long seeds;
  private long ok;
  private long stopped;
  private long failed;
  private long moreUploads;
  private long moreSwitches;
  private long failedButLive;
  private long strangers;
  private long overwritten;

  private StrategyCell(double rate, Strategy strategy) {
    this.rate = rate;
    this.strategy = strategy;
  }

  /**
   * Plays it.
   *
   * @param rate how many of the calls go wrong, as a part of one
   * @param seeds how many, from 1
   */
  static StrategyCell of(double rate, Strategy strategy, long seeds) {
    return LongStream.rangeClosed(1, seeds)
        .parallel()
        .collect(
            () -> new StrategyCell(rate, strategy),
            (cell, seed) -> cell.play(seed),
            StrategyCell::add);
  }

  /** How many effects there were beside the first of a kind. */
  long twice() {
    return moreUploads + moreSwitches;
  }

  /** How often it said that it failed, and its release served. */
  long failedButLive() {
    return failedButLive;
  }

  /** How often it said that its release serves. */
  long ok() {
    return ok;
  }

  /** Of the calls that go wrong one in three is the death of the process, before or after. */
  private static Rates rates(double rate) {
    return Rates.none()
        .withCalls(rate * 2 / 3)
        .withDeaths(rate / 6, 0)
        .withLags(2.0 / 3, World.WINDOW.dividedBy(2))
        .withStrangers(0.01);
  }

  private void play(long seed) {
    Rates rates = rates(rate);
    Simulation simulation = Simulation.of(rates).withDeployer(PatientReads::new);
    Plot plot = Plot.plain();
    Episode episode = new Episode(simulation, plot, Schedule.plain(seed, rates), false);
    Strategy.Ending ending = Strategy.Ending.OPEN;
    for (Order order : plot.orders()) {
      episode.time().pass(order.pause());
      ending = played(episode, new Ask(order, episode.world()));
    }
    episode.time().pass(Duration.ofHours(1));
    count(episode.world().production(), ending);
  }

  private Strategy.Ending played(Episode episode, Ask ask) {
    Bench.Notes notes = new Bench.Notes();
    Strategy.Ending ending = Strategy.Ending.OPEN;
    while (ending == Strategy.Ending.OPEN) {
      try {
        ending = strategy.deploy(new Bench(episode, ask, notes));
      } catch (Killed killed) {
        ending = Strategy.Ending.OPEN;
      }
      if (ending == Strategy.Ending.OPEN) {
        episode.time().pass(Duration.ofSeconds(ask.deaths % 3 == 0 ? 5 : 61));
      }
    }
    return ending;
  }

  private void count(World.Site site, Strategy.Ending ending) {
    seeds++;
    switch (ending) {
      case OK -> ok++;
      case STOPPED -> stopped++;
      default -> failed++;
    }
    long uploads = site.versions.stream().filter(landed -> landed.by().equals(TASK)).count();
    List<World.Landed<Deployment>> all = site.deployments;
    long switches = all.stream().filter(landed -> isOwn(site, landed)).count();
    moreUploads += Math.max(0, uploads - 1);
    moreSwitches += Math.max(0, switches - 1);
    if (ending == Strategy.Ending.FAILED && isOwn(site, all.get(all.size() - 1))) {
      failedButLive++;
    }
    for (int index = 0; index < all.size(); index++) {
      if (all.get(index).by().equals(World.STRANGER)) {
        strangers++;
        boolean isOver =
            all.subList(index, all.size()).stream().anyMatch(landed -> isOwn(site, landed));
        overwritten += isOver && ending != Strategy.Ending.STOPPED ? 1 : 0;
      }
    }
  }

  private static boolean isOwn(World.Site site, World.Landed<Deployment> landed) {
    return landed
        .value()
        .split()
        .sole()
        .filter(version -> landed.by().equals(TASK) && site.isBy(version, TASK))
        .isPresent();
  }

  private void add(StrategyCell other) {
    seeds += other.seeds;
    ok += other.ok;
    stopped += other.stopped;
    failed += other.failed;
    moreUploads += other.moreUploads;
    moreSwitches += other.moreSwitches;
    failedButLive += other.failedButLive;
    strangers += other.strangers;
    overwritten += other.overwritten;
  }

  /** A row. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "| %.0f %% | %s | %.1f %% | %.1f %% | %.1f %% | %s | %s | %s | %d of %d |",
        100 * rate,
        strategy,
        100.0 * ok / seeds,
        100.0 * stopped / seeds,
        100.0 * failed / seeds,
        aThousand(moreUploads),
        aThousand(moreSwitches),
        aThousand(failedButLive),
        overwritten,
        strangers);
  }

  private String aThousand(long count) {
    return count == 0 ? "0" : String.format(Locale.ROOT, "%.2f", 1000.0 * count / seeds);
  }
}
