package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

/**
 * The name of one effect, stable over retries and restarts. It travels with the call in a field
 * that the vendor lets us read back, so that the effect can be found later.
 *
 * @param run the run's id
 * @param step the step's name, unique in its run
 */
public record StepKey(String run, String step) {

  private static final int LONGEST = 100;

  /** Checks that nothing is null or blank. */
  public StepKey {
    requireNonNull(run, "run");
    requireNonNull(step, "step");
    if (run.isBlank() || step.isBlank()) {
      throw new IllegalArgumentException("run and step must not be blank: " + run + ", " + step);
    }
  }

  /**
   * The key as it travels: {@code dirk:RUN:STEP} in letters, digits and {@code . _ : -}, at most
   * 100 characters. A longer one, or one with other characters, ends in a digest of the whole, so
   * that two keys share a text only if they differ in nothing but spaces and hyphens.
   */
  public String text() {
    String text = "dirk:" + run + ":" + step;
    String plain = text.replaceAll("[^A-Za-z0-9._:-]", "-");
    if (plain.length() <= LONGEST && plain.equals(text.replace(' ', '-'))) {
      return plain;
    }
    String digest = Digest.of(text).abbreviated();
    return plain.substring(0, Math.min(plain.length(), LONGEST - digest.length() - 1))
        + "-"
        + digest;
  }

  @Override
  public String toString() {
    return text();
  }
}
