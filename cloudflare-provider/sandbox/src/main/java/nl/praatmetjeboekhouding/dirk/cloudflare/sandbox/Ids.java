package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.Random;
import java.util.UUID;

/**
 * Makes ids; the same seed makes the same ones in the same order. Safe for use by several threads.
 */
final class Ids {

  private final Random random;

  Ids(long seed) {
    random = new Random(seed);
  }

  /** A random UUID (RFC 9562, version 4). */
  synchronized String uuid() {
    long high = (random.nextLong() & ~0xf000L) | 0x4000L;
    long low = (random.nextLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** 32 hexadecimal digits. */
  String hex() {
    return uuid().replace("-", "");
  }
}
