package nl.praatmetjeboekhouding.dirk.context;

import static java.util.Objects.requireNonNull;

/**
 * Why a document blocks the run.
 *
 * @param document its name: the path relative to the root
 * @param kind what is the matter
 * @param message the matter as a sentence, with what to do
 */
public record ContextProblem(String document, Kind kind, String message) {

  /** What is the matter. */
  public enum Kind {
    /** It is not there. */
    MISSING,
    /** There is nothing to be seen in it; or no document in the folder. */
    EMPTY,
    /** It cannot be read, or is not what it should be: a file, a folder. */
    UNREADABLE,
    /** Its name or a link leads out of the root. */
    OUTSIDE,
    /** It is larger than allowed. */
    TOO_LARGE,
    /** It changes while it is read. */
    UNSTABLE,
    /** Nobody said to have read it. */
    NOT_ACKNOWLEDGED,
    /** It is not what was read any more. */
    CHANGED,
    /** It came into its folder after the folder was read. */
    ADDED,
    /** It was read but is gone from its folder. */
    REMOVED
  }

  /** Checks that nothing is null. */
  public ContextProblem {
    requireNonNull(document, "document");
    requireNonNull(kind, "kind");
    requireNonNull(message, "message");
  }

  /** {@code document: message}, on one line whatever the document is called. */
  @Override
  public String toString() {
    return (document + ": " + message).replaceAll("\\p{Cntrl}", "?");
  }
}
