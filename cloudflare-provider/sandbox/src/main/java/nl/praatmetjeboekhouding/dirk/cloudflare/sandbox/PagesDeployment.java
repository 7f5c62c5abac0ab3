package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

/**
 * A deployment of a Pages project that the sandbox has.
 *
 * @param id the API's id of it
 * @param branch of which it is
 * @param production whether that is the production branch; if not, it is a preview
 * @param message its commit message; empty if none was sent
 */
public record PagesDeployment(String id, String branch, boolean production, String message) {

  /** Checks that nothing is null. */
  public PagesDeployment {
    requireNonNull(id, "id");
    requireNonNull(branch, "branch");
    requireNonNull(message, "message");
  }

  static PagesDeployment of(PagesUpload upload) {
    return new PagesDeployment(
        upload.id(),
        upload.branch(),
        upload.isProduction(),
        upload.said().getOrDefault("commit_message", ""));
  }
}
