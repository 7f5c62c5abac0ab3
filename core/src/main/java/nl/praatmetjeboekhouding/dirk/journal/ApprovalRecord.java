package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.JournalException;

/**
 * Somebody approved a plan, written to the stream {@code approval:HASH}. This is the only place
 * that knows how it looks as JSON; a form that was ever written stays readable.
 *
 * @param service what the plan is about
 * @param by who approved
 * @param group for which group, or empty
 * @param reason why; empty text if nobody said
 */
public record ApprovalRecord(String service, String by, Optional<String> group, String reason) {

  /** The kind of the streams that approvals are written to. */
  public static final String KIND = "approval";

  private static final String TYPE = "approved";

  /** Checks that nothing is null. */
  public ApprovalRecord {
    requireNonNull(service, "service");
    requireNonNull(by, "by");
    requireNonNull(group, "group");
    requireNonNull(reason, "reason");
  }

  /** How it is written. */
  public JournalRecord toJournal() {
    ObjectNode data =
        JsonNodeFactory.instance
            .objectNode()
            .put("service", service)
            .put("by", by)
            .put("reason", reason);
    group.ifPresent(name -> data.put("group", name));
    return new JournalRecord(TYPE, 1, data);
  }

  /**
   * Reads a record.
   *
   * @throws JournalException with CORRUPT if it is of no known type or version
   */
  public static ApprovalRecord of(JournalRecord record) {
    if (!record.type().equals(TYPE) || record.version() != 1) {
      throw new JournalException(
          JournalException.Kind.CORRUPT,
          "An approval's record of type "
              + record.type()
              + ", version "
              + record.version()
              + ", is not known to this Dirk: it was written by a newer one.");
    }
    JsonNode data = record.data();
    return new ApprovalRecord(
        data.path("service").asText(),
        data.path("by").asText(),
        data.has("group") ? Optional.of(data.path("group").asText()) : Optional.empty(),
        data.path("reason").asText());
  }
}
