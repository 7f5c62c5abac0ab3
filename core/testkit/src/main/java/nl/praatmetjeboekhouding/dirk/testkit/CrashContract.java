package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Whether runs over a deployer survive the death of their process at any moment. Extend it, say how
 * the vendor, the deployer and the next build are made, and run it; {@code
 * docs/provider-contract.md} has the rules under the same numbers.
 *
 * <p>Each rule runs its scenario once undisturbed and notes every boundary: before and after each
 * write to the journal, before and after each write of the deployer. Then it runs the scenario
 * again for each of them, with a new vendor and a new journal. There the process dies, its leases
 * run out, and another process over the same vendor and journal takes the run up. What came of it
 * must be what came of the undisturbed run. A failure names the scenario and the boundary.
 *
 * <p>A process dies by an error that nothing in core catches, and from then on journal, deployer
 * and probe refuse it everything, so that whatever it still does has no effect. Time is manual.
 */
public abstract class CrashContract {

  /** A prime, so that second deaths are everywhere. */
  private static final int STRIDE = 31;

  private final ManualTime time = ManualTime.create();

  /** For classes that say which deployer it is. */
  protected CrashContract() {}

  /**
   * Begins again with a vendor at which nothing was deployed; one that was there before may be
   * forgotten.
   */
  protected abstract void newVendor();

  /**
   * A deployer of that vendor, made as a new process makes it: what it knows it knows from the
   * vendor. Several may be open.
   */
  protected abstract Deployer newDeployer();

  /**
   * Makes the next build.
   *
   * @param content a short word, such as {@code one}: builds of different words differ, builds of
   *     one word are the same to the byte
   */
  protected abstract void build(String content);

  /**
   * What that vendor has of a target, one for each upload that took effect, with its key if it has
   * one; best asked of the vendor itself, not of the deployer.
   */
  protected abstract List<Version> versions(Target target);

  /** An empty journal that lives by {@link #time()}; one in memory unless overridden. */
  protected Journal newJournal() {
    return MemoryJournal.create(time);
  }

  /** The time that deployer, vendor and journal live by. */
  protected final ManualTime time() {
    return time;
  }

  /** What is deployed, as the project calls it; "contract" unless overridden. */
  protected String service() {
    return "contract";
  }

  /** Whether there is a staging; otherwise releases go straight to production. */
  protected boolean hasStaging() {
    return true;
  }

  /** Whether the version before can be put back. */
  protected boolean canPutBack() {
    return true;
  }

  /**
   * How many pairs of boundaries are tried for each scenario, the first process dying at one and
   * the second at the other; 10 unless overridden, none with 0. They are spread over all pairs.
   */
  protected int secondDeaths() {
    return 10;
  }

  @Test
  @DisplayName("C1: a first deploy ends as it should wherever its process dies")
  final void c1FirstDeploy(TestReporter reporter) {
    dieOnce(CrashScenario.FIRST_DEPLOY, reporter);
  }

  @Test
  @DisplayName("C2: a deploy ends as it should wherever its process dies")
  final void c2Deploy(TestReporter reporter) {
    dieOnce(CrashScenario.DEPLOY, reporter);
  }

  @Test
  @DisplayName("C3: a deploy that is sick in production is put back wherever its process dies")
  final void c3SickDeploy(TestReporter reporter) {
    dieOnce(CrashScenario.SICK_DEPLOY, reporter);
  }

  @Test
  @DisplayName("C4: a rollback ends as it should wherever its process dies")
  final void c4Rollback(TestReporter reporter) {
    dieOnce(CrashScenario.ROLLBACK, reporter);
  }

  @Test
  @DisplayName("C6: a deploy over a ramp ends as it should wherever its process dies")
  final void c6Ramp(TestReporter reporter) {
    dieOnce(CrashScenario.RAMP, reporter);
  }

  @Test
  @DisplayName("C7: a deploy that is sick in the dark is taken back wherever its process dies")
  final void c7SickInTheDark(TestReporter reporter) {
    dieOnce(CrashScenario.SICK_IN_THE_DARK, reporter);
  }

  @Test
  @DisplayName("C5: the process that takes a run up may die as well")
  final void c5SecondDeath() {
    assumeTrue(secondDeaths() > 0, "no second death is asked for");
    List<String> failures = new ArrayList<>();
    for (CrashScenario scenario : CrashScenario.values()) {
      Undisturbed undisturbed = undisturbed(scenario);
      for (List<Integer> deaths : pairs(undisturbed.boundaries().size())) {
        failures.addAll(failures(scenario, undisturbed, deaths));
      }
    }
    assertThat(failures).isEmpty();
  }

  final Target production() {
    return new Target(service(), Environment.PRODUCTION);
  }

  final Target staging() {
    return new Target(service(), Environment.STAGING);
  }

  /**
   * What comes of a scenario if nothing happens to it.
   *
   * @param end how it ends
   * @param boundaries where a process could die
   */
  private record Undisturbed(Map<String, String> end, List<String> boundaries) {}

  private void dieOnce(CrashScenario scenario, TestReporter reporter) {
    Undisturbed undisturbed = undisturbed(scenario);
    List<String> failures = new ArrayList<>();
    for (int boundary = 0; boundary < undisturbed.boundaries().size(); boundary++) {
      failures.addAll(failures(scenario, undisturbed, List.of(boundary)));
    }
    reporter.publishEntry(scenario.toString(), undisturbed.boundaries().size() + " boundaries");
    assertThat(failures).isEmpty();
  }

  private Undisturbed undisturbed(CrashScenario scenario) {
    try (CrashTrial trial = new CrashTrial(this, scenario)) {
      assumeEffectsCanBeSettled();
      Lifetime life = Lifetime.whole();
      trial.first(life);
      Map<String, String> end = trial.end();
      assertThat(trial.wrong()).as("%s, undisturbed", scenario).isEmpty();
      Outcome outcome = scenario.outcome(canPutBack(), trial.wentDark());
      assertThat(end)
          .as("%s, undisturbed", scenario)
          .containsEntry("the outcome", outcome.name())
          .containsEntry("what serves " + production(), scenario.serving(outcome))
          .containsEntry("the leases that are left", "[]");
      return new Undisturbed(end, life.boundaries());
    }
  }

  /** At least once is all that can be had of a vendor that promises nothing. */
  private void assumeEffectsCanBeSettled() {
    try (Deployer deployer = newDeployer()) {
      Guarantees promised = deployer.guarantees();
      assumeTrue(
          promised.upload() != Guarantees.Kind.NONE && promised.activate() != Guarantees.Kind.NONE,
          "the vendor promises nothing by which a lost write could be told");
    }
  }

  /**
   * Where the first process dies and where the second one does. What the second has before it is
   * not known, and about what the first had left: one that would have to die later does not.
   */
  private List<List<Integer>> pairs(int boundaries) {
    int wanted = secondDeaths();
    return IntStream.range(0, wanted)
        .mapToObj(
            pair -> {
              int first = (int) ((long) pair * boundaries / wanted);
              int second = pair * STRIDE % (boundaries - first + 1);
              return List.of(first, second);
            })
        .distinct()
        .toList();
  }

  /** What goes wrong if one process after the other dies at these boundaries. */
  private List<String> failures(
      CrashScenario scenario, Undisturbed undisturbed, List<Integer> deaths) {
    List<String> died = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    try (CrashTrial trial = new CrashTrial(this, scenario)) {
      for (int boundary : deaths) {
        Lifetime life = Lifetime.until(boundary);
        if (died.isEmpty()) {
          trial.first(life);
        } else {
          trial.next(life);
        }
        if (died.isEmpty() && life.death().isEmpty()) {
          wrong.add("it never came to boundary " + boundary + ", where it was to die");
        }
        died.add(life.death().orElse("nowhere"));
      }
      trial.next(Lifetime.whole());
      Map<String, String> end = trial.end();
      undisturbed
          .end()
          .forEach(
              (what, expected) -> {
                String seen = end.getOrDefault(what, "nothing");
                if (!seen.equals(expected)) {
                  wrong.add(what + ": " + seen + " instead of " + expected);
                }
              });
      wrong.addAll(trial.wrong());
    } catch (RuntimeException e) {
      wrong.add("it threw " + e);
    }
    String where = scenario + ", died " + String.join(", then ", died) + ": ";
    return wrong.stream().map(sentence -> where + sentence).toList();
  }
}
