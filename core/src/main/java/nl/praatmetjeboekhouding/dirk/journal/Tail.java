package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The bytes from the first line that is not right to the end of the file: were they torn off by a
 * crash in mid-write, so that nobody was ever told that they are durable, or was something damaged
 * that had been durable?
 */
final class Tail {

  private final byte[] bytes;
  private final long offset;

  /** What lies from {@code offset} on, as far as it was read; not empty. */
  Tail(byte[] bytes, long offset) {
    this.bytes = bytes;
    this.offset = offset;
  }

  byte[] bytes() {
    return bytes;
  }

  long offset() {
    return offset;
  }

  /**
   * Torn is what is cut off before its line feed, or what has blocks of zeros where the system made
   * the file longer and lost power before it wrote the content; unless a right line follows that
   * was written when this place was durable.
   */
  boolean isTorn() {
    return (Frame.isBeginning(bytes, 0) || hasUnwrittenBlock()) && !isProvenDurable();
  }

  private boolean hasUnwrittenBlock() {
    if (bytes[0] == 0 || bytes[bytes.length - 1] == 0) {
      return true;
    }
    for (int position = 1; position < bytes.length; position++) {
      if (bytes[position] == 0 && bytes[position - 1] == 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isProvenDurable() {
    for (int position = 0; position < bytes.length; position++) {
      if (bytes[position] == Frame.LINE_FEED) {
        Optional<byte[]> later = Frame.find(bytes, position + 1);
        if (later.isPresent() && from(later.get()) > offset) {
          return true;
        }
      }
    }
    return false;
  }

  private static long from(byte[] frame) {
    JsonNode json = LineFormat.parse(Frame.json(frame));
    return json.path("from").asLong();
  }
}
