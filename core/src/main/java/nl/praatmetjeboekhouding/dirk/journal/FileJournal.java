package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A journal in a folder of one host, shared by any number of its processes.
 *
 * <p>All streams and leases are lines of one file, {@code journal.log}: checksummed, chained by
 * hash and synced to the disk before an append returns. A short lock of the operating system guards
 * each call; it dies with its process. What a crash left unfinished at the end of the file was
 * never acknowledged and is cut off; anything else that does not agree is told, and nothing is
 * rewritten. Kept content lies beside it in {@code kept/}. All that it makes is for its owner only.
 * Network file systems are refused: their locks and syncs cannot be relied on.
 */
public final class FileJournal implements Journal {

  private static final Set<String> NETWORK =
      Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "fuse.sshfs", "afs");

  private static final String LOG = "journal.log";

  private final Path folder;
  private final TimeSource time;
  private final FolderLock lock;
  private final LogFile log;
  private final BlobFolder blobs;
  private final LogState state = new LogState();
  private boolean closed;

  private FileJournal(Path folder, TimeSource time, FolderLock lock, LogFile log) {
    this.folder = folder;
    this.time = time;
    this.lock = lock;
    this.log = log;
    this.blobs = new BlobFolder(folder, FolderSync::system);
  }

  /**
   * Opens the journal in a folder, which is made if it is not there.
   *
   * @throws JournalException with STORAGE if the folder cannot be used or is open in this process
   *     already, with CORRUPT if what is there does not agree with itself or was written by a newer
   *     Dirk. Nothing stays open then
   */
  public static FileJournal open(Path folder, TimeSource time) {
    requireNonNull(time, "time");
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      refuseEmptied(absolute);
      makePrivate(absolute);
      refuseNetwork(absolute);
      return begin(absolute, time);
    } catch (IOException e) {
      throw storage(absolute, e);
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, false, folder.toString());
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    return durably(
        () -> {
          long next = state.stream(stream).size() + 1L;
          if (sequence != next) {
            throw new JournalException(
                Kind.SEQUENCE, stream + " goes on with entry " + next + ", not " + sequence);
          }
          Instant now = time.instant();
          for (Lease lease : held) {
            state.requireCurrent(lease, now);
          }
          Entry entry = new Entry(stream, sequence, now, record);
          state.add(entry, log.append(state.line(entry, held)));
          return entry;
        });
  }

  @Override
  public List<Entry> read(String stream, long from) {
    if (from < 1) {
      throw new IllegalArgumentException("from must be at least 1: " + from);
    }
    return locked(
        () -> state.stream(stream).stream().filter(entry -> entry.sequence() >= from).toList());
  }

  @Override
  public List<String> lines(String stream) {
    return locked(
        () ->
            log.select(
                line ->
                    line.path("line").asText().equals(EntryForm.KIND)
                        && line.path("stream").asText().equals(stream)));
  }

  @Override
  public List<Entry> heads(String kind) {
    return locked(() -> state.heads(kind));
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    requirePositive(ttl);
    return durably(
        () -> {
          Optional<Lease> other =
              state
                  .holder(resource, time.instant())
                  .filter(lease -> !lease.holder().equals(holder));
          if (other.isPresent()) {
            throw new JournalException(Kind.LEASED, other.get().account());
          }
          return take(resource, holder, reason, ttl);
        });
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    requirePositive(ttl);
    return durably(() -> take(resource, holder, reason, ttl));
  }

  private Lease take(String resource, String holder, String reason, Duration ttl)
      throws IOException {
    Instant now = time.instant();
    Lease lease =
        new Lease(resource, state.nextEpoch(resource), holder, reason, now, now.plus(ttl));
    write(LogState.line(lease));
    return lease;
  }

  @Override
  public Lease renew(Lease lease, Duration ttl) {
    requirePositive(ttl);
    return locked(
        () -> {
          Instant now = time.instant();
          state.requireLast(lease);
          Lease renewed = lease.endingAt(now.plus(ttl));
          write(LogState.line(renewed));
          return renewed;
        });
  }

  @Override
  public void release(Lease lease) {
    boolean unused =
        locked(
            () -> {
              if (state.isCurrent(lease, time.instant())) {
                write(LogState.release(lease));
              }
              return true;
            });
  }

  @Override
  public Optional<Lease> holder(String resource) {
    return locked(() -> state.holder(resource, time.instant()));
  }

  @Override
  public Digest keep(InputStream content) {
    return uninterrupted(() -> blobs.keep(content));
  }

  @Override
  public List<Digest> keepAll(List<? extends ContentFile.Content> contents) {
    return uninterrupted(() -> blobs.keepAll(contents));
  }

  @Override
  public Optional<InputStream> kept(Digest digest) {
    return uninterrupted(() -> blobs.kept(digest));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock;
        log) {
      // the log first; the lock even if that fails
    } catch (IOException e) {
      throw storage(folder, e);
    }
  }

  /** One call's work. */
  private interface Work<T> {
    T run() throws IOException;
  }

  /** What a call came to, and how far the file had to be written for it. */
  private record Written<T>(T value, long upTo) {}

  /** Works on what stands in the file now. */
  private <T> T locked(Work<T> work) {
    return uninterrupted(() -> alone(work));
  }

  /** As {@link #locked}; what was written is durable when it returns. */
  private <T> T durably(Work<T> work) {
    return uninterrupted(
        () -> {
          Written<T> done = alone(() -> new Written<>(work.run(), log.written()));
          log.awaitDurable(done.upTo());
          return done.value();
        });
  }

  /** Alone among all threads and processes. */
  private synchronized <T> T alone(Work<T> work) throws IOException {
    requireOpen();
    lock.lock();
    try {
      log.catchUp(state);
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Works as if nobody had interrupted the thread, and hands the interrupt on afterwards. */
  private <T> T uninterrupted(Work<T> work) {
    requireOpen();
    boolean interrupted = Thread.interrupted();
    try {
      return work.run();
    } catch (IOException e) {
      throw storage(folder, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void write(ObjectNode line) throws IOException {
    state.read(line, log.append(line));
  }

  private synchronized void requireOpen() {
    if (closed) {
      throw new JournalException(Kind.CLOSED, "the journal in " + folder + " was closed");
    }
  }

  private static void requirePositive(Duration ttl) {
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("ttl must be positive: " + ttl);
    }
  }

  private static FileJournal begin(Path folder, TimeSource time) throws IOException {
    FolderLock lock = FolderLock.open(folder);
    try {
      LogFile log = new LogFile(folder.resolve(LOG));
      try {
        FileJournal journal = new FileJournal(folder, time, lock, log);
        boolean unused = journal.locked(() -> true);
        journal.blobs.sweep(time.instant());
        return journal;
      } catch (RuntimeException | Error e) {
        log.close();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      lock.close();
      throw e;
    }
  }

  /** An empty log is a new one, unless content is kept beside it, which only its runs can be of. */
  private static void refuseEmptied(Path folder) throws IOException {
    Path log = folder.resolve(LOG);
    boolean isEmpty = Files.exists(log) && Files.size(log) == 0;
    if (isEmpty && new BlobFolder(folder, FolderSync::system).isInUse()) {
      throw new JournalException(
          Kind.CORRUPT,
          log
              + " is empty, but what its runs kept lies beside it. Nothing was changed. Put the file"
              + " back from a copy, or delete it to begin anew.");
    }
  }

  private static void makePrivate(Path folder) throws IOException {
    makeFolders(folder);
    OwnerOnly.file(folder.resolve(LOG));
    // also if the log was there: whoever made it may not have come to this yet
    FolderSync.system(folder);
  }

  private static void makeFolders(Path folder) throws IOException {
    Path above = folder.getParent();
    if (above == null || Files.isDirectory(folder)) {
      return;
    }
    makeFolders(above);
    OwnerOnly.folder(folder);
    FolderSync.system(above);
  }

  private static void refuseNetwork(Path folder) throws IOException {
    String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
    if (NETWORK.contains(type)) {
      throw new JournalException(
          Kind.STORAGE,
          folder
              + " lies on a network file system ("
              + type
              + "), whose locks cannot be relied on: choose a local folder");
    }
  }

  private static JournalException storage(Path folder, IOException e) {
    return new JournalException(
        Kind.STORAGE,
        "the journal in "
            + folder
            + " cannot be used ("
            + e
            + "): check that the disk is there, has space, and lets this user write",
        e);
  }
}
