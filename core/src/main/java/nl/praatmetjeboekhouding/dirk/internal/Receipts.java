package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.report.OutputProtocol;

/** What receipts need of the forms of runs. */
public final class Receipts {

  private Receipts() {}

  /**
   * What the report says of a run whose last entry this is; empty if that is not its end.
   *
   * @throws RuntimeException if the entry is no report of any Dirk
   */
  public static Optional<JsonNode> report(JsonNode lastEntry) {
    return lastEntry.path("type").asText().equals("ended")
        ? Optional.of(
            OutputProtocol.tree(new ReportForm().read(lastEntry.path("data").path("report"))))
        : Optional.empty();
  }

  /** The step that an entry is about, if it is about one. */
  public static Optional<String> step(JsonNode entry) {
    return Forms.text(entry.path("data"), "step");
  }
}
