package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong on purpose is noticed, and told with as little as it takes. */
final class PlantedFlawsTest {

  private static final long SEEDS = 1500;

  @Test
  void thereIsOneForEachThingThatMustHold() throws IOException {
    Set<String> documented =
        Pattern.compile("^\\| (I\\d+) \\|", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("../../docs/simulation.md")))
            .results()
            .map(found -> found.group(1))
            .collect(toSet());

    assertThat(PlantedFlaw.all())
        .extracting(PlantedFlaw::invariant)
        .containsAll(documented)
        .isSubsetOf(documented);
    assertThat(documented).hasSizeGreaterThan(10);
  }

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
