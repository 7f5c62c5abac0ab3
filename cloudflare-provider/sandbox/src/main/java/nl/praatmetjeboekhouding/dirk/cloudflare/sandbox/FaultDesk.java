package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The faults in place; the one planted first is met first. Safe for use by several threads. */
final class FaultDesk<F> {

  record Entry<F>(F fault, PlantedFault planted) {}

  private final List<Entry<F>> entries = new CopyOnWriteArrayList<>();

  PlantedFault plant(F fault, int spared, int times) {
    PlantedFault planted = new PlantedFault(spared, times);
    entries.add(new Entry<>(fault, planted));
    return planted;
  }

  Optional<Entry<F>> next(Predicate<F> meets) {
    for (Entry<F> entry : entries) {
      if (meets.test(entry.fault()) && entry.planted().take()) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }
}
