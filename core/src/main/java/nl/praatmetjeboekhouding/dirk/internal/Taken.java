package nl.praatmetjeboekhouding.dirk.internal;

import nl.praatmetjeboekhouding.dirk.error.FailureKind;

/** What came of a step. */
sealed interface Taken<T> {

  /** It is so. */
  record Done<T>(T value) implements Taken<T> {}

  /** It certainly is not so. */
  record NotDone<T>(FailureKind kind, String why) implements Taken<T> {}

  /** Nobody knows. */
  record Unknown<T>(String why) implements Taken<T> {}

  default boolean isUnknown() {
    return this instanceof Unknown;
  }

  /** Why it is not done; empty text if it is. */
  default String why() {
    if (this instanceof NotDone<T> notDone) {
      return notDone.why();
    }
    return this instanceof Unknown<T> unknown ? unknown.why() : "";
  }

  /** One word for why it is not done; empty text if it is. */
  default String reason() {
    if (this instanceof NotDone<T> notDone) {
      return notDone.kind().name();
    }
    return isUnknown() ? "UNKNOWN" : "";
  }

  /** Whether somebody else's change stands in the way. */
  default boolean isConflict() {
    return this instanceof NotDone<T> notDone && notDone.kind() == FailureKind.CONFLICT;
  }
}
