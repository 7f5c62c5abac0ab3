package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.Runbooks;
import nl.praatmetjeboekhouding.dirk.config.EnvironmentConfig;
import nl.praatmetjeboekhouding.dirk.config.HealthConfig;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.Reach;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;

/**
 * One plot played over one schedule: each order is asked for by one process after another until its
 * run has ended or is HELD. For one thread.
 */
final class Episode {

  /** What the gates go by. */
  static final HealthPolicy POLICY = HealthPolicy.standard();

  /** How often processes of one run are killed at most. */
  static final int MOST_DEATHS = 8;

  /** How often a run is asked for until it must have ended. */
  private static final int MOST_ASKED = 40;

  /** Who holds a lease, which is another whenever a seed is played. */
  private static final Pattern PROCESS =
      Pattern.compile("(?:\\S+ )?process \\d+/[0-9a-f]{8}/(\\S+)");

  /** How soon somebody rolls back who sees that a switch hangs. */
  private static final Duration NOT_LONG = Duration.ofMillis(100);

  private static final NoRenewal NO_RENEWAL = new NoRenewal();

  private final Simulation setting;
  private final Plot plot;
  private final Schedule schedule;
  private final WorldTime time = new WorldTime();
  private final Journal journal;
  private final Invariants invariants;
  private final World world;
  private final Map<String, Order.Content> contents = new HashMap<>();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final List<String> story = new ArrayList<>();
  private final boolean isTold;
  private int runs;

  /** Whether a process is stopped, so that whoever is busy is another one. */
  private boolean isStopped;

  Episode(Simulation setting, Plot plot, Schedule schedule, boolean isTold) {
    this.setting = setting;
    this.plot = plot;
    this.schedule = schedule;
    this.isTold = isTold;
    Journal kept = MemoryJournal.create(time);
    this.journal = setting.journal(kept);
    this.invariants = new Invariants(plot, setting.settles(), kept);
    this.world = new World(plot, time, invariants);
  }

  Schedule schedule() {
    return schedule;
  }

  WorldTime time() {
    return time;
  }

  World world() {
    return world;
  }

  Plot plot() {
    return plot;
  }

  Invariants invariants() {
    return invariants;
  }

  /** What became of the runs, by outcome. */
  Map<Outcome, Integer> outcomes() {
    return outcomes;
  }

  /** How many runs were told. */
  int runs() {
    return runs;
  }

  /** What happened, for people. */
  List<String> story() {
    return story;
  }

  Episode play() {
    for (Order order : plot.orders()) {
      time.pass(order.pause());
      tell(new Ask(order, world));
    }
    time.pass(Duration.ofHours(1));
    invariants.atTheEnd(world);
    return this;
  }

  private void tell(Ask ask) {
    ask.order.content().ifPresent(content -> contents.put(content.label(), content));
    invariants.begins(ask);
    note(ask.task + " " + ask.order);
    runs++;
    finish(ask);
  }

  private void finish(Ask ask) {
    Duration wait = Duration.ofSeconds(61);
    for (int asked = 1; asked <= MOST_ASKED; asked++) {
      SimulatedProcess process = new SimulatedProcess(this, ask);
      ask.processes++;
      try {
        RunReport report = ask.order.ask(runbooks(process));
        if (process.isDead()) {
          invariants.breaks("I3", "somebody caught the death of a process");
          return;
        }
        if (report.outcome() != Outcome.WAITING) {
          note(ask.task + " ended " + report.outcome() + ": " + report.summary());
          outcomes.merge(report.outcome(), 1, Integer::sum);
          invariants.ended(ask, report, world);
          return;
        }
        note(ask.task + " waits: " + report.summary());
        time.pass(wait);
        wait = asked > 4 ? wait.multipliedBy(2) : wait;
      } catch (Killed killed) {
        time.pass(gap(ask));
      } catch (JournalException e) {
        note(ask.task + " could not begin: " + e.getMessage());
        time.pass(wait);
      } catch (RuntimeException e) {
        invariants.breaks("I3", ask.task + " threw " + e);
        return;
      }
    }
    invariants.breaks("I3", ask.task + " had not ended after " + MOST_ASKED + " processes");
  }

  /** How long it takes until somebody asks again after a process was killed. */
  private static Duration gap(Ask ask) {
    long mixed = Point.mix(ask.order.number() * 31L + ask.deaths);
    return mixed % 3 == 0
        ? Duration.ofSeconds(5)
        : Duration.ofSeconds(61 + Math.floorMod(mixed, 100L));
  }

  /** Dirk as one process has it. */
  Runbooks runbooks(SimulatedProcess process) {
    Deployer deployer = setting.deployer(new ProcessDeployer(process));
    invariants.reaches(deployer instanceof Reach);
    HealthProbe probe = setting.probe((endpoint, call) -> process.look(endpoint));
    Runbooks runbooks =
        Runbooks.of(World.SERVICE, deployer, probe, new ProcessJournal(process, journal))
            .time(time)
            .executor(NO_RENEWAL)
            .production(environment(world.production().endpoint).withRollout(plot.rollout()));
    return setting.runbooks(
        plot.hasStaging() ? runbooks.staging(environment(world.staging().endpoint)) : runbooks);
  }

  private static EnvironmentConfig environment(Endpoint endpoint) {
    return EnvironmentConfig.of(HealthConfig.of(endpoint).withPolicy(POLICY));
  }

  /** Something happens in the world directly before a process does something. */
  void meanwhile(SimulatedProcess process, Fault fault) {
    switch (fault.kind()) {
      case STRANGER -> {
        process.ask().isDisturbed = true;
        process.deployForeign();
      }
      case CLOCK -> time.step(fault.by());
      case ROLLBACK_COMES, DEPLOY_COMES, TAKEN_UP -> stop(process, fault, fault.by());
      case OVERTAKEN -> stop(process, fault, NOT_LONG);
      default -> throw new IllegalStateException(fault.toString());
    }
  }

  /** The process is stopped for a while, and then for as long as others are busy. */
  private void stop(SimulatedProcess process, Fault fault, Duration length) {
    Ask stopped = process.ask();
    stopped.stops++;
    time.pass(length);
    if (isStopped) {
      return; // others are busy already, and it is one of them
    }
    isStopped = true;
    stopped.isDisturbed = true;
    if (fault.kind() == Fault.Kind.TAKEN_UP) {
      finish(stopped);
    } else {
      int number = 10 * stopped.order.number() + stopped.others++;
      Optional<Order.Content> content =
          fault.kind() == Fault.Kind.DEPLOY_COMES
              ? Optional.of(new Order.Content("r" + number, Order.Sick.NOWHERE))
              : Optional.empty();
      Ask other = new Ask(new Order(number, content, Duration.ZERO, false), world);
      other.overtakes = fault.kind() == Fault.Kind.OVERTAKEN;
      tell(other);
    }
    isStopped = false;
  }

  /** Whether a version answers badly there. */
  boolean isSick(Version version, boolean inProduction, boolean asked) {
    return version
        .release()
        .map(release -> contents.get(release.label()))
        .filter(content -> content.sick().shows(inProduction, asked))
        .isPresent();
  }

  void note(Object what) {
    if (isTold) {
      String text = PROCESS.matcher(what.toString()).replaceAll("the process of $1");
      story.add(String.format(Locale.ROOT, "%6.1f s  %s", time.nanoTime() / 1e9, text));
    }
  }
}
