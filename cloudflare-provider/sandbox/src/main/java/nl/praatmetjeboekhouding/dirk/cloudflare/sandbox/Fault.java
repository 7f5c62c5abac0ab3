package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Something that goes wrong at the API when a test wants it to: made by a factory, aimed with
 * {@link #on}, planted with {@link CloudflareSandbox#plant(Fault)}.
 *
 * @param kind what goes wrong
 * @param method of the requests it meets, or {@code *}
 * @param path of the requests it meets, behind {@code /client/v4}: {@code *} stands for one
 *     segment, {@code **} for any number
 * @param times how many requests it meets
 * @param spared how many matching requests pass before it
 * @param status of the answer, for kinds that have one
 * @param code Cloudflare's own, for kinds that answer an error
 * @param message what an error says
 * @param pause for kinds that wait, and what a 429 asks for
 * @param unseen how long reads do not show what such a request wrote, beside what they lag anyway
 */
public record Fault(
    Kind kind,
    String method,
    String path,
    int times,
    int spared,
    int status,
    int code,
    String message,
    Duration pause,
    Duration unseen) {

  /** What goes wrong. */
  public enum Kind {
    /** A status; nothing happens. */
    STATUS_BEFORE,
    /** It happens, but the answer is a status that says otherwise. */
    STATUS_AFTER,
    /** The connection closes without an answer; nothing happens. */
    DROP_BEFORE,
    /** It happens, then the connection closes without an answer. */
    DROP_AFTER,
    /** Nothing happens until {@link PlantedFault#release()}; then it does. */
    HANG_BEFORE,
    /** It happens, but the answer waits for {@link PlantedFault#release()}. */
    HANG_AFTER,
    /** It happens; the answer is whole, but its JSON ends in the middle. */
    TRUNCATED,
    /** It happens; the connection closes in the middle of the answer. */
    CUT,
    /** Nothing happens; a status with a page of HTML. */
    HTML,
    /** It happens, and is answered, later. */
    DELAY
  }

  /** Checks that nothing is null and counts are sensible. */
  public Fault {
    requireNonNull(kind, "kind");
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    requireNonNull(message, "message");
    requireNonNull(pause, "pause");
    requireNonNull(unseen, "unseen");
    if (times < 1 || spared < 0) {
      throw new IllegalArgumentException(
          "times must be at least 1 and spared at least 0: " + times + ", " + spared);
    }
  }

  /** Answers {@code status} without doing anything; 429 comes with {@code Retry-After: 1}. */
  public static Fault statusBefore(int status) {
    return of(Kind.STATUS_BEFORE, status, Duration.ofSeconds(1));
  }

  /** Does what was asked and answers {@code status}. */
  public static Fault statusAfter(int status) {
    return of(Kind.STATUS_AFTER, status, Duration.ofSeconds(1));
  }

  /** Closes the connection without doing anything. */
  public static Fault dropBefore() {
    return of(Kind.DROP_BEFORE, 0, Duration.ZERO);
  }

  /** Does what was asked and closes the connection. */
  public static Fault dropAfter() {
    return of(Kind.DROP_AFTER, 0, Duration.ZERO);
  }

  /** Waits to be released, then does what was asked: a late request that still lands. */
  public static Fault hangBefore() {
    return of(Kind.HANG_BEFORE, 0, Duration.ZERO);
  }

  /** Does what was asked, then waits to be released. */
  public static Fault hangAfter() {
    return of(Kind.HANG_AFTER, 0, Duration.ZERO);
  }

  /** This fault, which lets so much of the sandbox's time pass first if it is one that waits. */
  public Fault lasting(Duration passing) {
    return new Fault(kind, method, path, times, spared, status, code, message, passing, unseen);
  }

  /** This fault, after which reads do not show for so long what the request wrote. */
  public Fault unseenFor(Duration lag) {
    return new Fault(kind, method, path, times, spared, status, code, message, pause, lag);
  }

  /**
   * Answers an error of Cloudflare's without doing anything, such as 400 with code 10021 for a
   * Worker that does not start.
   */
  public static Fault refusal(int status, int code, String message) {
    return new Fault(
        Kind.STATUS_BEFORE,
        "*",
        "**",
        1,
        0,
        status,
        code,
        message,
        Duration.ofSeconds(1),
        Duration.ZERO);
  }

  /** Does what was asked and answers half of the JSON. */
  public static Fault truncated() {
    return of(Kind.TRUNCATED, 200, Duration.ZERO);
  }

  /** Does what was asked and closes the connection after half of the answer. */
  public static Fault cut() {
    return of(Kind.CUT, 200, Duration.ZERO);
  }

  /** Answers a status with HTML without doing anything, as something in between does. */
  public static Fault html(int status) {
    return of(Kind.HTML, status, Duration.ZERO);
  }

  /** Answers 429 with {@code Retry-After}, in whole seconds. */
  public static Fault tooMany(Duration retryAfter) {
    return of(Kind.STATUS_BEFORE, 429, retryAfter);
  }

  /** Does what was asked and says so, but reads do not show it for so long. */
  public static Fault lag(Duration lag) {
    return delay(Duration.ZERO).unseenFor(lag);
  }

  /** Waits by the sandbox's time, then does what was asked. */
  public static Fault delay(Duration pause) {
    return of(Kind.DELAY, 0, pause);
  }

  /** This fault for some requests only. */
  public Fault on(String onlyMethod, String pathPattern) {
    return new Fault(
        kind, onlyMethod, pathPattern, times, spared, status, code, message, pause, unseen);
  }

  /** This fault for more than one request. */
  public Fault times(int count) {
    return new Fault(kind, method, path, count, spared, status, code, message, pause, unseen);
  }

  /** This fault after some matching requests have passed. */
  public Fault after(int passing) {
    return new Fault(kind, method, path, times, passing, status, code, message, pause, unseen);
  }

  boolean meets(String asked, String askedPath) {
    return (method.equals("*") || method.equals(asked)) && matches(path, askedPath);
  }

  /** Whether a path fits a pattern with {@code *} and {@code **}. */
  static boolean matches(String pattern, String path) {
    String regex = ("\\Q" + pattern + "\\E").replace("**", "\\E.+\\Q").replace("*", "\\E[^/]+\\Q");
    return path.matches(regex);
  }

  private static Fault of(Kind kind, int status, Duration pause) {
    int code = status == 429 ? 971 : status < 500 ? 10000 : 10013;
    return new Fault(
        kind,
        "*",
        "**",
        1,
        0,
        status,
        code,
        "a fault that a test has planted",
        pause,
        Duration.ZERO);
  }
}
