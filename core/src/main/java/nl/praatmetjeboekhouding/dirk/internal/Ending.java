package nl.praatmetjeboekhouding.dirk.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Outcome;

/**
 * How a story ended.
 *
 * @param plan the hash of the plan that the run was bound to, or empty
 */
record Ending(
    Outcome outcome,
    Optional<String> reason,
    String summary,
    List<Deployed> deployed,
    List<String> notes,
    Facts facts,
    Optional<Digest> plan) {

  static Ending of(Outcome outcome, String summary) {
    return new Ending(
        outcome,
        Optional.empty(),
        summary,
        List.of(),
        List.of(),
        Facts.nothingChanged(),
        Optional.empty());
  }

  /** The same under another outcome. */
  Ending as(Outcome other) {
    return new Ending(other, reason, summary, deployed, notes, facts, plan);
  }

  Ending because(String word) {
    return new Ending(
        outcome,
        word.isEmpty() ? Optional.empty() : Optional.of(word),
        summary,
        deployed,
        notes,
        facts,
        plan);
  }

  Ending with(List<Deployed> serving) {
    return new Ending(outcome, reason, summary, serving, notes, facts, plan);
  }

  /** With these sentences after those that it has; none is said twice. */
  Ending noting(List<String> sentences) {
    List<String> all = Stream.concat(notes.stream(), sentences.stream()).distinct().toList();
    return new Ending(outcome, reason, summary, deployed, all, facts, plan);
  }

  Ending leaving(Facts left) {
    return new Ending(outcome, reason, summary, deployed, notes, left, plan);
  }

  /** Of a run that was bound to a plan of this hash. */
  Ending boundTo(Optional<Digest> hash) {
    return new Ending(outcome, reason, summary, deployed, notes, facts, hash);
  }
}
