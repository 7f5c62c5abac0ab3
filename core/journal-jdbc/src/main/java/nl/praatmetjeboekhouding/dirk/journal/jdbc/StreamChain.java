package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.EntryForm;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import org.jspecify.annotations.Nullable;

/** Follows the entries of one stream and tells where they do not agree. For one reading. */
final class StreamChain {

  /**
   * What the stream's row says of its end.
   *
   * @param last the number of its last entry
   * @param hash of that entry's line
   */
  record Head(long last, String hash) {}

  private final String place;
  private final String stream;
  private final Head head;
  private long next;
  private @Nullable String previous;

  /**
   * @param first the number of the first entry that will be taken
   */
  StreamChain(String place, String stream, Head head, long first) {
    this.place = place;
    this.stream = stream;
    this.head = head;
    this.next = first;
    this.previous = first == 1 ? "" : null;
  }

  /**
   * The entry of a row.
   *
   * @throws JournalException with CORRUPT if it does not follow from the one before
   */
  Entry take(long sequence, String line) {
    if (sequence != next) {
      throw missing();
    }
    Entry entry = parse(line);
    previous = hash(line);
    next++;
    return entry;
  }

  /**
   * Nothing follows.
   *
   * @throws JournalException with CORRUPT if that is not the end that the stream's row names
   */
  void end() {
    if (next <= head.last()) {
      throw missing();
    }
    if (next == head.last() + 1 && previous != null && !previous.equals(head.hash())) {
      throw corrupt("entry " + head.last() + " is not what was written");
    }
    if (next > head.last() + 1 && previous != null) {
      throw corrupt("its row names " + head.last() + " as the last entry, but there are more");
    }
  }

  /** The entry of a row by itself, whatever stands before and behind it. */
  static Entry entry(String place, String stream, long sequence, String line) {
    StreamChain chain = new StreamChain(place, stream, new Head(sequence, ""), sequence);
    chain.previous = null;
    return chain.parse(line);
  }

  /** Of a line as it is stored. */
  static String hash(String line) {
    return Digest.of(line).hex();
  }

  private Entry parse(String line) {
    try {
      JsonNode json = EntryForm.parse(line.getBytes(StandardCharsets.UTF_8));
      String kind = json.path("line").asText();
      if (!kind.equals(EntryForm.KIND)) {
        throw new JournalException(
            Kind.CORRUPT,
            "%s: %s, entry %d: it was written by a newer Dirk (a line of the kind '%s', which this one does not know). Use that Dirk."
                .formatted(place, stream, next, kind));
      }
      if (previous != null && !EntryForm.streamPrev(json).equals(previous)) {
        throw corrupt(
            next == 1
                ? "entry 1 is not the first that was written"
                : "entry " + (next - 1) + " is not what entry " + next + " follows");
      }
      Entry entry = EntryForm.read(json);
      if (!entry.stream().equals(stream) || entry.sequence() != next) {
        throw corrupt("entry " + next + " belongs elsewhere");
      }
      return entry;
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw corrupt("entry " + next + " makes no sense (" + e.getMessage() + ")");
    }
  }

  private JournalException missing() {
    return corrupt("entry " + next + " is missing");
  }

  private JournalException corrupt(String what) {
    return new JournalException(
        Kind.CORRUPT,
        place
            + ": "
            + stream
            + ": "
            + what
            + ": a row was changed or deleted. Nothing was changed now. Restore the database from a"
            + " backup, or open another schema to begin anew.");
  }
}
