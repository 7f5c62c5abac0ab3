package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * A file of which it is known what it holds.
 *
 * @param path where it is in the folder, with forward slashes and without one at the front
 * @param size in bytes
 * @param hash of its content and ending, as {@link AssetHash} says it
 * @param content where to read it
 */
public record Asset(String path, long size, String hash, ContentFile.Content content) {

  /** Checks that nothing is null. */
  public Asset {
    requireNonNull(path, "path");
    requireNonNull(hash, "hash");
    requireNonNull(content, "content");
  }

  /** The file as it is now. */
  public static Asset of(AssetFile file) {
    try {
      String hash = AssetHash.of(file.name(), file.file());
      return new Asset(file.path(), file.size(), hash, () -> Files.newInputStream(file.file()));
    } catch (IOException e) {
      throw unread(file.path(), e);
    }
  }

  /** Its name without the folders that it is in. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * What it holds.
   *
   * @throws ProviderException if that is no longer what it was
   */
  public byte[] read() {
    try (InputStream stream = content.open()) {
      byte[] bytes = stream.readNBytes(Math.toIntExact(size + 1));
      if (bytes.length == size && AssetHash.of(name(), bytes).equals(hash)) {
        return bytes;
      }
    } catch (IOException e) {
      throw unread(path, e);
    }
    throw ProviderException.of(
        FailureKind.NOT_SENT,
        "Cloudflare was not sent "
            + path
            + ", which changed while it was to be uploaded; build it and try again");
  }

  /** Its content as a file of an artifact, which is read for it. */
  public ContentFile as(String name) {
    try (InputStream stream = content.open()) {
      return ContentFile.of(name, Digest.of(stream), size, content);
    } catch (IOException e) {
      throw unread(path, e);
    }
  }

  private static ProviderException unread(String path, IOException cause) {
    return ProviderException.with(
            FailureKind.NOT_SENT, "Cloudflare was not sent " + path + ": it cannot be read")
        .cause(cause)
        .build();
  }
}
