package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * The journal in a folder of a local disk, for the processes of one host. What is on the disk is
 * told in this package's description and in {@code docs/journal.md}.
 *
 * <p>An entry is synced to the disk before {@code append} returns. What a crash left unfinished is
 * cut off when the folder is next opened or written to; anything else that does not agree with its
 * checksum or the hash chain is refused with CORRUPT and left as it is. A process opens a folder
 * once at a time. Safe for use by several threads.
 */
public final class FileJournal implements Journal {

  private final JournalFolder folder;
  private final Liveness liveness;
  private final OsLock osLock;
  private final Segment segment;
  private final LeaseBook leases;
  private final Turns turns;
  private final KeptContent content;

  private FileJournal(JournalFolder folder, TimeSource time, Liveness liveness)
      throws IOException {
    this.folder = folder;
    this.liveness = liveness;
    osLock = new OsLock(folder.file("journal.lock"));
    segment = new Segment(folder);
    leases = new LeaseBook(time, liveness);
    turns = new Turns(folder, osLock, segment, new Book(segment, time, leases));
    content = new KeptContent(folder);
  }

  /**
   * Opens the journal in a folder and checks all that is in it; makes the folder, for its owner
   * only, if it is not there.
   *
   * @throws nl.praatmetjeboekhouding.dirk.error.JournalException with STORAGE if the folder cannot
   *     be used, is on a network file system or is open in this process already; with CORRUPT if
   *     what is in it is damaged
   */
  public static FileJournal open(Path folder, TimeSource time) {
    requireNonNull(time, "time");
    JournalFolder opened = JournalFolder.open(folder);
    FileJournal journal;
    try {
      journal = assemble(opened, time);
    } catch (IOException e) {
      throw Storage.refused(opened.path(), "opened", e);
    }
    try {
      journal.begin();
      return journal;
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /**
   * Opens this user's journal: in {@code $XDG_STATE_HOME/dirk}, or in {@code
   * $HOME/.local/state/dirk} if the former is not set to an absolute path.
   *
   * @param environment looks up an environment variable, such as {@code System::getenv}
   */
  public static FileJournal standard(
      Function<String, @Nullable String> environment, TimeSource time) {
    return open(JournalFolder.standard(environment), time);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(true, true, false, folder.path().toString());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the entry has more than 1 MiB of JSON
   */
  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    Names.stream(stream);
    List<Lease> relied = List.copyOf(held);
    requireNonNull(record, "record");
    return turns.change((book, draft) -> book.append(draft, stream, sequence, relied, record));
  }

  @Override
  public List<Entry> read(String stream, long from) {
    Names.stream(stream);
    if (from < 1) {
      throw new IllegalArgumentException("from must be at least 1: " + from);
    }
    return turns.look(book -> book.read(stream, from));
  }

  @Override
  public List<Entry> heads(String kind) {
    Names.kind(kind);
    return turns.look(book -> book.heads(kind));
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    requireNonNull(resource, "resource");
    requireNonNull(holder, "holder");
    requireNonNull(reason, "reason");
    Names.ttl(ttl);
    return turns.change((book, draft) -> book.acquire(draft, resource, holder, reason, ttl));
  }

  @Override
  public Lease renew(Lease lease, Duration ttl) {
    requireNonNull(lease, "lease");
    Names.ttl(ttl);
    return turns.change((book, draft) -> book.renew(draft, lease, ttl));
  }

  @Override
  public void release(Lease lease) {
    requireNonNull(lease, "lease");
    turns.change(
        (book, draft) -> {
          book.release(draft, lease);
          return lease;
        });
  }

  @Override
  public Optional<Lease> holder(String resource) {
    requireNonNull(resource, "resource");
    return turns.look(book -> book.holder(resource));
  }

  @Override
  public Digest keep(InputStream stream) {
    requireNonNull(stream, "stream");
    turns.requireOpen();
    return content.keep(stream);
  }

  @Override
  public Optional<InputStream> kept(Digest digest) {
    requireNonNull(digest, "digest");
    turns.requireOpen();
    return content.kept(digest);
  }

  @Override
  public void close() {
    turns.close(
        () -> {
          liveness.close();
          segment.close();
          osLock.close();
        });
  }

  private static FileJournal assemble(JournalFolder folder, TimeSource time) throws IOException {
    Liveness liveness = Liveness.announce(folder);
    try {
      return new FileJournal(folder, time, liveness);
    } catch (IOException | RuntimeException e) {
      liveness.close();
      throw e;
    }
  }

  private void begin() {
    turns.change((book, draft) -> folder);
    turns.look(
        book -> {
          liveness.sweep(leases.processes());
          return folder;
        });
  }
}
