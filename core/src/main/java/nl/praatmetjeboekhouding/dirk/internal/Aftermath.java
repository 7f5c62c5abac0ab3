package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * What other runs have just done to production. It may not be shown yet, or the vendor may still be
 * at work on it: who reads production then takes the version before for what serves, and what comes
 * later for a stranger's.
 */
record Aftermath(String run, Ledger ledger, Looks looks, Journal journal) {

  /** The step that reads production. */
  static final String READING = "read production";

  /**
   * Waits until it is over, unless production was read before: whoever takes a run up that has
   * changed it must not be stopped here.
   *
   * @param note hears what people must know if it is not
   */
  Taken<String> settle(Target production, Consumer<String> note) {
    if (ledger.hasDecided(READING)) {
      return new Taken.Done<>("");
    }
    List<OtherRuns.Uploaded> uploaded =
        OtherRuns.atWork(journal, production, run, ledger.written());
    for (OtherRuns.Uploaded other : uploaded) {
      looks.awaitBefore("version of " + other.run(), other.version()).ifPresent(note);
    }
    if (!uploaded.isEmpty()) {
      return settle(uploaded.get(uploaded.size() - 1).run(), looks.settleWindow());
    }
    return OtherRuns.justChanged(journal, production, run, looks.settleWindow(), ledger.written())
        .map(other -> settle(other.run(), other.wake().left(ledger.written())))
        .orElseGet(() -> new Taken.Done<>(""));
  }

  private Taken<String> settle(String other, Duration left) {
    String why = "what run " + other + " changed may not be shown yet";
    return ledger.decide(
        "let " + other + " settle",
        Forms.TEXT,
        pauses -> {
          pauses.pause(why, left);
          return Decided.of(other, why);
        });
  }
}
