package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that goes wrong at the edge when a test wants it to: made by a factory, planted with
 * {@link CloudflareSandbox#plant(String, EdgeFault)}.
 *
 * @param kind what goes wrong
 * @param times how many requests it meets
 * @param spared how many requests pass before it
 * @param status of the answer, for kinds that have one
 * @param size of the body in bytes, for a huge one
 * @param pause for a slow answer
 * @param location where a redirect leads
 */
public record EdgeFault(
    Kind kind,
    int times,
    int spared,
    int status,
    long size,
    Duration pause,
    Optional<URI> location) {

  /** What goes wrong. */
  public enum Kind {
    /** A status instead of the Worker's answer. */
    STATUS,
    /** No answer until {@link PlantedFault#release()}. */
    HANG,
    /** The connection closes without an answer. */
    DROP,
    /** 200 with a body that does not end soon. */
    HUGE,
    /** 302 to elsewhere. */
    REDIRECT,
    /** The Worker's answer, later. */
    SLOW
  }

  /** Checks that nothing is null and counts are sensible. */
  public EdgeFault {
    requireNonNull(kind, "kind");
    requireNonNull(pause, "pause");
    requireNonNull(location, "location");
    if (times < 1 || spared < 0) {
      throw new IllegalArgumentException(
          "times must be at least 1 and spared at least 0: " + times + ", " + spared);
    }
  }

  /** Answers {@code status} instead of the Worker. */
  public static EdgeFault status(int status) {
    return of(Kind.STATUS, status, 0, Duration.ZERO);
  }

  /** Does not answer until released. */
  public static EdgeFault hang() {
    return of(Kind.HANG, 0, 0, Duration.ZERO);
  }

  /** Closes the connection without an answer. */
  public static EdgeFault drop() {
    return of(Kind.DROP, 0, 0, Duration.ZERO);
  }

  /** Streams {@code bytes} of nothing. */
  public static EdgeFault huge(long bytes) {
    return of(Kind.HUGE, 200, bytes, Duration.ZERO);
  }

  /** Leads elsewhere. */
  public static EdgeFault redirect(URI location) {
    return new EdgeFault(Kind.REDIRECT, 1, 0, 302, 0, Duration.ZERO, Optional.of(location));
  }

  /** Waits by the sandbox's time before the Worker is asked. */
  public static EdgeFault slow(Duration pause) {
    return of(Kind.SLOW, 0, 0, pause);
  }

  /** This fault for more than one request. */
  public EdgeFault times(int count) {
    return new EdgeFault(kind, count, spared, status, size, pause, location);
  }

  /** This fault after some requests have passed. */
  public EdgeFault after(int passing) {
    return new EdgeFault(kind, times, passing, status, size, pause, location);
  }

  private static EdgeFault of(Kind kind, int status, long size, Duration pause) {
    return new EdgeFault(kind, 1, 0, status, size, pause, Optional.empty());
  }
}
