package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What Cloudflare's lists say about a version that is uploaded without traffic.
 *
 * @param tag a name for the version, at most 100 bytes, or empty
 * @param message a sentence for people, of which Cloudflare keeps 1000 bytes, or empty
 * @param alias a name for its preview address, which a later version may take over, or empty
 */
public record VersionNote(Optional<String> tag, Optional<String> message, Optional<String> alias) {

  /** Checks that nothing is null. */
  public VersionNote {
    requireNonNull(tag, "tag");
    requireNonNull(message, "message");
    requireNonNull(alias, "alias");
  }

  /** Says nothing. */
  public static VersionNote none() {
    return new VersionNote(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** This one, with a name for the version. */
  public VersionNote withTag(String name) {
    return new VersionNote(Optional.of(name), message, alias);
  }

  /** This one, with a sentence. */
  public VersionNote withMessage(String sentence) {
    return new VersionNote(tag, Optional.of(sentence), alias);
  }

  /** This one, with a name for its preview address. */
  public VersionNote withAlias(String name) {
    return new VersionNote(tag, message, Optional.of(name));
  }

  /**
   * This one, with a preview address that is named after a branch, as Cloudflare's own builds name
   * it; without one if no name can be made of it, as of a branch called {@code 42}.
   *
   * @param worker what the Worker is called, of which the address holds both
   */
  public VersionNote withAliasOf(String worker, String branch) {
    return new VersionNote(tag, message, PreviewAlias.of(worker, branch));
  }
}
