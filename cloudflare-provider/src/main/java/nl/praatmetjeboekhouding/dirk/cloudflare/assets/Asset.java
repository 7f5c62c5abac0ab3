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

  /**
   * The file as it is now.
   *
   * @throws ProviderException if it is not as large any more as when it was found
   */
  public static Asset of(AssetFile file) {
    ContentFile.Content content = () -> Files.newInputStream(file.file());
    String hash = whole(file.path(), file.size(), content, stream -> hash(file, stream));
    return new Asset(file.path(), file.size(), hash, content);
  }

  /** A small one without the room that is needed to read a large one piece by piece. */
  private static String hash(AssetFile file, InputStream stream) throws IOException {
    return file.size() <= AssetHash.CHUNK
        ? AssetHash.of(file.name(), stream.readAllBytes())
        : AssetHash.of(file.name(), stream);
  }

  /** What a stream tells. */
  private interface Reading<T> {
    T of(InputStream stream) throws IOException;
  }

  /** Reads no further than a content was large, and not less. */
  private static <T> T whole(
      String path, long size, ContentFile.Content content, Reading<T> reading) {
    try (InputStream opened = content.open();
        ExactContent stream = new ExactContent(opened, size)) {
      T told = reading.of(stream);
      if (stream.wasExact()) {
        return told;
      }
    } catch (IOException e) {
      throw unread(path, e);
    }
    throw changed(path);
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
    throw changed(path);
  }

  /**
   * Its content as a file of an artifact, which is read for it.
   *
   * @throws ProviderException if it is not as large any more
   */
  public ContentFile as(String name) {
    return ContentFile.of(name, whole(path, size, content, Digest::of), size, content);
  }

  static ProviderException changed(String path) {
    return ProviderException.of(
        FailureKind.NOT_SENT,
        "Cloudflare was not sent "
            + path
            + ", which changed while it was to be uploaded; build it and try again");
  }

  private static ProviderException unread(String path, IOException cause) {
    return ProviderException.with(
            FailureKind.NOT_SENT, "Cloudflare was not sent " + path + ": it cannot be read")
        .cause(cause)
        .build();
  }
}
