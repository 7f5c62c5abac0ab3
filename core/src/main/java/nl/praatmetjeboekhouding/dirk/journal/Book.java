package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Line.Claim;
import nl.praatmetjeboekhouding.dirk.journal.Line.LeaseChange;
import nl.praatmetjeboekhouding.dirk.journal.Line.Opening;
import nl.praatmetjeboekhouding.dirk.journal.Line.Written;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * What the lines say, by stream and by lease: where entries lie and who may write. Kept in memory,
 * derived from the lines alone.
 */
final class Book {

  private final Segment segment;
  private final TimeSource time;
  private final LeaseBook leases;
  private final Map<String, List<Position>> streams = new LinkedHashMap<>();
  private boolean opened;

  Book(Segment segment, TimeSource time, LeaseBook leases) {
    this.segment = segment;
    this.time = time;
    this.leases = leases;
  }

  /** Takes up what was written since, by whichever process. */
  void readOn() throws IOException {
    segment.readOn(this::apply);
  }

  /** Forgets everything, so that it is read again. */
  void clear() {
    streams.clear();
    leases.clear();
    opened = false;
    segment.rewind();
  }

  /** Lines to be written next; the first ever say which form the others have. */
  Draft draft() {
    Draft draft = segment.draft();
    if (!opened) {
      write(draft, new Opening(LineFormat.VERSION));
    }
    return draft;
  }

  Entry append(
      Draft draft, String stream, long sequence, List<Lease> held, JournalRecord record) {
    held.forEach(leases::check);
    long next = positions(stream).size() + 1L;
    if (sequence != next) {
      throw new JournalException(
          Kind.SEQUENCE,
          "Entry %d of %s was to be written, but its next is %d: another writer was there, or one was left out. Nothing was written; read the stream again."
              .formatted(sequence, stream, next));
    }
    Entry entry = new Entry(stream, sequence, time.instant(), LineFormat.asStored(record));
    List<Claim> claims =
        held.stream().map(lease -> new Claim(lease.resource(), lease.epoch())).toList();
    write(draft, new Written(entry, claims));
    return entry;
  }

  List<Entry> read(String stream, long from) throws IOException {
    List<Position> positions = positions(stream);
    List<Entry> entries = new ArrayList<>();
    for (long sequence = from; sequence <= positions.size(); sequence++) {
      entries.add(entry(positions.get((int) sequence - 1)));
    }
    return List.copyOf(entries);
  }

  List<Entry> heads(String kind) throws IOException {
    List<Entry> heads = new ArrayList<>();
    for (Map.Entry<String, List<Position>> stream : streams.entrySet()) {
      if (stream.getKey().startsWith(kind + ":")) {
        List<Position> positions = stream.getValue();
        heads.add(entry(positions.get(positions.size() - 1)));
      }
    }
    return List.copyOf(heads);
  }

  Lease acquire(Draft draft, String resource, String holder, String reason, Duration ttl)
      throws IOException {
    LeaseChange change = leases.acquire(resource, holder, reason, ttl);
    write(draft, change);
    return change.lease();
  }

  Lease renew(Draft draft, Lease lease, Duration ttl) {
    LeaseChange change = leases.renew(lease, ttl);
    write(draft, change);
    return change.lease();
  }

  void release(Draft draft, Lease lease) {
    leases.release(lease).ifPresent(change -> write(draft, change));
  }

  Optional<Lease> holder(String resource) throws IOException {
    return leases.holder(resource);
  }

  private void write(Draft draft, Line line) {
    apply(line, draft.add(line));
  }

  private void apply(Line line, Position position) {
    if (line instanceof Opening opening) {
      open(opening);
    } else if (!opened) {
      throw new IllegalArgumentException("the line that says the form of the journal is missing");
    } else if (line instanceof Written written) {
      add(written.entry(), position);
    } else if (line instanceof LeaseChange change) {
      leases.apply(change);
    }
  }

  private void open(Opening opening) {
    if (opened) {
      throw new IllegalArgumentException("the journal begins a second time");
    }
    if (opening.version() != LineFormat.VERSION) {
      throw new JournalException(
          Kind.STORAGE,
          "The journal was written in form %d, but this version of Dirk knows form %d only. Use the version of Dirk that wrote it, or a newer one."
              .formatted(opening.version(), LineFormat.VERSION));
    }
    opened = true;
  }

  private void add(Entry entry, Position position) {
    List<Position> positions = streams.computeIfAbsent(entry.stream(), name -> new ArrayList<>());
    if (entry.sequence() != positions.size() + 1L) {
      throw new IllegalArgumentException(
          "entry %d of a stream follows entry %d".formatted(entry.sequence(), positions.size()));
    }
    positions.add(position);
  }

  private List<Position> positions(String stream) {
    return streams.getOrDefault(stream, List.of());
  }

  private Entry entry(Position position) throws IOException {
    if (segment.read(position) instanceof Written written) {
      return written.entry();
    }
    throw new IllegalStateException("no entry at " + position);
  }
}
