package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A request that the API has seen.
 *
 * @param number counted from 1 in the order in which they were answered
 * @param at when it was answered, by the sandbox's time
 * @param method such as {@code POST}
 * @param path behind {@code /client/v4}
 * @param query as sent, or empty
 * @param annotations what the body carried under {@code annotations}, such as {@code workers/tag}
 * @param status of the answer; 0 if the connection was closed without one
 * @param known whether the sandbox has such an operation
 * @param faulty whether a planted fault had a part in it
 */
public record ApiCall(
    int number,
    Instant at,
    String method,
    String path,
    String query,
    Map<String, String> annotations,
    int status,
    boolean known,
    boolean faulty) {

  /** Checks that nothing is null. */
  public ApiCall {
    requireNonNull(at, "at");
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    requireNonNull(query, "query");
    annotations = Map.copyOf(annotations);
  }
}
