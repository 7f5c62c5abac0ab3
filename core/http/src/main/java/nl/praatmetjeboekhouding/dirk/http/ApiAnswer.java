package nl.praatmetjeboekhouding.dirk.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What an API answered when all went well.
 *
 * @param status the HTTP status
 * @param headers by name in lower case; several of one name are joined by a comma
 * @param body the JSON, or a missing node if the body was empty
 */
public record ApiAnswer(int status, Map<String, String> headers, JsonNode body) {

  /** Checks that nothing is null. */
  public ApiAnswer {
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
  }
}
