package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A record in its place.
 *
 * @param stream the stream that it is part of
 * @param sequence its number there, from 1
 * @param at when it was written
 * @param record what was written
 */
public record Entry(String stream, long sequence, Instant at, JournalRecord record) {

  private static final Pattern STREAM = Pattern.compile("[a-z][a-z-]*:.+");

  /** Checks that nothing is null, the stream {@code KIND:NAME} and the number positive. */
  public Entry {
    requireNonNull(stream, "stream");
    requireNonNull(at, "at");
    requireNonNull(record, "record");
    if (!STREAM.matcher(stream).matches()) {
      throw new IllegalArgumentException("stream must be KIND:NAME: " + stream);
    }
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence must be at least 1: " + sequence);
    }
  }
}
