package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.util.Locale;

/**
 * Where a process is killed.
 *
 * @param boundary of its journal, counted from 0; or of its writing requests, counted likewise
 * @param name for people
 */
record Death(Kind kind, int boundary, String name) {

  /** What it is about to do, or to hear, when it is killed. */
  enum Kind {
    /** It writes to its journal. */
    JOURNAL,
    /** Its request took effect, and the answer is under way. */
    ANSWER_UNDER_WAY,
    /** Its request is under way, and lands after it died. */
    LANDS_LATER,
    /** Its request is under way, and gets lost. */
    GETS_LOST
  }

  @Override
  public String toString() {
    return kind == Kind.JOURNAL
        ? name
        : name + " " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
