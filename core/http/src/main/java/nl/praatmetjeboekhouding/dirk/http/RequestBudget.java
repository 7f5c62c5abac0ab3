package nl.praatmetjeboekhouding.dirk.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * The requests that a vendor takes within a time from all who use one token. Half of them may go at
 * once; the other half comes back evenly, so that no span of that time sees more than all of them,
 * and whoever asks for much gets slower instead of being refused. What the vendor says of what is
 * left counts if it is less: others use the token too. Safe for use by several threads.
 */
final class RequestBudget {

  private static final Pattern REMAINING = Pattern.compile(";\\s*r=(\\d{1,9})");
  private static final Pattern RESET = Pattern.compile(";\\s*t=(\\d{1,9})");

  private final Limit limit;
  private final TimeSource time;
  private final Bucket bucket;
  private long closedUntil;

  /**
   * What a vendor takes.
   *
   * @param requests how many, at least 2
   * @param within in which time
   */
  record Limit(int requests, Duration within) {

    Limit {
      if (requests < 2) {
        throw new IllegalArgumentException("requests must be at least 2: " + requests);
      }
      if (within.isNegative() || within.isZero()) {
        throw new IllegalArgumentException("within must be positive: " + within);
      }
    }

    int atOnce() {
      return requests / 2;
    }
  }

  RequestBudget(Limit limit, TimeSource time) {
    this.limit = limit;
    this.time = time;
    this.closedUntil = time.nanoTime();
    this.bucket =
        Bucket.builder()
            .addLimit(
                rule ->
                    rule.capacity(limit.atOnce())
                        .refillGreedy(limit.requests() - limit.atOnce(), limit.within()))
            .withCustomTimePrecision(new Meter(time))
            .build();
  }

  Limit limit() {
    return limit;
  }

  /** Takes one, and says how long to wait before it may be sent. */
  synchronized Duration turn() {
    long owed = bucket.consumeIgnoringRateLimits(1);
    return Duration.ofNanos(Math.max(owed, closedFor()));
  }

  /** Gives one back that was taken and not sent. */
  synchronized void giveBack() {
    bucket.addTokens(1);
  }

  /**
   * Hears what the vendor says of it in an answer: {@code RateLimit}
   * (draft-ietf-httpapi-ratelimit-headers: {@code "default";r=50;t=30}, remaining and seconds until
   * all are there again), and how long a refusal (429) asks to wait, which is believed for no
   * longer than the budget's own time.
   */
  synchronized void heard(int status, Map<String, String> headers, Instant now) {
    Optional.ofNullable(headers.get("ratelimit")).ifPresent(this::remaining);
    if (status == 429) {
      leave(0);
      RetryAfter.of(headers, now).ifPresent(this::close);
    }
  }

  private void remaining(String policies) {
    for (String policy : policies.split(",", -1)) {
      Matcher remaining = REMAINING.matcher(policy);
      if (remaining.find()) {
        long left = Long.parseLong(remaining.group(1));
        leave(left);
        Matcher reset = RESET.matcher(policy);
        if (left == 0 && reset.find()) {
          close(Duration.ofSeconds(Long.parseLong(reset.group(1))));
        }
      }
    }
  }

  private void leave(long requests) {
    long more = bucket.getAvailableTokens() - requests;
    if (more > 0) {
      long unused = bucket.consumeIgnoringRateLimits(more);
    }
  }

  private void close(Duration asked) {
    Duration wait = CallTimeout.shorter(asked, limit.within());
    if (wait.toNanos() > closedFor()) {
      closedUntil = time.nanoTime() + wait.toNanos();
    }
  }

  private long closedFor() {
    return Math.max(0, closedUntil - time.nanoTime());
  }

  /** Whether nothing of it is used, so that a new one would be the same. */
  synchronized boolean isUnused() {
    return closedFor() == 0 && bucket.getAvailableTokens() >= limit.atOnce();
  }

  private record Meter(TimeSource time) implements TimeMeter {

    @Override
    public long currentTimeNanos() {
      return time.nanoTime();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
