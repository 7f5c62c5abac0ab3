package nl.praatmetjeboekhouding.dirk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingJournal;

/**
 * A journal that writes down, beside each entry, what stood at the vendor when it was written, and
 * that knows its processes by one name for all, so that two recordings are the same.
 */
final class GoldenRecorder extends ForwardingJournal {

  private static final String PROCESS = "(\\S+ )?process \\d+/[0-9a-f]{8}";
  private static final String ANY = "process 1/00000000";

  private final Supplier<GoldenState> vendor;
  private final ArrayNode timeline = JsonNodeFactory.instance.arrayNode();
  private Optional<GoldenState> last = Optional.empty();
  private String writing = "";

  GoldenRecorder(Journal journal, Supplier<GoldenState> vendor) {
    super(journal);
    this.vendor = vendor;
  }

  /** The vendor's states, each with the entry from which on it stood, and the one in the end. */
  ArrayNode timeline() {
    note("", 0);
    return timeline;
  }

  /** From here on the states count. */
  void forget() {
    timeline.removeAll();
    last = Optional.empty();
  }

  private void note(String stream, long sequence) {
    GoldenState now = vendor.get();
    if (!last.equals(Optional.of(now)) || !stream.equals(writing)) {
      last = Optional.of(now);
      writing = stream;
      ObjectNode noted = timeline.addObject().put("stream", stream).put("sequence", sequence);
      noted.set("state", now.toJson());
    }
  }

  @Override
  public Entry append(String stream, long sequence, List<Lease> held, JournalRecord record) {
    note(stream, sequence);
    return super.append(stream, sequence, held, normal(record));
  }

  private static JournalRecord normal(JournalRecord record) {
    if (!record.data().has("from")) {
      return record;
    }
    ObjectNode data = record.data().deepCopy();
    data.put("from", data.path("from").asText().replaceAll(PROCESS, ANY));
    return new JournalRecord(record.type(), record.version(), data);
  }

  @Override
  public Lease acquire(String resource, String holder, String reason, Duration ttl) {
    return super.acquire(resource, holder.replaceAll(PROCESS, ANY), reason, ttl);
  }

  @Override
  public Lease preempt(String resource, String holder, String reason, Duration ttl) {
    return super.preempt(resource, holder.replaceAll(PROCESS, ANY), reason, ttl);
  }
}
