package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Duration;
import java.util.Optional;

/** What goes wrong on the wire, once, with one request of a run. */
enum WireFault {
  RESET_BEFORE("reset before"),
  RESET_AFTER("reset after"),
  TIMEOUT("timeout"),
  STATUS_500("500"),
  STATUS_503("503"),
  TOO_MANY("429, 20 s"),
  TRUNCATED("truncated JSON"),
  HTML("200 with HTML"),
  SLOW("10 s late"),
  THREE("503 three times"),
  GONE("reset, and so all that follow"),
  TIMEOUT_DONE("timeout, done"),
  TIMEOUT_LATE("timeout, lands late"),
  STATUS_500_DONE("500, done"),
  LAG("seen 20 s late"),
  RESET_LAG("reset after, seen 20 s late");

  /** How long an attempt of a write may take. */
  static final Duration TIMEOUT_AFTER = Duration.ofSeconds(30);

  /** Within the provider's settle window. */
  private static final Duration LAGGING = Duration.ofSeconds(20);

  private final String title;

  WireFault(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  Fault fault() {
    return switch (this) {
      case RESET_BEFORE -> Fault.dropBefore();
      case RESET_AFTER -> Fault.dropAfter();
      case TIMEOUT, TIMEOUT_LATE -> Fault.hangBefore().lasting(TIMEOUT_AFTER);
      case TIMEOUT_DONE -> Fault.hangAfter().lasting(TIMEOUT_AFTER);
      case STATUS_500 -> Fault.statusBefore(500);
      case STATUS_500_DONE -> Fault.statusAfter(500);
      case STATUS_503 -> Fault.statusBefore(503);
      case TOO_MANY -> Fault.tooMany(Duration.ofSeconds(20));
      case TRUNCATED -> Fault.truncated();
      case HTML -> Fault.html(200);
      case THREE -> Fault.statusBefore(503).times(3);
      case GONE -> Fault.dropBefore().times(Integer.MAX_VALUE);
      case SLOW -> Fault.delay(Duration.ofSeconds(10));
      case LAG -> Fault.lag(LAGGING);
      case RESET_LAG -> Fault.dropAfter().unseenFor(LAGGING);
    };
  }

  /** Whether it is about the effect of a request, so that a read knows nothing like it. */
  boolean isOnlyForWrites() {
    return compareTo(TIMEOUT_DONE) >= 0;
  }

  /** Whether Cloudflare stays away longer than anybody waits. */
  boolean isOutage() {
    return this == THREE || this == GONE;
  }

  /** Whether the request gets no answer while its time passes. */
  boolean hangs() {
    return this == TIMEOUT || this == TIMEOUT_DONE || this == TIMEOUT_LATE;
  }

  /** How long after it was sent a request that hangs does its work all the same. */
  Optional<Duration> landsAfter() {
    return this == TIMEOUT_LATE ? Optional.of(TIMEOUT_AFTER.plusSeconds(10)) : Optional.empty();
  }
}
