package nl.praatmetjeboekhouding.dirk.internal;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;

/** How a run ends after its way back. */
final class Putback {

  private Putback() {}

  static Ending ending(String what, Version good, Optional<Version> bad, WayBack.Went back) {
    String label = good.release().map(release -> release.label()).orElse(good.id());
    Ending ending = ending(what, label, back);
    return ending.leaving(Facts.putBack(good, bad, back));
  }

  private static Ending ending(String what, String label, WayBack.Went back) {
    return switch (back.reached()) {
      case BACK ->
          Ending.of(
              Outcome.ROLLED_BACK,
              Sentence.of(what)
                  + " "
                  + label
                  + " was put back and answers well"
                  + proof(back)
                  + ".");
      case FAILED ->
          Ending.of(
              Outcome.ROLLBACK_FAILED,
              Sentence.of(what)
                  + " "
                  + Sentence.of("Putting " + label + " back failed too: " + back.why()));
      case CONFLICT ->
          Ending.of(
              Outcome.CONFLICT,
              Sentence.of(what) + " " + Sentence.of(label + " was being put back: " + back.why()));
      case UNKNOWN ->
          Ending.of(
              Outcome.HELD,
              Sentence.of(what)
                  + " "
                  + Sentence.of(
                      "Whether " + label + " serves again could not be told: " + back.why())
                  + " Look at it, then resume this task to have it looked at again, or roll back.");
    };
  }

  private static String proof(WayBack.Went back) {
    return back.verdict().filter(seen -> seen.kind() == Verdict.Kind.PASS_UNPROVEN).isPresent()
        ? ", unproven: nobody can tell which version answers"
        : "";
  }
}
