package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 (FIPS 180-4) over some content: the name of what was built, read or kept.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** Checks the digits. */
  public Digest {
    requireNonNull(hex, "hex");
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("hex must be 64 lower-case hexadecimal digits: " + hex);
    }
  }

  /** Of these bytes. */
  public static Digest of(byte[] content) {
    return new Digest(HexFormat.of().formatHex(sha256().digest(content)));
  }

  /** Of this text in UTF-8. */
  public static Digest of(String content) {
    return of(content.getBytes(StandardCharsets.UTF_8));
  }

  /** Of all that the stream holds; the caller closes it. */
  public static Digest of(InputStream content) throws IOException {
    MessageDigest sha256 = sha256();
    byte[] buffer = new byte[64 * 1024];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      sha256.update(buffer, 0, read);
    }
    return new Digest(HexFormat.of().formatHex(sha256.digest()));
  }

  /** Of a file's content. */
  public static Digest of(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return of(content);
    }
  }

  /** The first twelve digits, for people. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  /** {@code sha256:} and all digits. */
  @Override
  public String toString() {
    return "sha256:" + hex;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
