package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;

/**
 * What a probe looks at.
 *
 * @param uri where; absolute
 * @param identity where the answer tells which version gave it
 * @param headers what is sent along, such as a version override; names in any case
 */
public record Endpoint(URI uri, IdentityRule identity, Map<String, String> headers) {

  /** Checks that the URI is absolute. */
  public Endpoint {
    requireNonNull(uri, "uri");
    requireNonNull(identity, "identity");
    headers = Map.copyOf(headers);
    if (!uri.isAbsolute()) {
      throw new IllegalArgumentException("uri must be absolute: " + uri);
    }
  }

  /** An endpoint that is asked without further headers. */
  public static Endpoint of(URI uri, IdentityRule identity) {
    return new Endpoint(uri, identity, Map.of());
  }

  /** This one, asked with these headers and no others. */
  public Endpoint withHeaders(Map<String, String> sent) {
    return new Endpoint(uri, identity, sent);
  }
}
