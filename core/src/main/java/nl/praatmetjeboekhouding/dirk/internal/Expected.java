package nl.praatmetjeboekhouding.dirk.internal;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * By what a gate knows the version that it waits for: the vendor's id, our step key, the release's
 * digest or its label. What the version before may call itself too proves nothing and is not
 * accepted.
 *
 * @param names what the version may call itself
 * @param ambiguous what both may call themselves
 * @param isUnnamed whether nobody knows what the version calls itself, as when a person deployed
 *     it; then any name will do that is not one of {@code others}
 * @param others what the version calls itself that is put away
 */
record Expected(Set<String> names, Set<String> ambiguous, boolean isUnnamed, Set<String> others) {

  Expected {
    names = Set.copyOf(names);
    ambiguous = Set.copyOf(ambiguous);
    others = Set.copyOf(others);
  }

  /**
   * For a version that is put back.
   *
   * @param bad what is put away, if it is known
   * @param said what {@code good} called itself while it served, if somebody looked then
   */
  static Expected putBack(Version good, Optional<Version> bad, Optional<String> said) {
    Expected named = of(good, bad).or(said);
    boolean isUnnamed = good.release().isEmpty() && said.isEmpty();
    Set<String> others = bad.map(Expected::namesOf).orElseGet(LinkedHashSet::new);
    others.removeAll(named.names());
    return new Expected(named.names(), named.ambiguous(), isUnnamed, others);
  }

  /** Whether this is the version's name, or may be if nobody knows its name. */
  boolean accepts(Optional<String> name) {
    return isName(name) || (isUnnamed && name.filter(others::contains).isEmpty());
  }

  /** Whether this is the version's name. */
  boolean isName(Optional<String> name) {
    return name.filter(names::contains).isPresent();
  }

  /**
   * The names of {@code wanted} that what served before cannot also have.
   *
   * @param other what served before, if it is known
   * @param said what the service called itself before anything was changed
   */
  static Expected of(Version wanted, Optional<Version> other, Optional<String> said) {
    Set<String> names = namesOf(wanted);
    Set<String> shared = new LinkedHashSet<>();
    if (other.filter(version -> isSame(version, wanted)).isEmpty()) {
      other.map(Expected::namesOf).ifPresent(shared::addAll);
      said.ifPresent(shared::add);
      shared.retainAll(names);
    }
    names.removeAll(shared);
    return new Expected(names, shared, false, Set.of());
  }

  /** The names of {@code wanted} that {@code other} cannot also have. */
  static Expected of(Version wanted, Optional<Version> other) {
    return of(wanted, other, Optional.empty());
  }

  /** These and one more, such as what the service called itself before anything was changed. */
  Expected or(Optional<String> name) {
    Set<String> all = new LinkedHashSet<>(names);
    name.filter(more -> !ambiguous.contains(more)).ifPresent(all::add);
    return new Expected(all, ambiguous, isUnnamed, others);
  }

  private static boolean isSame(Version one, Version two) {
    return one.id().equals(two.id())
        || (one.release().isPresent()
            && one.release().map(Release::digest).equals(two.release().map(Release::digest)));
  }

  private static Set<String> namesOf(Version version) {
    Set<String> names = new LinkedHashSet<>();
    names.add(version.id());
    version.key().ifPresent(names::add);
    version
        .release()
        .ifPresent(
            release -> {
              names.add(release.label());
              names.add(release.digest().hex());
              names.add(release.digest().abbreviated());
            });
    return names;
  }
}
