package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.apache.commons.codec.digest.Blake3;

/**
 * The name of an asset's content, as Cloudflare knows it: the first half of the BLAKE3 over the
 * content in base64 and the ending of the file's name.
 */
public final class AssetHash {

  private static final int BYTES = 16;

  /** A multiple of three, so that no base64 has to be filled up before the end. */
  static final int CHUNK = 48 * 1024;

  private static final Base64.Encoder BASE64 = Base64.getEncoder();

  private AssetHash() {}

  /**
   * Of a file that has this name; reads a large one piece by piece.
   *
   * @return 32 lower-case hexadecimal digits
   */
  public static String of(String name, Path file) throws IOException {
    if (Files.size(file) <= CHUNK) {
      return of(name, Files.readAllBytes(file));
    }
    try (InputStream content = Files.newInputStream(file)) {
      return of(name, content);
    }
  }

  /** Of a content in memory. */
  public static String of(String name, byte[] content) {
    return finish(Blake3.initHash().update(BASE64.encode(content)), name);
  }

  /** Of all that a stream holds; the caller closes it. */
  public static String of(String name, InputStream content) throws IOException {
    Blake3 hash = Blake3.initHash();
    byte[] plain = new byte[CHUNK];
    byte[] encoded = new byte[CHUNK / 3 * 4];
    int read;
    do {
      read = content.readNBytes(plain, 0, CHUNK);
      byte[] piece = read == CHUNK ? plain : Arrays.copyOf(plain, read);
      hash.update(encoded, 0, BASE64.encode(piece, encoded));
    } while (read == CHUNK);
    return finish(hash, name);
  }

  private static String finish(Blake3 hash, String name) {
    hash.update(extension(name).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash.doFinalize(BYTES));
  }

  /** What follows the last dot of a name; a dot at the front makes none. */
  static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1);
  }
}
