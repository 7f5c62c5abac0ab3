package nl.praatmetjeboekhouding.dirk.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/** The text of a runbook file. */
final class FileText {

  private static final int LARGEST = 1024 * 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private FileText() {}

  /**
   * The text, without a byte order mark.
   *
   * @throws ConfigurationException if there is no such file, or if it is not what one can read
   */
  static String read(Path file) {
    String source = file.toString();
    if (!Files.exists(file)) {
      throw new ConfigurationException(source, "there is no such runbook file");
    }
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(source, "a runbook file must be a file, and this is none");
    }
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new ConfigurationException(source, "a runbook file has at most 1 MiB");
      }
      return decoded(source, bytes);
    } catch (IOException e) {
      throw new ConfigurationException(source, "the runbook file cannot be read: " + e);
    }
  }

  private static String decoded(String source, byte[] bytes) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean broken =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true).isError();
    String read = text.flip().toString();
    if (broken) {
      int line = (int) read.chars().filter(letter -> letter == '\n').count() + 1;
      int column = read.length() - read.lastIndexOf('\n');
      throw new ConfigurationException(
          java.util.List.of(
              new Place(source, line, column)
                  .fault("a runbook file is UTF-8 text, and here it is not: save it as UTF-8")));
    }
    return !read.isEmpty() && read.charAt(0) == BYTE_ORDER_MARK ? read.substring(1) : read;
  }
}
