package nl.praatmetjeboekhouding.dirk.context;

import static java.util.Objects.requireNonNull;

import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * A mandatory document as it was read.
 *
 * @param name its path relative to the root, with forward slashes
 * @param digest of its bytes
 * @param text its content as UTF-8; what is not UTF-8 is shown as the replacement character
 */
public record ContextDocument(String name, Digest digest, String text) {

  /** Checks that nothing is null. */
  public ContextDocument {
    requireNonNull(name, "name");
    requireNonNull(digest, "digest");
    requireNonNull(text, "text");
  }
}
