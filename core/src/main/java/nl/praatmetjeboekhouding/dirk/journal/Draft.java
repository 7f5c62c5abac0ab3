package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * Lines that are written together, with one sync. Each carries the digest of the line before
 * ({@code prev}) and the place where this write began ({@code from}): everything before that place
 * was durable when the line was written.
 */
final class Draft {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final long from;
  private Tip tip;

  /** The last line, and the digest over it. */
  record Tip(Position position, String digest) {

    static final Tip NOTHING = new Tip(Position.START, "0".repeat(64));

    /** The tip once this frame follows. */
    Tip then(byte[] frame) {
      return new Tip(position.next(frame.length), Digest.of(frame).hex());
    }
  }

  Draft(Tip tip) {
    this.tip = tip;
    this.from = tip.position().end();
  }

  /** Adds a line; tells where it will lie. */
  Position add(Line line) {
    ObjectNode json = LineFormat.write(line);
    json.put("from", from).put("prev", tip.digest());
    byte[] content = LineFormat.bytes(json);
    if (content.length > Frame.LONGEST_JSON) {
      throw new IllegalArgumentException(
          "an entry may have %d bytes of JSON but has %d: keep() what is larger and write its digest"
              .formatted(Frame.LONGEST_JSON, content.length));
    }
    byte[] frame = Frame.around(content);
    tip = tip.then(frame);
    bytes.writeBytes(frame);
    return tip.position();
  }

  int size() {
    return bytes.size();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  Tip tip() {
    return tip;
  }
}
