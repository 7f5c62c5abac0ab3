package nl.praatmetjeboekhouding.dirk.proof.duel;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the processes said.
 *
 * @param taken when each epoch was taken
 * @param settled the effects whose result was written
 * @param fenced the effects that were sent and whose result was refused
 * @param heldBack the effects that were never sent because their intent was refused
 */
record Told(
    TreeMap<Long, Instant> taken, Set<String> settled, Set<String> fenced, Set<String> heldBack) {

  static Told nothing() {
    return new Told(new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
  }

  synchronized void hear(String line) {
    String[] words = line.split(" ", 3);
    boolean isNew =
        switch (words[0]) {
          case Duelist.TOOK -> taken.put(Long.parseLong(words[1]), Instant.parse(words[2])) == null;
          case Duelist.SETTLED -> settled.add(words[1]);
          case Duelist.FENCED -> fenced.add(words[1]);
          case Duelist.HELD_BACK -> heldBack.add(words[1]);
          default -> false;
        };
    if (!isNew) {
      throw new IllegalStateException("said twice, or makes no sense: " + line);
    }
  }

  /** Whether somebody else had taken the lease before this took place. */
  boolean isStale(Landing landing) {
    Map.Entry<Long, Instant> next = taken.higherEntry(landing.epoch());
    return next != null && next.getValue().isBefore(landing.at());
  }
}
