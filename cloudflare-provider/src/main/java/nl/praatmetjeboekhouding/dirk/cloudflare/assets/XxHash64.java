package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 64-bit xxHash with the seed 0, as its specification has it
 * (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md). Used once.
 */
final class XxHash64 {

  private static final int STRIPE = 32;

  private static final long PRIME1 = 0x9E3779B185EBCA87L;
  private static final long PRIME2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME3 = 0x165667B19E3779F9L;
  private static final long PRIME4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME5 = 0x27D4EB2F165667C5L;

  private static final long PRIME1_AND_2 = 0x60EA27EEADC0B5D6L;

  private final long[] lanes = {PRIME1_AND_2, PRIME2, 0, -PRIME1};
  private long length;

  /** Takes more in, of which only the last may be no multiple of 32 bytes. */
  private void stripes(ByteBuffer bytes) {
    while (bytes.remaining() >= STRIPE) {
      for (int lane = 0; lane < lanes.length; lane++) {
        lanes[lane] = round(lanes[lane], bytes.getLong());
      }
      length += STRIPE;
    }
  }

  /** Takes so many bytes in, a multiple of 32. */
  void update(byte[] bytes, int count) {
    stripes(ByteBuffer.wrap(bytes, 0, count).order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Takes the last bytes in, as many as there are, and says what all amount to. */
  long finish(byte[] bytes, int count) {
    ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count).order(ByteOrder.LITTLE_ENDIAN);
    stripes(rest);
    long hash = length > 0 ? merged() : PRIME5;
    hash += length + rest.remaining();
    while (rest.remaining() >= Long.BYTES) {
      hash = Long.rotateLeft(hash ^ round(0, rest.getLong()), 27) * PRIME1 + PRIME4;
    }
    if (rest.remaining() >= Integer.BYTES) {
      long four = Integer.toUnsignedLong(rest.getInt());
      hash = Long.rotateLeft(hash ^ (four * PRIME1), 23) * PRIME2 + PRIME3;
    }
    while (rest.hasRemaining()) {
      hash = Long.rotateLeft(hash ^ (Byte.toUnsignedLong(rest.get()) * PRIME5), 11) * PRIME1;
    }
    hash = (hash ^ (hash >>> 33)) * PRIME2;
    hash = (hash ^ (hash >>> 29)) * PRIME3;
    return hash ^ (hash >>> 32);
  }

  private long merged() {
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME1 + PRIME4;
    }
    return hash;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME2, 31) * PRIME1;
  }
}
