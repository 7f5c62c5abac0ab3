package nl.praatmetjeboekhouding.dirk.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.error.Fault;

/** Collects what is wrong, so that all of it is told together. Not thread-safe. */
final class Faults {

  /** More than these are one mistake repeated, and nobody reads on. */
  private static final int MOST = 200;

  private final List<Fault> faults = new ArrayList<>();

  void add(Place place, String message) {
    add(place.fault(message));
  }

  void add(Fault fault) {
    faults.add(fault);
  }

  /** All of them, each once, in the order of the text; of very many the first. */
  List<Fault> all() {
    List<Fault> told =
        faults.stream()
            .distinct()
            .sorted(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column))
            .limit(MOST)
            .collect(Collectors.toCollection(ArrayList::new));
    if (faults.size() > MOST) {
      told.add(Fault.of(faults.get(0).source(), (faults.size() - MOST) + " more faults follow"));
    }
    return List.copyOf(told);
  }
}
