package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.Locale;

/**
 * Which requests of a zone go to a Worker.
 *
 * @param pattern such as {@code *.example.com/api/*}
 */
record Route(String id, String zoneId, String pattern, String worker) {

  /** The host in a pattern, without scheme and wildcard. */
  static String host(String pattern) {
    String bare = withoutScheme(pattern);
    int slash = bare.indexOf('/');
    String host = slash < 0 ? bare : bare.substring(0, slash);
    return host.replaceFirst("^\\*\\.?", "").toLowerCase(Locale.ROOT);
  }

  /**
   * Whether the pattern covers an address. A leading {@code *} stands for anything, {@code *.} for
   * any subdomain, a closing {@code *} for any rest.
   */
  boolean covers(String host, String path) {
    String bare = withoutScheme(pattern);
    int slash = bare.indexOf('/');
    String hostPattern = slash < 0 ? bare : bare.substring(0, slash);
    String pathPattern = slash < 0 ? "/" : bare.substring(slash);
    boolean hostCovered =
        hostPattern.startsWith("*")
            ? host.endsWith(hostPattern.substring(1))
            : host.equals(hostPattern);
    boolean pathCovered =
        pathPattern.endsWith("*")
            ? path.startsWith(pathPattern.substring(0, pathPattern.length() - 1))
            : path.equals(pathPattern);
    return hostCovered && pathCovered;
  }

  private static String withoutScheme(String pattern) {
    return pattern.replaceFirst("^https?://", "");
  }
}
