package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * A run that somebody asks for.
 *
 * @param run its id
 * @param story the version of the story that tells it
 * @param request all that was asked, to tell two requests apart
 */
record RunRequest(String run, String runbook, int story, String service, JsonNode request) {

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
              + " "
              + earlier.request
              + ": give the new task an id of its own");
    }
  }
}
