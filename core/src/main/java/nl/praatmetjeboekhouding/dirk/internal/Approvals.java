package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.journal.ApprovalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.Approval;

/** Who approved which plan, as the journal tells. */
final class Approvals {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 20;

  private final Journal journal;

  Approvals(Journal journal) {
    this.journal = journal;
  }

  /**
   * Writes down that somebody approves a plan.
   *
   * @throws ConfigurationException if there is no plan of this hash
   */
  Approval add(Digest plan, String by, Optional<String> group, String reason) {
    ApprovalRecord record = new ApprovalRecord(serviceOf(plan), by, group, reason);
    return approval(append(nameOf(plan), record, TRIES));
  }

  /** Two who approve at the same time write one after the other. */
  private Entry append(String stream, ApprovalRecord record, int tries) {
    try {
      return journal.append(
          stream, journal.read(stream, 1).size() + 1L, List.of(), record.toJournal());
    } catch (JournalException e) {
      if (e.kind() != JournalException.Kind.SEQUENCE || tries == 1) {
        throw e;
      }
      return append(stream, record, tries - 1);
    }
  }

  /** All of a plan, oldest first. */
  List<Approval> of(Digest plan) {
    return journal.read(nameOf(plan), 1).stream().map(Approvals::approval).toList();
  }

  /** The last of each other plan of a service. */
  List<Approval> ofOtherPlans(String service, Digest plan) {
    return journal.heads(ApprovalRecord.KIND).stream()
        .map(Approvals::approval)
        .filter(other -> other.service().equals(service) && !other.plan().equals(plan))
        .toList();
  }

  private static Approval approval(Entry entry) {
    ApprovalRecord record = ApprovalRecord.of(entry.record());
    return new Approval(
        new Digest(entry.stream().substring(ApprovalRecord.KIND.length() + 1)),
        record.service(),
        record.by(),
        record.group(),
        record.reason(),
        entry.at());
  }

  private static String nameOf(Digest plan) {
    return ApprovalRecord.KIND + ":" + plan.hex();
  }

  private String serviceOf(Digest plan) {
    return kept(plan)
        .map(document -> document.path("service").asText())
        .filter(service -> !service.isEmpty())
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "plan " + plan.hex(), "there is no plan of this hash beside this journal"));
  }

  private Optional<JsonNode> kept(Digest plan) {
    Optional<InputStream> content = journal.kept(plan);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream open = content.get()) {
      return Optional.of(JSON.readTree(open));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
