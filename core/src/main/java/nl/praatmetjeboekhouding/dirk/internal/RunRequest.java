package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A run that somebody asks for.
 *
 * @param run its id
 * @param story the version of the story that tells it
 * @param request all that was asked, to tell two requests apart
 */
public record RunRequest(String run, String runbook, int story, String service, JsonNode request) {}
