package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Some versions of a Worker.
 *
 * @param versions newest first, in Cloudflare's own JSON
 * @param last whether there are no older ones
 */
public record VersionPage(List<JsonNode> versions, boolean last) {

  /** Checks that nothing is null. */
  public VersionPage {
    versions = List.copyOf(versions);
  }
}
