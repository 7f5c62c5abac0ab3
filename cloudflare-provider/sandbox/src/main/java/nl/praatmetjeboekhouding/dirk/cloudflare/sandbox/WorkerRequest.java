package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * What a declared behaviour is asked.
 *
 * @param worker the Worker's name
 * @param version the version that was chosen
 * @param method such as {@code GET}
 * @param uri with the host that was asked for
 * @param headers names in the JDK server's capitals ({@code Content-type})
 * @param body as text
 */
public record WorkerRequest(
    String worker,
    WorkerVersion version,
    String method,
    URI uri,
    Map<String, List<String>> headers,
    String body) {

  /** Checks that nothing is null. */
  public WorkerRequest {
    requireNonNull(worker, "worker");
    requireNonNull(version, "version");
    requireNonNull(method, "method");
    requireNonNull(uri, "uri");
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
  }

  /** Whether it names the version that is to answer, as a look at a version in the dark does. */
  public boolean asksForVersion() {
    return headers.keySet().stream()
        .anyMatch("Cloudflare-Workers-Version-Overrides"::equalsIgnoreCase);
  }
}
