package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What a gate says of a deploy to production.
 *
 * @param gate its name, such as {@code freeze:christmas} or {@code error-budget}
 * @param rule what it goes by; a plan's hash stands for it
 * @param verdict what follows
 * @param account what it saw, for people; may be empty text
 */
public record GateReport(String gate, String rule, Verdict verdict, String account) {

  /** What follows from what a gate saw. */
  public enum Verdict {
    /** Nothing stands in the way. */
    PASSES,
    /** Nothing stands in the way, but somebody should know what it saw. */
    NOTES,
    /** Nothing goes on unless the plan is approved. */
    NEEDS_APPROVAL,
    /** Nothing goes on. */
    BLOCKS,
    /** It would not let the deploy through, but somebody excepted the deploy from it by name. */
    EXCEPTED;

    /** The word for it in JSON. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks that nothing is null. */
  public GateReport {
    requireNonNull(gate, "gate");
    requireNonNull(rule, "rule");
    requireNonNull(verdict, "verdict");
    requireNonNull(account, "account");
  }
}
