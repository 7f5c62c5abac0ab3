package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/**
 * A file of which it is known what it holds.
 *
 * @param file which it is
 * @param hash of its content and ending, as {@link AssetHash} says it
 */
public record Asset(AssetFile file, String hash) {

  /** Checks that nothing is null. */
  public Asset {
    requireNonNull(file, "file");
    requireNonNull(hash, "hash");
  }

  /** The file as it is now. */
  public static Asset of(AssetFile file) {
    try {
      return new Asset(file, AssetHash.of(file.name(), file.file()));
    } catch (IOException e) {
      throw unread(file, e);
    }
  }

  /**
   * What it holds.
   *
   * @throws ProviderException if that is no longer what it was
   */
  public byte[] read() {
    try {
      byte[] content =
          Files.size(file.file()) == file.size() ? Files.readAllBytes(file.file()) : new byte[0];
      if (content.length == file.size() && AssetHash.of(file.name(), content).equals(hash)) {
        return content;
      }
    } catch (IOException e) {
      throw unread(file, e);
    }
    throw ProviderException.of(
        FailureKind.NOT_SENT,
        "Cloudflare was not sent "
            + file.path()
            + ", which changed while it was to be uploaded; build it and try again");
  }

  private static ProviderException unread(AssetFile file, IOException cause) {
    return ProviderException.with(
            FailureKind.NOT_SENT, "Cloudflare was not sent " + file.path() + ": it cannot be read")
        .cause(cause)
        .build();
  }
}
