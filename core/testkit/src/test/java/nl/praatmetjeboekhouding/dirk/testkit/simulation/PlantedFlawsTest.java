package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong on purpose is noticed, and told with as little as it takes. */
final class PlantedFlawsTest {

  private static final long SEEDS = 1500;

  @ParameterizedTest
  @MethodSource("nl.praatmetjeboekhouding.dirk.testkit.simulation.PlantedFlaw#all")
  void isFoundWithTheLeastThatItTakes(PlantedFlaw flaw) {
    Findings found = flaw.in(Simulation.standard()).play(1, SEEDS);

    assertThat(found.violations()).as(found.toString()).isNotEmpty();
    assertThat(found.violations())
        .as(found.toString())
        .anySatisfy(
            violation -> {
              assertThat(violation.invariant()).isEqualTo(flaw.invariant());
              assertThat(violation.schedule()).hasSizeLessThanOrEqualTo(flaw.faults());
              assertThat(violation.story()).isNotEmpty();
            });
  }
}
