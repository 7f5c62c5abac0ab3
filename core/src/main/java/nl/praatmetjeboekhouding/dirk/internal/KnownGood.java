package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * Which versions a target's gate has passed, as the journal tells; a fold over the runs that ended.
 */
final class KnownGood {

  private final List<Version> newestFirst = new ArrayList<>();
  private final Set<String> bad = new HashSet<>();
  private Optional<Version> lastPutBack = Optional.empty();
  private Optional<Version> lastPutAway = Optional.empty();

  private KnownGood() {}

  /**
   * As the runs tell, also those that are not over.
   *
   * @param resource the vendor's own name of the target, on which they held their leases
   */
  static KnownGood of(Journal journal, Target target, String resource) {
    KnownGood known = new KnownGood();
    OtherRuns.of(journal, target, resource).forEach(run -> known.add(run.facts(), target));
    return known;
  }

  private void add(Facts facts, Target target) {
    facts.bad().stream()
        .filter(version -> version.target().equals(target))
        .forEach(version -> bad.add(version.id()));
    if (facts.changedProduction()) {
      lastPutBack = facts.putBack().filter(version -> version.target().equals(target));
      lastPutAway = facts.bad().stream().findFirst();
    }
    facts
        .knownGood()
        .filter(version -> version.target().equals(target))
        .ifPresent(
            version -> {
              bad.remove(version.id());
              newestFirst.removeIf(earlier -> earlier.id().equals(version.id()));
              newestFirst.add(0, version);
            });
  }

  /** The version that the last change of production put back, if the last change did that. */
  Optional<Version> lastPutBack() {
    return lastPutBack;
  }

  /** What was put away for {@link #lastPutBack()}, if it is known. */
  Optional<Version> lastPutAway() {
    return lastPutAway;
  }

  /** The newest good one of this label. */
  Optional<Version> labelled(String label) {
    return newestFirst.stream()
        .filter(good -> good.release().filter(one -> one.label().equals(label)).isPresent())
        .findFirst();
  }

  /** The labels of the good ones, newest first. */
  List<String> labels() {
    return newestFirst.stream()
        .flatMap(good -> good.release().stream())
        .map(Release::label)
        .distinct()
        .toList();
  }

  /** Whether it failed, or was put away, and has not been good since. */
  boolean isBad(String version) {
    return bad.contains(version);
  }

  /** What to go back to in place of a version that is known to be bad. */
  Optional<Version> betterThan(Version serving) {
    return isBad(serving.id()) ? newestBut(serving.id()) : Optional.empty();
  }

  /** The newest that is neither bad nor the one given. */
  Optional<Version> newestBut(String version) {
    return newestFirst.stream()
        .filter(good -> !good.id().equals(version) && !bad.contains(good.id()))
        .findFirst();
  }
}
