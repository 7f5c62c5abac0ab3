package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/**
 * A file of a Workers Site.
 *
 * @param file which it is
 * @param key what it is kept under: its path, with the beginning of the 64-bit xxHash of its
 *     content in base64 before the ending
 */
public record SiteAsset(AssetFile file, String key) {

  private static final int HASH = 10;

  /** A multiple of three, so that no base64 has to be filled up before the end. */
  private static final int CHUNK = 48 * 1024;

  /** Checks that nothing is null. */
  public SiteAsset {
    requireNonNull(file, "file");
    requireNonNull(key, "key");
  }

  /**
   * The file as it is now.
   *
   * @throws ProviderException if it is not as large any more as when it was found
   */
  static SiteAsset of(AssetFile file) {
    try (InputStream opened = Files.newInputStream(file.file());
        ExactContent content = new ExactContent(opened, file.size())) {
      String key = key(file.path(), content);
      if (content.wasExact()) {
        return new SiteAsset(file, key);
      }
    } catch (IOException e) {
      throw unread(file, e);
    }
    throw Asset.changed(file.path());
  }

  /**
   * What it holds.
   *
   * @throws ProviderException if that is no longer what it was
   */
  public byte[] read() {
    try (InputStream stream = Files.newInputStream(file.file())) {
      byte[] content = stream.readNBytes(Math.toIntExact(file.size() + 1));
      if (content.length == file.size()
          && key(file.path(), new ByteArrayInputStream(content)).equals(key)) {
        return content;
      }
    } catch (IOException e) {
      throw unread(file, e);
    }
    throw Asset.changed(file.path());
  }

  static String key(String path, InputStream content) throws IOException {
    int slash = path.lastIndexOf('/');
    int dot = path.lastIndexOf('.');
    int end = dot > slash + 1 ? dot : path.length();
    return path.substring(0, end) + "." + hash(content) + path.substring(end);
  }

  private static String hash(InputStream content) throws IOException {
    XxHash64 hash = new XxHash64();
    byte[] plain = new byte[CHUNK];
    byte[] encoded = new byte[CHUNK / 3 * 4];
    int read = content.readNBytes(plain, 0, CHUNK);
    while (read == CHUNK) {
      hash.update(encoded, Base64.getEncoder().encode(plain, encoded));
      read = content.readNBytes(plain, 0, CHUNK);
    }
    int last = Base64.getEncoder().encode(Arrays.copyOf(plain, read), encoded);
    return "%016x".formatted(hash.finish(encoded, last)).substring(0, HASH);
  }

  private static ProviderException unread(AssetFile file, IOException cause) {
    return ProviderException.with(
            FailureKind.NOT_SENT, "Cloudflare was not sent " + file.path() + ": it cannot be read")
        .cause(cause)
        .build();
  }
}
