package nl.praatmetjeboekhouding.dirk.spi;

/** What level of these interfaces a provider was compiled against. */
public final class Spi {

  /**
   * The level of this jar: a constant, so that a provider's class file keeps the one it was
   * compiled with.
   */
  public static final int LEVEL = 1;

  private Spi() {}
}
