package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.CRC32C;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * A file of lines that only grows: {@code CRC32C LENGTH JSON\n}, each naming the SHA-256 of the
 * JSON before it. The first line names the format and its version, in this form for ever. It is
 * written and read without channels, because an interrupt closes those. Guarded by its owner.
 */
final class LogFile implements AutoCloseable {

  /** What an array holds. */
  private static final long MOST = Integer.MAX_VALUE - 8;

  private static final String FORMAT = "dirk-journal";
  private static final int VERSION = 1;
  private static final String PREVIOUS = "prev";

  /** Makes sense of the lines. */
  interface Reader {

    /** Whether it can read lines of this kind. */
    boolean knows(String kind);

    /**
     * Takes a line in, wholly or, if it throws, not at all.
     *
     * @param hash the SHA-256 of its JSON
     * @throws IllegalArgumentException or {@link DateTimeException} if the line makes no sense
     */
    void read(JsonNode line, String hash);
  }

  private final Path path;
  private final RandomAccessFile file;
  private final GroupSync durable;
  private long position;

  /** The position, for those who do not hold the lock. */
  private volatile long written;

  private final Optional<Object> key;
  private long lines;
  private String previous = "";

  LogFile(Path path) throws IOException {
    this.path = path;
    this.file = new RandomAccessFile(path.toFile(), "rw");
    this.key = key();
    this.durable = new GroupSync(new Disk());
  }

  /**
   * Adds a line; durable once {@link #awaitDurable} has returned for {@link #written()}. What is
   * behind {@link #catchUp} is lost.
   *
   * @return the SHA-256 of its JSON
   */
  String append(ObjectNode line) throws IOException {
    line.put(PREVIOUS, previous);
    byte[] json = EntryForm.toBytes(line);
    byte[] frame = frame(json);
    file.seek(position);
    try {
      file.write(frame);
    } catch (IOException e) {
      takeBack();
      throw e;
    }
    advance(hash(json), frame.length);
    return previous;
  }

  /**
   * Reads what was added since the last time, by whomever, and cuts off what a crash left
   * unfinished. An empty file gets its first line. What cannot be read is told each time, and
   * nothing behind it is read.
   */
  void catchUp(Reader reader) throws IOException {
    requireSameFile();
    byte[] added = added();
    int start = 0;
    for (int end = lineEnd(added, start); end >= 0; end = lineEnd(added, start)) {
      read(Arrays.copyOfRange(added, start, end), reader);
      start = end + 1;
    }
    if (start < added.length) {
      byte[] rest = Arrays.copyOfRange(added, start, added.length);
      requireTorn(rest);
      cutOff(rest);
    }
    if (lines == 0) {
      String unused = append(firstLine());
      file.getFD().sync();
    }
  }

  /** Whoever writes on in a file that was moved away fences nobody any more. */
  private void requireSameFile() throws IOException {
    boolean isGone = !Files.exists(path);
    if (isGone || !key().equals(key)) {
      throw new JournalException(
          JournalException.Kind.STORAGE,
          path
              + " was "
              + (isGone ? "taken away" : "replaced")
              + " while it was in use. Nothing was changed. End all that use it and start them"
              + " anew.");
    }
  }

  /** What the file is, whatever it is called; empty where the system has no name for that. */
  private Optional<Object> key() throws IOException {
    return Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  /** How far the file was read or written. */
  long written() {
    return position;
  }

  /**
   * Returns once what was written up to here is durable. Needs no lock; several threads share a
   * sync.
   */
  void awaitDurable(long upTo) throws IOException {
    durable.await(upTo);
  }

  /** The JSON of those lines, up to where {@link #catchUp} came, that somebody wants. */
  List<String> select(Predicate<JsonNode> wanted) throws IOException {
    List<String> selected = new ArrayList<>();
    try (InputStream in = new BufferedInputStream(new FileInputStream(path.toFile()))) {
      for (long read = 0; read < position; ) {
        byte[] line = line(in);
        read += line.length + 1L;
        byte[] json = unframe(line);
        if (wanted.test(parse(json))) {
          selected.add(new String(json, StandardCharsets.UTF_8));
        }
      }
    }
    return selected;
  }

  /** The next line without its end. */
  private byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw corrupt("it is shorter than it was");
      }
      line.write(next);
    }
    return line.toByteArray();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private byte[] added() throws IOException {
    long length = file.length();
    if (length < position) {
      throw corrupt("it is shorter than it was: " + length + " bytes instead of " + position);
    }
    if (length - position > MOST) {
      throw new JournalException(
          Kind.STORAGE,
          path + " has grown to " + length + " bytes, more than can be read: move it away");
    }
    byte[] added = new byte[(int) (length - position)];
    if (added.length == 0) {
      return added;
    }
    file.seek(position);
    file.readFully(added);
    return added;
  }

  private void read(byte[] framed, Reader reader) throws IOException {
    byte[] json = unframe(framed);
    JsonNode line = parse(json);
    if (!line.path(PREVIOUS).asText().equals(previous)) {
      throw corrupt("its hash does not follow from the line before");
    }
    String hash = hash(json);
    if (lines == 0) {
      requireFormat(line);
    } else {
      hand(line, hash, reader);
    }
    advance(hash, framed.length + 1L);
  }

  /**
   * A write that was cut short leaves the beginning of a line, never a whole one without its end.
   */
  private void requireTorn(byte[] rest) {
    boolean isWhole;
    try {
      isWhole = unframe(Arrays.copyOf(rest, rest.length - 1)).length > 0;
    } catch (JournalException e) {
      isWhole = false;
    }
    if (isWhole) {
      throw corrupt("the end of the line was changed");
    }
  }

  private void requireFormat(JsonNode line) {
    if (!line.path("format").asText().equals(FORMAT)) {
      throw corrupt("it does not name the format " + FORMAT);
    }
    int version = line.path("version").asInt();
    if (version > VERSION) {
      throw newer("version " + version + " of the format, this one reads " + VERSION);
    }
    if (version != VERSION) {
      throw corrupt("it names no version of the format");
    }
  }

  private void hand(JsonNode line, String hash, Reader reader) {
    String kind = line.path("line").asText();
    if (!reader.knows(kind)) {
      throw newer("a line of the kind '" + kind + "', which this one does not know");
    }
    try {
      reader.read(line, hash);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw corrupt("it makes no sense: " + e.getMessage());
    }
  }

  /** The file as the disk has it. */
  private final class Disk implements GroupSync.Disk {

    @Override
    public long written() {
      return written;
    }

    @Override
    public void sync() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void rewrite(long from, long to) throws IOException {
      try (RandomAccessFile again = new RandomAccessFile(path.toFile(), "rw")) {
        byte[] part = new byte[(int) (to - from)];
        again.seek(from);
        again.readFully(part);
        again.seek(from);
        again.write(part);
      }
    }
  }

  private void advance(String hash, long bytes) {
    position += bytes;
    written = position;
    lines++;
    previous = hash;
  }

  private void takeBack() {
    try {
      file.setLength(position);
    } catch (IOException ignored) {
      // what is unfinished is cut off by whoever catches up next
    }
  }

  /**
   * An append that a crash cut short was never acknowledged; it is kept aside for whoever wants to
   * look, if there is space for it.
   */
  private void cutOff(byte[] torn) throws IOException {
    Path aside = path.resolveSibling("torn-" + position + ".part");
    try {
      OwnerOnly.file(aside);
      try (FileOutputStream out = new FileOutputStream(aside.toFile())) {
        out.write(torn);
      }
    } catch (IOException e) {
      Files.deleteIfExists(aside);
    }
    file.setLength(position);
    file.getFD().sync();
  }

  private static ObjectNode firstLine() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("line", "journal")
        .put("format", FORMAT)
        .put("version", VERSION);
  }

  private static byte[] frame(byte[] json) {
    byte[] head = (checksum(json) + " " + json.length + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] frame = Arrays.copyOf(head, head.length + json.length + 1);
    System.arraycopy(json, 0, frame, head.length, json.length);
    frame[frame.length - 1] = '\n';
    return frame;
  }

  private byte[] unframe(byte[] line) {
    int first = indexOf(line, ' ', 0);
    int second = first < 0 ? -1 : indexOf(line, ' ', first + 1);
    if (second < 0) {
      throw corrupt("it is not a checksum, a length and an entry");
    }
    String sum = new String(line, 0, first, StandardCharsets.US_ASCII);
    String length = new String(line, first + 1, second - first - 1, StandardCharsets.US_ASCII);
    byte[] json = Arrays.copyOfRange(line, second + 1, line.length);
    if (!length.equals(Integer.toString(json.length)) || !sum.equals(checksum(json))) {
      throw corrupt("its checksum or length does not agree with its content");
    }
    return json;
  }

  private JsonNode parse(byte[] json) throws IOException {
    try {
      return EntryForm.parse(json);
    } catch (JsonProcessingException e) {
      throw corrupt("it is not JSON");
    }
  }

  private JournalException corrupt(String why) {
    return unreadable(
        why
            + ". Nothing was changed. Put the file back from a copy, or move it away to begin anew.");
  }

  private JournalException newer(String what) {
    return unreadable(
        "it was written by a newer Dirk (" + what + "). Nothing was changed. Use that Dirk.");
  }

  private JournalException unreadable(String why) {
    return new JournalException(
        Kind.CORRUPT, path + ", line " + (lines + 1) + ", byte " + position + ": " + why);
  }

  private static String hash(byte[] json) {
    return Digest.of(json).hex();
  }

  private static String checksum(byte[] json) {
    CRC32C checksum = new CRC32C();
    checksum.update(json);
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  private static int lineEnd(byte[] bytes, int from) {
    return indexOf(bytes, '\n', from);
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    for (int index = from; index < bytes.length; index++) {
      if (bytes[index] == wanted) {
        return index;
      }
    }
    return -1;
  }
}
