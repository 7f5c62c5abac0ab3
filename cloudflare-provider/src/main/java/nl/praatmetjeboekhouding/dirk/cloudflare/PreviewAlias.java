package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.Locale;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/** What a preview address is called after a branch, as Cloudflare's own builds call it. */
final class PreviewAlias {

  /** As many characters as one part of a host name may have: alias, hyphen and Worker are one. */
  private static final int LABEL = 63;

  /** What tells two branches apart of which the alias holds only the beginning. */
  private static final int HASH = 4;

  private PreviewAlias() {}

  /** Empty if no address can be made of it. */
  static Optional<String> of(String worker, String branch) {
    String alias =
        branch
            .replaceAll("[^a-zA-Z0-9-]+", "-")
            .replaceAll("-+", "-")
            .replaceAll("^-|-$", "")
            .toLowerCase(Locale.ROOT);
    int room = LABEL - worker.length() - 1;
    if (alias.isEmpty() || !Character.isLetter(alias.charAt(0))) {
      return Optional.empty();
    }
    if (alias.length() <= room) {
      return Optional.of(alias);
    }
    String end = "-" + hash(branch);
    return room > end.length()
        ? Optional.of(alias.substring(0, room - end.length()) + end)
        : Optional.empty();
  }

  private static String hash(String branch) {
    return Digest.of(branch).hex().substring(0, HASH);
  }
}
