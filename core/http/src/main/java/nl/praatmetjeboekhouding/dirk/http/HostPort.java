package nl.praatmetjeboekhouding.dirk.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place to connect to.
 *
 * @param host a name or an address, in lower case and without brackets
 * @param port from 1 to 65535
 */
record HostPort(String host, int port) {

  private static final Pattern FORM =
      Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]/]+)):(\\d{1,5})");

  HostPort {
    host = host.toLowerCase(Locale.ROOT);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port must be from 1 to 65535: " + port);
    }
  }

  /** Reads {@code host:port} or {@code [address]:port}. */
  static HostPort parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be host:port: " + text);
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return new HostPort(host, Integer.parseInt(matcher.group(3)));
  }
}
