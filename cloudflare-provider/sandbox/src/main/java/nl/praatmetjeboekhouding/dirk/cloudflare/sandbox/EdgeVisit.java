package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A request that the edge has seen.
 *
 * @param number counted from 1 in the order in which they were answered
 * @param at when it was answered, by the sandbox's time
 * @param method such as {@code GET}
 * @param host for whom it was, without a port
 * @param path without the query
 * @param worker whose host it is; empty if nobody's, or if a fault came first
 * @param version the id of the version that answered; empty if none did
 * @param status of the answer; 0 if the connection was closed without one
 * @param faulty whether a planted fault had a part in it
 */
public record EdgeVisit(
    int number,
    Instant at,
    String method,
    String host,
    String path,
    Optional<String> worker,
    Optional<String> version,
    int status,
    boolean faulty) {

  /** Checks that nothing is null. */
  public EdgeVisit {
    requireNonNull(at, "at");
    requireNonNull(method, "method");
    requireNonNull(host, "host");
    requireNonNull(path, "path");
    requireNonNull(worker, "worker");
    requireNonNull(version, "version");
  }
}
