package nl.praatmetjeboekhouding.dirk.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;

/** Collects what is wrong, so that all of it is told together. Not thread-safe. */
final class Faults {

  private final List<Fault> faults = new ArrayList<>();

  void add(Place place, String message) {
    faults.add(place.fault(message));
  }

  void throwIfAny() {
    if (!faults.isEmpty()) {
      faults.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
      throw new ConfigurationException(faults);
    }
  }
}
