package nl.praatmetjeboekhouding.dirk.journal;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * Content kept by its digest, a file each: written aside, synced, moved into place in one go, and
 * its folders synced. It is written and read without channels, because an interrupt closes those.
 */
final class BlobFolder {

  /** What is being written is called so. */
  private static final String ASIDE = "new-*.part";

  /** Nobody takes that long between two writes. */
  private static final Duration UNTOUCHED = Duration.ofDays(1);

  /** In bytes: what is less is written only if it is not there. */
  private static final int SMALL = 256 * 1024;

  private final Path above;
  private final Path folder;
  private final FolderSync disk;

  /** Of what is kept, and of its shelves, those whose names this has seen to the disk. */
  private final Set<Path> synced = ConcurrentHashMap.newKeySet();

  /** In {@code kept}, in this folder. */
  BlobFolder(Path above, FolderSync disk) {
    this.above = above;
    this.folder = above.resolve("kept");
    this.disk = disk;
  }

  /** Whether something is kept already. */
  boolean isInUse() throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> shelves = Files.list(folder)) {
      return shelves.anyMatch(Files::isDirectory);
    }
  }

  /** Takes away what processes were still writing when they died, once nobody can be at it. */
  void sweep(Instant now) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, ASIDE)) {
      for (Path aside : unfinished) {
        if (Files.getLastModifiedTime(aside).toInstant().isBefore(now.minus(UNTOUCHED))) {
          Files.deleteIfExists(aside);
        }
      }
    }
  }

  Digest keep(InputStream content) throws IOException {
    OwnerOnly.folder(folder);
    byte[] beginning = content.readNBytes(SMALL);
    if (beginning.length < SMALL && Files.exists(place(Digest.of(beginning)))) {
      Digest there = Digest.of(beginning);
      syncFolders(there, false);
      return there;
    }
    return keepAside(new SequenceInputStream(new ByteArrayInputStream(beginning), content));
  }

  private Digest keepAside(InputStream content) throws IOException {
    Path aside = Files.createTempFile(folder, "new-", ".part");
    try {
      Digest digest = write(content, aside);
      Path place = place(digest);
      boolean isNew = !Files.exists(place);
      if (isNew) {
        sync(aside);
        Files.createDirectories(shelf(digest));
        Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
      }
      syncFolders(digest, isNew);
      return digest;
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /** Also if it was there: whoever moved it may not have come to this yet, unless that was this. */
  private void syncFolders(Digest digest, boolean isNew) throws IOException {
    if (isNew || !synced.contains(place(digest))) {
      disk.sync(shelf(digest));
    }
    if (!synced.contains(shelf(digest))) {
      disk.sync(folder);
      disk.sync(above);
    }
    synced.add(shelf(digest));
    synced.add(place(digest));
  }

  Optional<InputStream> kept(Digest digest) throws IOException {
    Path place = place(digest);
    if (!Files.exists(place)) {
      return Optional.empty();
    }
    byte[] bytes;
    try (FileInputStream in = new FileInputStream(place.toFile())) {
      bytes = in.readAllBytes();
    }
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
    }
    return new Digest(HexFormat.of().formatHex(digesting.getMessageDigest().digest()));
  }

  private static void sync(Path file) throws IOException {
    try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
      out.getFD().sync();
    }
  }

  private Path place(Digest digest) {
    return shelf(digest).resolve(digest.hex());
  }

  private Path shelf(Digest digest) {
    return folder.resolve(digest.hex().substring(0, 2));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
