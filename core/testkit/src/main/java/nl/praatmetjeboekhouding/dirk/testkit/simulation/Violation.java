package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Something that must hold and did not, with as little as it takes to see it.
 *
 * @param seed which came to it
 * @param invariant its number in {@code docs/simulation.md}, such as {@code I5}
 * @param what for people
 * @param scene the vendor and the service
 * @param schedule what went wrong, each of which is needed
 * @param story what happened, in order
 */
public record Violation(
    long seed,
    String invariant,
    String what,
    String scene,
    List<String> schedule,
    List<String> story) {

  /** Checks that nothing is null. */
  public Violation {
    requireNonNull(invariant, "invariant");
    requireNonNull(what, "what");
    requireNonNull(scene, "scene");
    schedule = List.copyOf(schedule);
    story = List.copyOf(story);
  }

  /** All of it, in lines. */
  @Override
  public String toString() {
    return "seed "
        + seed
        + " breaks "
        + invariant
        + ": "
        + what
        + "\n"
        + scene
        + "\nIt takes: "
        + (schedule.isEmpty() ? "nothing at all" : String.join("; ", schedule))
        + ".\n  "
        + String.join("\n  ", story);
  }
}
