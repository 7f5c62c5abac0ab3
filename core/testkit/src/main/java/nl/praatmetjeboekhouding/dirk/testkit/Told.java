package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;

/** What a sighting says. */
final class Told {

  private Told() {}

  /** The effect that stands, or empty if the sighting says anything else. */
  static <T> Optional<T> done(Sighting<T> sighting) {
    return sighting instanceof Sighting.Done<T> done ? Optional.of(done.value()) : Optional.empty();
  }

  /** The effect that carried the key, standing or not, or empty if none was found. */
  static <T> Optional<T> carried(Sighting<T> sighting) {
    return sighting instanceof Sighting.Superseded<T> superseded
        ? Optional.of(superseded.value())
        : done(sighting);
  }
}
