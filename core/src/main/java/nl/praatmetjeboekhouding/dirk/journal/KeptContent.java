package nl.praatmetjeboekhouding.dirk.journal;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * Content by its digest: {@code blobs/ab/abcd...}. A file appears there only when it is whole and
 * durable, so it needs no lock.
 */
final class KeptContent {

  private final Path folder;

  KeptContent(JournalFolder folder) {
    this.folder = folder.path();
  }

  Digest keep(InputStream content) {
    try {
      Path arriving = blobs().resolve("arriving-" + UUID.randomUUID());
      try {
        JournalFolder.newFile(arriving);
        copy(content, arriving);
        return moveIn(arriving);
      } finally {
        Files.deleteIfExists(arriving);
      }
    } catch (IOException e) {
      throw Storage.refused(folder, "written", e);
    }
  }

  Optional<InputStream> kept(Digest digest) {
    Path file = file(digest);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Digest found = digestOf(file);
      if (!found.equals(digest)) {
        throw new JournalException(
            Kind.CORRUPT,
            "The kept content %s is damaged: its digest is now %s. Restore the file from a backup, or delete it and build again."
                .formatted(file, found));
      }
      return Optional.of(new FileInputStream(file.toFile()));
    } catch (IOException e) {
      throw Storage.refused(file, "read", e);
    }
  }

  private Digest moveIn(Path arriving) throws IOException {
    Digest digest = digestOf(arriving);
    Path file = file(digest);
    if (!Files.exists(file) || !digestOf(file).equals(digest)) {
      Path parent = JournalFolder.folder(blobs(), digest.hex().substring(0, 2));
      Files.move(arriving, file, StandardCopyOption.ATOMIC_MOVE);
      JournalFolder.sync(parent);
    }
    return digest;
  }

  private Path blobs() throws IOException {
    return JournalFolder.folder(folder, "blobs");
  }

  private Path file(Digest digest) {
    return folder.resolve(Path.of("blobs", digest.hex().substring(0, 2), digest.hex()));
  }

  private static void copy(InputStream content, Path file) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      byte[] buffer = new byte[64 * 1024];
      for (int read = read(content, buffer); read >= 0; read = read(content, buffer)) {
        out.write(buffer, 0, read);
      }
      out.getFD().sync();
    }
  }

  private static int read(InputStream content, byte[] buffer) {
    try {
      return content.read(buffer);
    } catch (IOException e) {
      throw new JournalException(
          Kind.STORAGE,
          "The content to be kept could not be read to its end: %s. Nothing was kept."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Digest digestOf(Path file) throws IOException {
    try (InputStream content = new FileInputStream(file.toFile())) {
      return Digest.of(content);
    }
  }
}
