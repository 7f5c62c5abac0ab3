package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code Cloudflare-Workers-Version-Overrides}: a dictionary of strings (RFC 8941, section
 * 3.2) from Worker to version. A header that is not one says nothing.
 */
final class Overrides {

  static final String HEADER = "Cloudflare-Workers-Version-Overrides";

  private static final Pattern MEMBER =
      Pattern.compile("([a-z*][a-z0-9_.*-]*)=\"([\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]*)\"");

  private Overrides() {}

  /** The version wanted for a Worker. */
  static Optional<String> wanted(List<String> headers, String worker) {
    Map<String, String> members = new HashMap<>();
    for (String member : String.join(",", headers).split(",", -1)) {
      Matcher matcher = MEMBER.matcher(member.strip());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      members.put(matcher.group(1), matcher.group(2));
    }
    return Optional.ofNullable(members.get(worker));
  }
}
