package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/**
 * An answer calls itself good and is no JSON: one that was cut off, or a page of something in
 * between. Asked again, a whole one may come.
 */
final class NotJson extends IOException {

  private static final long serialVersionUID = 1L;

  private final ProviderException told;

  /**
   * @param told what the caller is told of it
   */
  NotJson(ProviderException told) {
    super(told.getMessage());
    this.told = told;
  }

  ProviderException told() {
    return told;
  }
}
