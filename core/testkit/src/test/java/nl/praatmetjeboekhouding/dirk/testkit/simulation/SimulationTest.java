package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import org.junit.jupiter.api.Test;

/** What must hold holds, whatever goes wrong; the profile "proof" plays many more seeds. */
final class SimulationTest {

  private static final long SEEDS = 4_000;

  /** Nobody cancels a simulated run, and none is left waiting. */
  private static final Set<Outcome> ENDS =
      EnumSet.complementOf(EnumSet.of(Outcome.CANCELLED, Outcome.WAITING));

  private static final Set<String> KINDS =
      Arrays.stream(Fault.Kind.values()).map(Fault.Kind::name).collect(toSet());

  @Test
  void whatMustHoldHoldsOnBadDays() {
    Findings found = Simulation.standard().play(1, SEEDS);

    assertThat(found.violations()).as(found.toString()).isEmpty();
    assertThat(found.outcomes()).containsOnlyKeys(ENDS);
    assertThat(found.faults()).containsOnlyKeys(KINDS);
  }

  @Test
  void whatMayHappenTwiceBeyondTheWindowIsTold() {
    Findings found = Simulation.beyondTheWindow().play(1, SEEDS);

    assertThat(found.violations()).as(found.toString()).isEmpty();
    assertThat(found.doubled()).isPositive();
  }

  @Test
  void nothingHappensTwiceWithinTheWindowUnlessSomethingLandedLate() {
    Findings found = Simulation.of(Rates.standard().withStrangers(0).withStops(0)).play(1, SEEDS);

    assertThat(found.violations()).as(found.toString()).isEmpty();
    assertThat(found.doubled()).isZero();
  }

  @Test
  void nothingGoesWrongWhereNothingCan() {
    Findings found = Simulation.of(Rates.none()).play(1, 500);

    assertThat(found.violations()).as(found.toString()).isEmpty();
    assertThat(found.faults()).isEmpty();
    assertThat(found.outcomes()).doesNotContainKeys(Outcome.CONFLICT, Outcome.SUPERSEDED);
  }

  @Test
  void aSeedIsAlwaysTheSameStory() {
    Simulation simulation = Simulation.standard();

    for (long seed = 1; seed <= 50; seed++) {
      assertThat(simulation.tell(seed)).isEqualTo(Simulation.standard().tell(seed));
    }
    assertThat(simulation.tell(1)).isNotEqualTo(simulation.tell(2));
  }

  @Test
  void aRangeIsTheSameAsItsParts() {
    Simulation simulation = Simulation.standard();

    Findings whole = simulation.play(1, 200);
    Findings first = simulation.play(1, 120);
    Findings second = simulation.play(121, 80);

    assertThat(whole.runs()).isEqualTo(first.runs() + second.runs());
    assertThat(whole.seeds()).isEqualTo(200);
  }

  @Test
  void anEmbeddersOwnRolloutAndLayersHold() {
    // snippet: own-layers
    RolloutPolicy rollout =
        RolloutPolicy.standard().withRamp(List.of(5, 25), Duration.ofMinutes(2));

    Findings found =
        Simulation.standard()
            .withRollout(rollout)
            .withDeployer(PatientReads::new) // stands between Dirk and the vendor
            .play(1, 300);

    assertThat(found.violations()).as(found.toString()).isEmpty();
    // end
  }

  @Test
  void anEmbeddersOwnListenerHearsTheRuns() {
    LongAdder begun = new LongAdder();

    Findings found =
        Simulation.of(Rates.none())
            .withRunbooks(
                runbooks -> {
                  begun.increment();
                  return runbooks;
                })
            .play(1, 50);

    assertThat(begun.sum()).isEqualTo(found.runs());
  }

  @Test
  void aViolationNamesItsSeedAndWhatItTakes() {
    PlantedFlaw flaw = PlantedFlaw.all().get(1);
    Findings found = flaw.in(Simulation.standard()).play(1, 500);
    Violation violation = found.violations().get(0);

    assertThat(violation.toString())
        .startsWith("seed " + violation.seed() + " breaks " + violation.invariant() + ": ")
        .contains("It takes: " + String.join("; ", violation.schedule()) + ".")
        .contains(violation.story());
    assertThat(flaw.in(Simulation.standard()).check(violation.seed())).contains(violation);
    assertThat(Simulation.standard().check(violation.seed())).isEmpty();
    assertThat(found.toString()).contains(violation.toString());
  }

  @Test
  void ratesArePartsOfOne() {
    assertThatThrownBy(() -> Rates.standard().withCalls(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rates must be 0 to 1: 1.5");
  }
}
