package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import nl.praatmetjeboekhouding.dirk.Runbooks;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;

/**
 * Plays the real runbooks in virtual time at a model of a vendor, where everything goes wrong that
 * can: calls get lost, break, time out after they took effect or land late; reads lag; processes
 * are killed, or stopped while others are busy; strangers deploy; the clock is set. All of it
 * follows from a seed. After each run, and in the end, it looks at what the vendor and the journal
 * really have, and whether what must hold does: {@code docs/simulation.md} lists that.
 *
 * <p>An embedder sees what his own settings are worth, and a provider's author what his own layers
 * between Dirk and a vendor do:
 *
 * <pre>{@code
 * Findings found =
 *     Simulation.standard()
 *         .withRollout(RolloutPolicy.standard().withRamp(List.of(5, 25), Duration.ofMinutes(1)))
 *         .withDeployer(CachingDeployer::new)
 *         .play(1, 10_000);
 *
 * assertThat(found.violations()).as(found.toString()).isEmpty();
 * }</pre>
 *
 * <p>A violation tells its seed and the least that it takes, as a story; {@link #tell} tells any
 * seed in full. A model is not the vendor: it shows what follows if a vendor behaves like this.
 * Immutable; safe for use by several threads if what it was given is.
 */
public final class Simulation {

  /** How rough a day is; a seed has one of these. */
  private static final double[] MOODS = {0.2, 1, 1, 3};

  private final Rates rates;
  private final Optional<RolloutPolicy> rollout;
  private final UnaryOperator<Runbooks> runbooks;
  private final UnaryOperator<Deployer> deployers;
  private final UnaryOperator<HealthProbe> probes;
  private final UnaryOperator<Journal> journals;

  private Simulation(
      Rates rates,
      Optional<RolloutPolicy> rollout,
      UnaryOperator<Runbooks> runbooks,
      UnaryOperator<Deployer> deployers,
      UnaryOperator<HealthProbe> probes,
      UnaryOperator<Journal> journals) {
    this.rates = rates;
    this.rollout = rollout;
    this.runbooks = runbooks;
    this.deployers = deployers;
    this.probes = probes;
    this.journals = journals;
  }

  /** Bad days on which the vendor's reads keep to the window that it promises. */
  public static Simulation standard() {
    return of(Rates.standard());
  }

  /**
   * The same, but reads lag for longer than the vendor promises. Then something may be done twice,
   * and must be told.
   */
  public static Simulation beyondTheWindow() {
    return of(Rates.beyondTheWindow());
  }

  /** Things go wrong so often. */
  public static Simulation of(Rates rates) {
    return new Simulation(
        requireNonNull(rates, "rates"),
        Optional.empty(),
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity());
  }

  /** This one, where traffic always comes to a new version in this way. */
  public Simulation withRollout(RolloutPolicy policy) {
    return new Simulation(rates, Optional.of(policy), runbooks, deployers, probes, journals);
  }

  /**
   * This one, with more settings of the runbooks: gates, alerts, a listener.
   *
   * @param setting is given the runbooks of each process; its environments must stay
   */
  public Simulation withRunbooks(UnaryOperator<Runbooks> setting) {
    return new Simulation(
        rates, rollout, requireNonNull(setting, "setting"), deployers, probes, journals);
  }

  /**
   * This one, with something between Dirk and the vendor.
   *
   * @param layer is given the deployer of each process; what goes wrong goes wrong below it
   */
  public Simulation withDeployer(UnaryOperator<Deployer> layer) {
    return new Simulation(
        rates, rollout, runbooks, requireNonNull(layer, "layer"), probes, journals);
  }

  /**
   * This one, with something between Dirk and the probe.
   *
   * @param layer is given the probe of each process
   */
  public Simulation withProbe(UnaryOperator<HealthProbe> layer) {
    return new Simulation(
        rates, rollout, runbooks, deployers, requireNonNull(layer, "layer"), journals);
  }

  /**
   * This one, with something between Dirk and the journal.
   *
   * @param layer is given the journal of each seed, which all processes of that seed share
   */
  public Simulation withJournal(UnaryOperator<Journal> layer) {
    return new Simulation(
        rates, rollout, runbooks, deployers, probes, requireNonNull(layer, "layer"));
  }

  /**
   * Plays so many seeds, on all processors.
   *
   * @param from the first seed
   */
  public Findings play(long from, long seeds) {
    return LongStream.range(from, from + seeds)
        .parallel()
        .collect(Tally::new, (tally, seed) -> tally.add(seed, episode(seed, false)), Tally::add)
        .findings(this::violation);
  }

  /** What one seed breaks, as small as it can be made; empty if it breaks nothing. */
  public Optional<Violation> check(long seed) {
    return episode(seed, false).invariants().broken().isEmpty()
        ? Optional.empty()
        : Optional.of(violation(seed));
  }

  /** What happens with one seed, line by line. */
  public List<String> tell(long seed) {
    Episode told = episode(seed, true);
    List<String> lines = new ArrayList<>();
    lines.add(told.plot().toString());
    lines.addAll(told.story());
    return lines;
  }

  private Violation violation(long seed) {
    return new Shrinking(this, episode(seed, false)).violation(seed);
  }

  private Episode episode(long seed, boolean isTold) {
    double mood = MOODS[(int) Math.floorMod(Point.mix(seed), (long) MOODS.length)];
    Plot drawn = Plot.of(seed);
    Plot plot = rollout.map(drawn::with).orElse(drawn);
    return new Episode(this, plot, Schedule.of(seed, rates.times(mood)), isTold).play();
  }

  Runbooks runbooks(Runbooks preset) {
    return runbooks.apply(preset);
  }

  Deployer deployer(Deployer deployer) {
    return deployers.apply(deployer);
  }

  HealthProbe probe(HealthProbe probe) {
    return probes.apply(probe);
  }

  Journal journal(Journal journal) {
    return journals.apply(journal);
  }

  /** Whether reads keep to the window that the vendor promises. */
  boolean settles() {
    return rates.latest().multipliedBy(2).compareTo(World.WINDOW) <= 0;
  }
}
