package nl.praatmetjeboekhouding.dirk.journal;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.ContentFile.Content;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * Content kept by its digest, a file each: written aside, synced, moved into place in one go, and
 * its folders synced. Of many things all files are synced at once. It is written and read without
 * channels, because an interrupt closes those.
 */
final class BlobFolder {

  /** What is being written is called so. */
  private static final String ASIDE = "new-*.part";

  /** Nobody takes that long between two writes. */
  private static final Duration UNTOUCHED = Duration.ofDays(1);

  /** In bytes: what is less is written only if it is not there. */
  private static final int SMALL = 256 * 1024;

  /** How much content is remembered as synced; syncing its shelf once more is the price. */
  private static final int KNOWN = 4096;

  private final Path above;
  private final Path folder;
  private final FolderSync disk;

  /** The shelves whose names this has seen to the disk. */
  private final Set<Path> shelves = ConcurrentHashMap.newKeySet();

  /** Content whose names this has seen to the disk; forgotten when it is {@link #KNOWN}. */
  private final Set<Digest> synced = ConcurrentHashMap.newKeySet();

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

  /** What is read is not closed. */
  Digest keep(InputStream content) throws IOException {
    OwnerOnly.folder(folder);
    try (Unplaced unplaced = new Unplaced()) {
      Digest digest = unplaced.write(content);
      place(List.of(digest), unplaced);
      return digest;
    }
  }

  /** As {@link #keep} each, with all files synced at once and each folder once. */
  List<Digest> keepAll(List<? extends Content> contents) throws IOException {
    OwnerOnly.folder(folder);
    try (Unplaced unplaced = new Unplaced()) {
      List<Digest> digests = new ArrayList<>();
      for (Content content : contents) {
        try (InputStream opened = content.open()) {
          digests.add(unplaced.write(opened));
        }
      }
      place(digests, unplaced);
      return List.copyOf(digests);
    }
  }

  /** The content of every file is on the disk before one gets its name. */
  private void place(List<Digest> digests, Unplaced unplaced) throws IOException {
    FileSyncs.sync(unplaced.files());
    unplaced.move();
    syncFolders(digests, unplaced.digests());
  }

  /** Also if it was there: whoever moved it may not have come to this yet, unless that was this. */
  private void syncFolders(Collection<Digest> digests, Set<Digest> moved) throws IOException {
    Set<Path> unsure = new LinkedHashSet<>();
    for (Digest digest : digests) {
      if (moved.contains(digest) || !synced.contains(digest)) {
        unsure.add(shelf(digest));
      }
    }
    for (Path shelf : unsure) {
      disk.sync(shelf);
    }
    if (!shelves.containsAll(unsure)) {
      disk.sync(folder);
      disk.sync(above);
      shelves.addAll(unsure);
    }
    if (synced.size() + digests.size() > KNOWN) {
      synced.clear();
    }
    digests.stream().limit(KNOWN).forEach(synced::add);
  }

  /** What was written aside and has no name yet; what gets none is taken away. */
  private final class Unplaced implements Closeable {

    private final Map<Digest, Path> asides = new LinkedHashMap<>();

    Collection<Path> files() {
      return asides.values();
    }

    Set<Digest> digests() {
      return asides.keySet();
    }

    /** Writes it, unless it is there already. */
    Digest write(InputStream content) throws IOException {
      byte[] beginning = content.readNBytes(SMALL);
      if (beginning.length == SMALL) {
        return writeLong(new SequenceInputStream(new ByteArrayInputStream(beginning), content));
      }
      Digest digest = Digest.of(beginning);
      if (!isThere(digest)) {
        Path aside = aside();
        asides.put(digest, aside);
        try (FileOutputStream out = new FileOutputStream(aside.toFile())) {
          out.write(beginning);
        }
      }
      return digest;
    }

    private Digest writeLong(InputStream content) throws IOException {
      Path aside = aside();
      try {
        Digest digest = BlobFolder.write(content, aside);
        if (!isThere(digest)) {
          asides.put(digest, aside);
        }
        return digest;
      } finally {
        if (!asides.containsValue(aside)) {
          Files.deleteIfExists(aside);
        }
      }
    }

    private boolean isThere(Digest digest) {
      return asides.containsKey(digest) || Files.exists(place(digest));
    }

    private Path aside() throws IOException {
      return Files.createTempFile(folder, "new-", ".part");
    }

    void move() throws IOException {
      for (Map.Entry<Digest, Path> entry : asides.entrySet()) {
        Files.createDirectories(shelf(entry.getKey()));
        Files.move(entry.getValue(), place(entry.getKey()), StandardCopyOption.ATOMIC_MOVE);
      }
    }

    @Override
    public void close() throws IOException {
      for (Path aside : asides.values()) {
        Files.deleteIfExists(aside);
      }
    }
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
