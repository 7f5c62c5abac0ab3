package nl.praatmetjeboekhouding.dirk.internal;

import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Outcome;

/** How a story ended. */
record Ending(
    Outcome outcome,
    Optional<String> reason,
    String summary,
    List<Deployed> deployed,
    List<String> notes,
    Facts facts) {

  static Ending of(Outcome outcome, String summary) {
    return new Ending(
        outcome, Optional.empty(), summary, List.of(), List.of(), Facts.nothingChanged());
  }

  Ending because(String word) {
    return new Ending(
        outcome,
        word.isEmpty() ? Optional.empty() : Optional.of(word),
        summary,
        deployed,
        notes,
        facts);
  }

  Ending with(List<Deployed> serving) {
    return new Ending(outcome, reason, summary, serving, notes, facts);
  }

  Ending noting(List<String> sentences) {
    return new Ending(outcome, reason, summary, deployed, sentences, facts);
  }

  Ending leaving(Facts left) {
    return new Ending(outcome, reason, summary, deployed, notes, left);
  }
}
