package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What Cloudflare's lists say about a version and its deployment.
 *
 * @param tag a name for the version, at most 100 bytes, or empty
 * @param message a sentence for people, of which Cloudflare keeps 1000 bytes, or empty
 */
public record DeployNote(Optional<String> tag, Optional<String> message) {

  /** Checks that nothing is null. */
  public DeployNote {
    requireNonNull(tag, "tag");
    requireNonNull(message, "message");
  }

  /** Says nothing. */
  public static DeployNote none() {
    return new DeployNote(Optional.empty(), Optional.empty());
  }

  /** This one, with a name for the version. */
  public DeployNote withTag(String name) {
    return new DeployNote(Optional.of(name), message);
  }

  /** This one, with a sentence. */
  public DeployNote withMessage(String sentence) {
    return new DeployNote(tag, Optional.of(sentence));
  }
}
