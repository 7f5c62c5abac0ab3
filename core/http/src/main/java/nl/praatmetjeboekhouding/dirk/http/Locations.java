package nl.praatmetjeboekhouding.dirk.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Where a redirect points to. */
final class Locations {

  private Locations() {}

  /** The host in the Location header, or empty if there is none or it names no host. */
  static Optional<String> host(Map<String, String> headers) {
    try {
      return Optional.ofNullable(headers.get("location"))
          .map(location -> URI.create(location).getHost());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
