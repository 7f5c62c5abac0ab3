package nl.praatmetjeboekhouding.dirk.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How one line lies on the disk: the CRC-32C (RFC 3720) of its JSON in eight hexadecimal digits, the
 * length of its JSON in bytes, the JSON, a line feed.
 */
final class Frame {

  static final int LONGEST_JSON = 1024 * 1024;
  static final byte LINE_FEED = '\n';

  private static final int CHECKSUM = 8;
  private static final int LENGTH_DIGITS = 7;

  private Frame() {}

  /** The frame around this JSON, which has no line feed. */
  static byte[] around(byte[] json) {
    byte[] header = header(json, 0, json.length);
    byte[] frame = Arrays.copyOf(header, header.length + json.length + 1);
    System.arraycopy(json, 0, frame, header.length, json.length);
    frame[frame.length - 1] = LINE_FEED;
    return frame;
  }

  /** The bytes of the frame that begins here, or empty if there is no whole and right one. */
  static Optional<byte[]> find(byte[] bytes, int at) {
    int begin = jsonBegin(bytes, at);
    if (begin < 0) {
      return Optional.empty();
    }
    int length = declaredLength(bytes, at, begin);
    int end = begin + length;
    if (length > LONGEST_JSON || end >= bytes.length || bytes[end] != LINE_FEED) {
      return Optional.empty();
    }
    byte[] header = header(bytes, begin, length);
    boolean right =
        Arrays.equals(bytes, at, begin, header, 0, header.length) && noLineFeed(bytes, begin, end);
    return right ? Optional.of(Arrays.copyOfRange(bytes, at, end + 1)) : Optional.empty();
  }

  /** The JSON in a frame. */
  static byte[] json(byte[] frame) {
    return Arrays.copyOfRange(frame, jsonBegin(frame, 0), frame.length - 1);
  }

  /** Whether the bytes from here to their end can be the beginning of a frame that was cut off. */
  static boolean isBeginning(byte[] bytes, int at) {
    if (!noLineFeed(bytes, at, bytes.length)) {
      return false;
    }
    int begin = jsonBegin(bytes, at);
    return begin < 0
        ? bytes.length - at <= CHECKSUM + 2 + LENGTH_DIGITS
        : bytes.length <= (long) begin + declaredLength(bytes, at, begin);
  }

  private static byte[] header(byte[] bytes, int begin, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, begin, length);
    return "%08x %d ".formatted(checksum.getValue(), length).getBytes(US_ASCII);
  }

  /** Where the JSON begins, or -1 if there is no header here. */
  private static int jsonBegin(byte[] bytes, int at) {
    int first = at + CHECKSUM;
    if (first >= bytes.length || bytes[first] != ' ') {
      return -1;
    }
    int position = first + 1;
    while (position < bytes.length && bytes[position] >= '0' && bytes[position] <= '9') {
      position++;
    }
    int digits = position - first - 1;
    boolean complete = position < bytes.length && bytes[position] == ' ';
    return complete && digits >= 1 && digits <= LENGTH_DIGITS ? position + 1 : -1;
  }

  private static int declaredLength(byte[] bytes, int at, int begin) {
    int first = at + CHECKSUM + 1;
    return Integer.parseInt(new String(bytes, first, begin - 1 - first, US_ASCII));
  }

  private static boolean noLineFeed(byte[] bytes, int from, int to) {
    for (int position = from; position < to; position++) {
      if (bytes[position] == LINE_FEED) {
        return false;
      }
    }
    return true;
  }
}
