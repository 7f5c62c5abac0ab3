package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/**
 * A value that is never shown: a name, and a way to look the value up each time it is needed, so
 * that it may change while Dirk runs. Safe for use by several threads if the look-up is.
 */
public final class Secret {

  private final String name;
  private final Supplier<String> lookup;

  private Secret(String name, Supplier<String> lookup) {
    this.name = requireNonNull(name, "name");
    this.lookup = requireNonNull(lookup, "lookup");
  }

  /** A secret by its name. */
  public static Secret of(String name, Supplier<String> lookup) {
    return new Secret(name, lookup);
  }

  /** What it is called; may be shown. */
  public String name() {
    return name;
  }

  /** The value as it is now. Never to be logged, put into a message or kept. */
  public String reveal() {
    return lookup.get();
  }

  /** The name only. */
  @Override
  public String toString() {
    return "Secret[" + name + "]";
  }
}
