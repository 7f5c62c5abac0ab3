package nl.praatmetjeboekhouding.dirk.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
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
 *
 * <p>Who begins something that takes many requests may reserve them, so that what is begun is also
 * ended: no more is begun than there are requests for. What is reserved holds back other
 * reservations only, not single requests.
 */
final class RequestBudget {

  private static final Pattern REMAINING = Pattern.compile(";\\s*r=(\\d{1,9})");
  private static final Duration KEPT = Duration.ofSeconds(30);
  private static final Pattern RESET = Pattern.compile(";\\s*t=(\\d{1,9})");

  private final Limit limit;
  private final TimeSource time;
  private final Bucket bucket;
  private final IdentityHashMap<Object, Reserve> reserves = new IdentityHashMap<>();
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

  /** What is kept for one user, until it has been used or left alone for a while. */
  private record Reserve(int requests, long usedAt) {}

  /** The budget as one user sees it, who is known by his identity. */
  record Share(RequestBudget budget, Object user) {}

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

  /** Takes one, reserved or not, and says how long to wait before it may be sent. */
  synchronized Duration turn(Object user) {
    Optional.ofNullable(reserves.remove(user))
        .filter(reserve -> reserve.requests() > 1)
        .ifPresent(
            reserve -> reserves.put(user, new Reserve(reserve.requests() - 1, time.nanoTime())));
    long owed = bucket.consumeIgnoringRateLimits(1);
    return Duration.ofNanos(Math.max(owed, closedFor()));
  }

  /**
   * Reserves so many for a user, unless he has some left. They are his until he has used them or
   * has used none for half a minute.
   *
   * @return zero if he has them; otherwise how long it takes at least until he can
   */
  synchronized Duration reserve(int requests, Object user) {
    dropWhatIsLeftAlone();
    if (reserves.containsKey(user)) {
      return Duration.ZERO;
    }
    long asked = Math.min(requests, limit.atOnce());
    long missing = asked + reserved() - bucket.getAvailableTokens();
    if (missing > 0 || closedFor() > 0) {
      long refill = missing * limit.within().toNanos() / (limit.requests() - limit.atOnce());
      return Duration.ofNanos(Math.max(refill, closedFor()));
    }
    reserves.put(user, new Reserve((int) asked, time.nanoTime()));
    return Duration.ZERO;
  }

  private void dropWhatIsLeftAlone() {
    long now = time.nanoTime();
    reserves.values().removeIf(reserve -> now - reserve.usedAt() >= KEPT.toNanos());
  }

  private long reserved() {
    return reserves.values().stream().mapToLong(Reserve::requests).sum();
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
    dropWhatIsLeftAlone();
    return reserves.isEmpty() && closedFor() == 0 && bucket.getAvailableTokens() >= limit.atOnce();
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
