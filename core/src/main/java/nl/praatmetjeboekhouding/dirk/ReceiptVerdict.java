package nl.praatmetjeboekhouding.dirk;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Whether a receipt is as it was made.
 *
 * @param damage where it is not; empty if all of it is
 * @param head the hash of the run's last entry, to be compared with one that was kept elsewhere;
 *     empty text if the receipt does not get that far
 * @param signed whether a signature was checked, and is right
 */
public record ReceiptVerdict(Optional<Damage> damage, String head, boolean signed) {

  /**
   * The first place where a receipt does not agree with itself.
   *
   * @param field which part, such as {@code entry}, {@code hash}, {@code report/status}
   * @param sequence the number of the entry, if it is about one
   * @param step the entry's step, if it has one
   * @param from the first byte of that part, counted from 0; -1 if it has no place of its own
   * @param to the byte behind it; -1 if it has none
   * @param account what is wrong, for people
   */
  public record Damage(
      String field,
      Optional<Long> sequence,
      Optional<String> step,
      long from,
      long to,
      String account) {

    /** Checks that nothing is null. */
    public Damage {
      requireNonNull(field, "field");
      requireNonNull(sequence, "sequence");
      requireNonNull(step, "step");
      requireNonNull(account, "account");
    }

    /** As one sentence. */
    @Override
    public String toString() {
      String entry =
          sequence.map(number -> "entry " + number).orElse("")
              + step.map(name -> " (" + name + ")").orElse("");
      String bytes = from < 0 ? "" : ", bytes " + from + " to " + to;
      return (entry.isEmpty() ? field : entry + ", " + field) + bytes + ": " + account;
    }
  }

  /** Checks that nothing is null. */
  public ReceiptVerdict {
    requireNonNull(damage, "damage");
    requireNonNull(head, "head");
  }

  /** Whether nothing was found wrong. */
  public boolean isIntact() {
    return damage.isEmpty();
  }

  /** As one sentence. */
  @Override
  public String toString() {
    return damage.map(Damage::toString).orElse(signed ? "intact, signature right" : "intact");
  }
}
