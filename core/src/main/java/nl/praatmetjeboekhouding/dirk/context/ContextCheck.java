package nl.praatmetjeboekhouding.dirk.context;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.context.ContextProblem.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * Sees to it that the mandatory documents were read, as they are, before a run starts. Reads the
 * disk each time it is asked. Immutable; safe for use by several threads.
 */
public final class ContextCheck {

  private final Optional<ContextRules> rules;

  private ContextCheck(Optional<ContextRules> rules) {
    this.rules = rules;
  }

  /** Checks the documents of these rules. */
  public static ContextCheck of(ContextRules rules) {
    return new ContextCheck(Optional.of(requireNonNull(rules, "rules")));
  }

  /** Nothing is mandatory. */
  public static ContextCheck none() {
    return new ContextCheck(Optional.empty());
  }

  /** The documents as they are now, for somebody to read. */
  public ContextReading read() {
    return rules
        .map(some -> new DocumentReader(some).read())
        .orElseGet(() -> new ContextReading(List.of(), List.of()));
  }

  /**
   * What blocks a run for somebody who says to have read this: sorted by document, empty if nothing
   * does.
   */
  public List<ContextProblem> verify(Acknowledgement acknowledgement) {
    requireNonNull(acknowledgement, "acknowledgement");
    return rules.map(some -> verify(some, acknowledgement)).orElseGet(List::of);
  }

  private static List<ContextProblem> verify(ContextRules rules, Acknowledgement acknowledgement) {
    ContextReading reading = new DocumentReader(rules).read();
    Map<String, Digest> read = acknowledgement.documents();
    List<ContextProblem> problems = new ArrayList<>(reading.problems());
    Set<String> named = new HashSet<>();
    reading.problems().forEach(problem -> named.add(problem.document()));
    for (ContextDocument document : reading.documents()) {
      named.add(document.name());
      compare(rules, document, read).ifPresent(problems::add);
    }
    read.keySet().stream()
        .filter(name -> !named.contains(name) && rules.isInFolder(name))
        .filter(name -> named.stream().noneMatch(folder -> ContextRules.isIn(folder, name)))
        .map(
            name ->
                new ContextProblem(
                    name, Kind.REMOVED, "was read but is gone now: read the folder again"))
        .forEach(problems::add);
    problems.sort(Comparator.comparing(ContextProblem::document));
    return List.copyOf(problems);
  }

  private static Optional<ContextProblem> compare(
      ContextRules rules, ContextDocument document, Map<String, Digest> read) {
    String name = document.name();
    Digest before = read.get(name);
    if (before == null) {
      boolean folderWasRead =
          rules.folders().stream()
              .filter(folder -> ContextRules.isIn(folder, name))
              .anyMatch(
                  folder ->
                      read.keySet().stream().anyMatch(other -> ContextRules.isIn(folder, other)));
      return Optional.of(
          folderWasRead
              ? new ContextProblem(name, Kind.ADDED, "came after its folder was read: read it, too")
              : new ContextProblem(
                  name, Kind.NOT_ACKNOWLEDGED, "nobody said to have read it: read it first"));
    }
    return before.equals(document.digest())
        ? Optional.empty()
        : Optional.of(
            new ContextProblem(name, Kind.CHANGED, "is not what was read any more: read it again"));
  }
}
