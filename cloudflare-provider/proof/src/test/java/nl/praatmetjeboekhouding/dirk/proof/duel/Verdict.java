package nl.praatmetjeboekhouding.dirk.proof.duel;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import nl.praatmetjeboekhouding.dirk.journal.Entry;

/**
 * What came of a duel.
 *
 * @param accepted entries of the journal
 * @param epochs leases that were taken
 * @param stops how often a process was stopped
 * @param landed effects that took place
 * @param refused appends that were refused for a stale epoch
 * @param stale effects that took place when their lease was gone
 * @param detected of those, the ones that their sender knows of and the journal leaves open
 * @param violations of what is promised; none is expected
 */
record Verdict(
    long accepted,
    long epochs,
    long stops,
    long landed,
    long refused,
    long stale,
    long detected,
    List<String> violations) {

  static final String EXPECTED = "no stale append accepted, every stale effect detected";

  static Verdict of(List<Entry> entries, Told told, List<Landing> landings, long stops) {
    List<String> violations = new ArrayList<>(inversions(entries));
    Set<String> intended = tokens(entries, Duelist.INTENT);
    Set<String> settled = tokens(entries, Duelist.RESULT);
    List<Landing> stale = landings.stream().filter(told::isStale).toList();
    List<Landing> undetected =
        stale.stream()
            .filter(
                landing ->
                    settled.contains(landing.token()) || !told.fenced().contains(landing.token()))
            .toList();
    undetected.forEach(landing -> violations.add("not detected: " + landing));
    landings.stream()
        .filter(landing -> !intended.contains(landing.token()))
        .forEach(landing -> violations.add("sent without a durable intent: " + landing));
    Set<String> lost = new TreeSet<>(told.settled());
    lost.removeAll(settled);
    lost.forEach(token -> violations.add("an acknowledged result is not there: " + token));
    if (!tokens(entries, "again").isEmpty()) {
      violations.add("accepted from who had been fenced: " + tokens(entries, "again"));
    }
    return new Verdict(
        entries.size(),
        told.taken().size(),
        stops,
        landings.size(),
        // each was tried twice
        2L * (told.fenced().size() + told.heldBack().size()),
        stale.size(),
        stale.size() - undetected.size(),
        violations);
  }

  /** Entries of an epoch that come after those of a later one. */
  private static List<String> inversions(List<Entry> entries) {
    List<String> found = new ArrayList<>();
    long highest = 0;
    for (Entry entry : entries) {
      long epoch = epoch(entry);
      if (epoch < highest) {
        found.add("epoch " + epoch + " after " + highest + ": " + entry);
      }
      highest = Math.max(highest, epoch);
    }
    return found;
  }

  private static long epoch(Entry entry) {
    return entry.record().data().path("epoch").asLong();
  }

  private static Set<String> tokens(List<Entry> entries, String type) {
    return entries.stream()
        .filter(entry -> entry.record().type().equals(type))
        .map(entry -> entry.record().data().path("token").asText())
        .collect(toSet());
  }

  /** Whether there was something that could have gone wrong, and nothing did. */
  boolean holds() {
    return stops > 0 && refused > 0 && stale > 0 && violations.isEmpty();
  }

  @Override
  public String toString() {
    return accepted
        + " appends accepted, "
        + refused
        + " refused as stale, "
        + epochs
        + " epochs, "
        + stops
        + " stops, "
        + landed
        + " effects, "
        + stale
        + " of them stale, "
        + detected
        + " of those detected"
        + (violations.isEmpty() ? "" : "; " + violations);
  }
}
