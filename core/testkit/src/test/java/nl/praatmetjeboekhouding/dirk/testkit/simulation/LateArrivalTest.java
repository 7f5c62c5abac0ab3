package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.testkit.simulation.Point.Facet;
import nl.praatmetjeboekhouding.dirk.testkit.simulation.Point.Place;
import org.junit.jupiter.api.Test;

/**
 * A switch that hangs at the vendor for longer than the vendor promises, and takes effect when a
 * rollback has come over it.
 */
final class LateArrivalTest {

  private static final Plot THREE_DEPLOYS =
      new Plot(
          Activation.SWITCH,
          false,
          Plot.Reached.NEVER,
          true,
          false,
          RolloutPolicy.atOnce(),
          List.of(deploy(1), deploy(2), deploy(3)));

  /** The rollback's gate has passed by then, and it has not ended. */
  private static final Fault HANGS =
      new Fault(
          new Point(3, Place.ACTIVATE, true, Facet.OVERTAKEN, 1),
          Fault.Kind.OVERTAKEN,
          Duration.ofSeconds(82));

  @Test
  void isSeenByTheRollbackAndEndsAsAConflict() {
    Episode episode = play(Simulation.beyondTheWindow());

    assertThat(episode.story())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("run-30 ended " + Outcome.CONFLICT)
                    .contains("meanwhile deployment"));
    assertThat(episode.invariants().broken()).isEmpty();
  }

  @Test
  void breaksWhatMustHoldIfNobodyLooksForIt() {
    Episode episode =
        play(Simulation.beyondTheWindow().withDeployer(PlantedFlaw::rememberingItsSwitches));

    assertThat(episode.invariants().broken())
        .as(String.join("\n", episode.story()))
        .extracting(Invariants.Broken::invariant)
        .containsOnly("I8");
  }

  private static Episode play(Simulation simulation) {
    return new Episode(simulation, THREE_DEPLOYS, Schedule.of(List.of(HANGS)), true).play();
  }

  private static Order deploy(int number) {
    return new Order(
        number,
        Optional.of(new Order.Content("r" + number, Order.Sick.NOWHERE)),
        Duration.ofMinutes(10),
        false);
  }
}
