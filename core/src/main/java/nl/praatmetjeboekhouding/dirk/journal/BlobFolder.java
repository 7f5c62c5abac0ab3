package nl.praatmetjeboekhouding.dirk.journal;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * Content kept by its digest, a file each: written aside, synced, and moved into place in one go.
 */
final class BlobFolder {

  private final Path folder;

  BlobFolder(Path folder) {
    this.folder = folder;
  }

  Digest keep(InputStream content) throws IOException {
    Files.createDirectories(folder);
    Path aside = Files.createTempFile(folder, "new-", ".part");
    try {
      Digest digest = write(content, aside);
      Path place = place(digest);
      if (!Files.exists(place)) {
        Files.createDirectories(place.getParent());
        Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
      }
      return digest;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  Optional<InputStream> kept(Digest digest) throws IOException {
    Path place = place(digest);
    if (!Files.exists(place)) {
      return Optional.empty();
    }
    byte[] bytes = Files.readAllBytes(place);
    if (!Digest.of(bytes).equals(digest)) {
      throw new JournalException(
          Kind.CORRUPT, place + " does not contain what its name says: delete it and build again");
    }
    return Optional.of(new ByteArrayInputStream(bytes));
  }

  private static Digest write(InputStream content, Path file) throws IOException {
    DigestInputStream digesting = new DigestInputStream(content, sha256());
    try (FileOutputStream out = new FileOutputStream(file.toFile())) {
      digesting.transferTo(out);
      out.getFD().sync();
    }
    return new Digest(HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
  }

  private Path place(Digest digest) {
    return folder.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
