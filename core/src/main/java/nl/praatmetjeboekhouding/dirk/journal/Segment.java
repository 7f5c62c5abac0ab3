package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Draft.Tip;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the lines. Used only while the {@link OsLock} is held. Reads and writes with {@code
 * java.io}, which an interrupt does not disturb.
 */
final class Segment implements Closeable {

  static final String NAME = "journal-000001.log";

  private static final Logger LOG = LoggerFactory.getLogger(Segment.class);
  private static final int WINDOW = 4 * 1024 * 1024;

  /** Hears the lines in their order. */
  @FunctionalInterface
  interface Reader {

    /** One line; fails with IllegalArgumentException if it cannot follow the lines before. */
    void line(Line line, Position position);
  }

  private final JournalFolder folder;
  private final Path file;
  private final RandomAccessFile log;
  private Tip tip = Tip.NOTHING;

  Segment(JournalFolder folder) throws IOException {
    this.folder = folder;
    this.file = folder.file(NAME);
    this.log = new RandomAccessFile(file.toFile(), "rw");
  }

  /** Lines that follow what was read so far. */
  Draft draft() {
    return new Draft(tip);
  }

  /** Begins again with the first line. */
  void rewind() {
    tip = Tip.NOTHING;
  }

  /** Reads what was added since, and cuts off what a crash left unfinished. */
  void readOn(Reader reader) throws IOException {
    long length = log.length();
    if (length < end()) {
      throw damaged(
          "it was %d bytes long and now has %d: somebody cut or replaced it while it was open"
              .formatted(end(), length));
    }
    while (end() < length) {
      long begin = end();
      byte[] window = bytes(begin, (int) Math.min(WINDOW, length - begin));
      readFrames(window, reader);
      if (end() == begin) {
        repair(new Tail(window, begin), length);
        return;
      }
    }
  }

  /** Writes the lines and makes them durable; as if nothing had been asked if that fails. */
  void commit(Draft draft) {
    try {
      log.seek(end());
      log.write(draft.bytes());
      log.getFD().sync();
    } catch (IOException e) {
      cutAfterFailure(e);
      throw Storage.refused(file, "written", e);
    }
    tip = draft.tip();
  }

  /** The line at this place. */
  Line read(Position position) throws IOException {
    byte[] frame = bytes(position.offset(), position.length());
    return Frame.find(frame, 0)
        .map(found -> LineFormat.read(LineFormat.parse(Frame.json(found))))
        .orElseThrow(
            () -> damaged(place(position) + " was right when it was read first and is not now"));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private long end() {
    return tip.position().end();
  }

  private byte[] bytes(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    log.seek(offset);
    log.readFully(bytes);
    return bytes;
  }

  private void readFrames(byte[] window, Reader reader) {
    int at = 0;
    byte[] frame = Frame.find(window, at).orElse(null);
    while (frame != null) {
      accept(frame, reader);
      at += frame.length;
      frame = Frame.find(window, at).orElse(null);
    }
  }

  private void accept(byte[] frame, Reader reader) {
    Tip next = tip.then(frame);
    try {
      JsonNode json = LineFormat.parse(Frame.json(frame));
      if (!json.path("prev").asText().equals(tip.digest())) {
        throw new IllegalArgumentException(
            "the hash chain is broken: this line or the one before was changed, added or taken out");
      }
      reader.line(LineFormat.read(json), next.position());
    } catch (IllegalArgumentException e) {
      throw damaged(place(next.position()) + ": " + e.getMessage());
    }
    tip = next;
  }

  private void repair(Tail tail, long length) throws IOException {
    boolean whole = tail.offset() + tail.bytes().length == length;
    if (!whole || !tail.isTorn()) {
      throw damaged(
          place(tip.position().next(lineLength(tail.bytes())))
              + ": the line does not agree with its length or checksum");
    }
    keepAside(tail);
    log.setLength(tail.offset());
    log.getFD().sync();
  }

  private void keepAside(Tail tail) {
    String name =
        "torn-000001-%d-%s"
            .formatted(tail.offset(), Digest.of(tail.bytes()).abbreviated());
    try {
      Files.write(folder.file(name), tail.bytes());
      LOG.warn(
          "Journal {}: a crash left {} bytes of an unfinished write at byte {}; cut off, kept in {}",
          file, tail.bytes().length, tail.offset(), name);
    } catch (IOException e) {
      LOG.warn(
          "Journal {}: a crash left {} bytes of an unfinished write at byte {}; cut off, not kept",
          file, tail.bytes().length, tail.offset(), e);
    }
  }

  private void cutAfterFailure(IOException failure) {
    try {
      log.setLength(end());
      log.getFD().sync();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static int lineLength(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != Frame.LINE_FEED) {
      length++;
    }
    return Math.min(length + 1, bytes.length);
  }

  private static String place(Position position) {
    return "line %d (bytes %d to %d)"
        .formatted(position.line(), position.offset(), position.end() - 1);
  }

  private JournalException damaged(String what) {
    return new JournalException(
        Kind.CORRUPT,
        "The journal file %s is damaged: %s. Nothing was changed. Keep a copy, then restore the"
                .formatted(file, what)
            + " folder from a backup; docs/journal.md says how.");
  }
}
