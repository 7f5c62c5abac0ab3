package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * Which versions a target's gate has passed, as the journal tells; a fold over the runs that ended.
 */
final class KnownGood {

  private final List<Version> newestFirst = new ArrayList<>();
  private final Set<String> bad = new HashSet<>();
  private Optional<Version> lastPutBack = Optional.empty();

  private KnownGood() {}

  /**
   * As the runs tell that ended.
   *
   * @param resource the vendor's own name of the target, on which they held their leases
   */
  static KnownGood of(Journal journal, Target target, String resource) {
    KnownGood known = new KnownGood();
    journal.heads(RunStream.KIND).stream()
        .sorted(Comparator.comparing(Entry::at))
        .map(entry -> RunRecord.of(entry.record()))
        .filter(RunRecord.Ended.class::isInstance)
        .map(RunRecord.Ended.class::cast)
        .filter(ended -> ended.report().path("service").asText().equals(target.service()))
        .map(ended -> Facts.FORM.read(ended.facts()))
        .sorted(Comparator.comparing(facts -> facts.epochs().getOrDefault(resource, 0L)))
        .forEach(facts -> known.add(facts, target));
    return known;
  }

  private void add(Facts facts, Target target) {
    facts.bad().stream()
        .filter(version -> version.target().equals(target))
        .forEach(version -> bad.add(version.id()));
    if (facts.changedProduction()) {
      lastPutBack = facts.putBack().filter(version -> version.target().equals(target));
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

  /** Whether it failed, or was put away, and has not been good since. */
  boolean isBad(String version) {
    return bad.contains(version);
  }

  /** The newest that is neither bad nor the one given. */
  Optional<Version> newestBut(String version) {
    return newestFirst.stream()
        .filter(good -> !good.id().equals(version) && !bad.contains(good.id()))
        .findFirst();
  }
}
