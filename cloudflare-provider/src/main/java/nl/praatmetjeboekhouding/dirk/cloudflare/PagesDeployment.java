package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A folder that was deployed.
 *
 * @param json the deployment as Cloudflare tells it; its stages may still be under way
 * @param warnings what went less well, in sentences
 */
public record PagesDeployment(JsonNode json, List<String> warnings) {

  /** Checks that nothing is null, and copies. */
  public PagesDeployment {
    requireNonNull(json, "json");
    warnings = List.copyOf(warnings);
  }

  /** The deployment's id; an empty text if Cloudflare did not tell it. */
  public String id() {
    return json.path("id").asText();
  }
}
