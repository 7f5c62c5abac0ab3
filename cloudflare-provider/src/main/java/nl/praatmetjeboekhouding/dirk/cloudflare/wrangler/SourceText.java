package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * A file as text, without a byte order mark. As with wrangler, what is not UTF-8 is replaced.
 *
 * @param text what it says
 * @param whole whether nothing had to be replaced
 * @param digest of its bytes as they were read
 */
record SourceText(String text, boolean whole, Digest digest) {

  private static final int LARGEST = 1024 * 1024;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  static SourceText read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream content = Files.newInputStream(file)) {
      bytes = content.readNBytes(LARGEST + 1);
    }
    if (bytes.length > LARGEST) {
      throw new IOException("a wrangler file has at most 1 MiB");
    }
    if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
      throw new IOException("it is UTF-16; save it as UTF-8");
    }
    String text;
    boolean whole = true;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      text = new String(bytes, StandardCharsets.UTF_8);
      whole = false;
    }
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new SourceText(marked ? text.substring(1) : text, whole, Digest.of(bytes));
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length > 1 && bytes[0] == (byte) first && bytes[1] == (byte) second;
  }
}
