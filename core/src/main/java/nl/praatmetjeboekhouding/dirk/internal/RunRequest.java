package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;

/**
 * A run that somebody asks for.
 *
 * @param run its id
 * @param story the version of the story that tells it
 * @param request all that was asked, to tell two requests apart
 * @param acknowledged the documents that are said to have been read, each with its digest
 * @param by who asks
 * @param reason why
 * @param release what the release was called when it was asked for; empty text if that was not to
 *     be told
 */
record RunRequest(
    String run,
    String runbook,
    int story,
    String service,
    JsonNode request,
    JsonNode acknowledged,
    String by,
    String reason,
    String release) {

  /** What a run was asked for that was begun before. */
  static RunRequest of(String run, RunRecord.Started started) {
    return new RunRequest(
        run,
        started.runbook(),
        started.story(),
        started.service(),
        started.request(),
        started.acknowledged(),
        started.by(),
        started.reason(),
        started.release());
  }

  /** This, told by the story of this version. */
  RunRequest toldBy(int version) {
    return new RunRequest(
        run, runbook, version, service, request, acknowledged, by, reason, release);
  }

  /** Refuses an id that was used for something else. */
  void requireSame(RunRequest earlier) {
    if (!runbook.equals(earlier.runbook)
        || !service.equals(earlier.service)
        || !request.equals(earlier.request)) {
      throw new ConfigurationException(
          "task " + run,
          "this id was already used for "
              + earlier.runbook
              + " of "
              + earlier.service
              + (earlier.request.isEmpty() ? "" : " " + earlier.request)
              + ": give the new task an id of its own");
    }
  }
}
