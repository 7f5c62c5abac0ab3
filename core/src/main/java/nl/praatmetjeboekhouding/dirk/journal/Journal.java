package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * What was intended and what came of it, kept so that it survives the process.
 *
 * <p>A journal holds streams ({@code run:ID}, {@code incident:ID}, ...) of entries, numbered from 1
 * without gaps; leases, which say who may write; and kept content, found by its digest. Everything
 * that Dirk reports is derived from it. Implementations are safe for use by several threads; every
 * method fails with {@link nl.praatmetjeboekhouding.dirk.error.JournalException} and nothing else.
 * An interrupt of the calling thread neither breaks a call nor the journal.
 */
public interface Journal extends AutoCloseable {

  /** What this journal is worth; always the same. */
  Capabilities capabilities();

  /**
   * Adds the next entry of a stream. When it returns, the entry is durable. A stream begins with
   * its first entry.
   *
   * @param stream {@code KIND:NAME}, the kind in lower-case letters and hyphens
   * @param sequence the number that the entry shall have; another one than the stream's next is
   *     refused with SEQUENCE, so that two writers never mix
   * @param held the leases that the writer relies on; if one of them was taken over or ran out the
   *     append is refused with STALE_EPOCH. May be empty where nothing is guarded yet
   * @param record what is written
   */
  Entry append(String stream, long sequence, List<Lease> held, JournalRecord record);

  /**
   * The entries of a stream from this number on, in order; empty if there are none.
   *
   * @param from at least 1
   */
  List<Entry> read(String stream, long from);

  /**
   * The entries of a stream as they were written, in order, for whoever takes them along as proof:
   * each is a line of JSON in {@link EntryForm} that names, as {@code streamPrev}, the SHA-256 of
   * the line before. Where a journal keeps no lines they are made anew.
   */
  default List<String> lines(String stream) {
    return EntryForm.chain(read(stream, 1), entry -> List.of());
  }

  /**
   * The last entry of every stream of a kind ({@code run}), in the order of the streams' first
   * entries.
   */
  List<Entry> heads(String kind);

  /**
   * Takes a lease. One that ran out is taken over: the epoch grows, and what the former holder
   * still appends is refused. The same holder gets its own lease again, with a new epoch.
   *
   * @param resource what it is on; the vendor's own name, or a stream
   * @param holder who takes it; unique to the run and its process
   * @param reason why, for whoever waits
   * @param ttl how long it holds without being renewed; positive
   * @throws nl.praatmetjeboekhouding.dirk.error.JournalException with LEASED and a message naming
   *     holder, reason and since when, if somebody else holds it
   */
  Lease acquire(String resource, String holder, String reason, Duration ttl);

  /**
   * Takes a lease from whoever holds it, whose time has not run out. The epoch grows; what the
   * former holder appends or renews from now on is refused with STALE_EPOCH. Where nobody holds it
   * this is {@link #acquire}.
   *
   * @param resource what it is on; the vendor's own name, or a stream
   * @param holder who takes it; unique to the run and its process
   * @param reason why, for whoever loses it and for whoever waits
   * @param ttl how long it holds without being renewed; positive
   */
  Lease preempt(String resource, String holder, String reason, Duration ttl);

  /**
   * The lease, extended to {@code ttl} from now. One that ran out may be renewed as long as nobody
   * took it over; then it is refused with STALE_EPOCH, as it is when it was given back.
   */
  Lease renew(Lease lease, Duration ttl);

  /** Gives the lease back. Does nothing if somebody took it over. */
  void release(Lease lease);

  /** Who holds a resource now, or empty if nobody does. */
  Optional<Lease> holder(String resource);

  /**
   * Keeps content until nobody needs it any more; durable when it returns. Keeping the same again
   * does nothing.
   *
   * @param content read to its end and not closed. One that an interrupt breaks (a socket's, or one
   *     over an interruptible channel; not a file's) is STORAGE then, as one that breaks by itself:
   *     nothing of it is kept, and the interrupt is handed on
   * @return what it is found by
   */
  Digest keep(InputStream content);

  /**
   * Keeps many things, as {@link #keep} does each; all are durable when it returns. A journal that
   * waits for a disk may wait once for many of them. If one cannot be kept this fails; of the
   * others some may be kept then.
   *
   * @param contents opened one after the other, each once, and closed
   * @return what they are found by, in their order
   */
  default List<Digest> keepAll(List<? extends ContentFile.Content> contents) {
    return contents.stream().map(this::keepOne).toList();
  }

  private Digest keepOne(ContentFile.Content content) {
    try (InputStream opened = content.open()) {
      return keep(opened);
    } catch (IOException e) {
      throw new JournalException(
          JournalException.Kind.STORAGE, "content cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Kept content, or empty if it is not there; the caller closes the stream. Its digest was
   * checked.
   */
  Optional<InputStream> kept(Digest digest);

  /**
   * Frees what it holds; every method but this one then fails with CLOSED. Leases are not released:
   * they belong to runs. A second close does nothing.
   */
  @Override
  void close();
}
