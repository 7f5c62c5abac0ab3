package nl.praatmetjeboekhouding.dirk.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A place to connect to.
 *
 * @param host a name or an address, in lower case, without brackets and in its shortest form
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
    int port = Integer.parseInt(matcher.group(3));
    return new HostPort(canonical(host), port);
  }

  /** The host as OkHttp has it in an address that it is asked for. */
  private static String canonical(String host) {
    return new HttpUrl.Builder().scheme("http").host(host).build().host();
  }
}
