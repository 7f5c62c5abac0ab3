package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.model.Split;

/**
 * Traffic that was given to versions.
 *
 * @param worker what the Worker is called
 * @param split which version gets how much
 * @param deployment the deployment that was made, in Cloudflare's own JSON
 * @param warnings what somebody should look at, a sentence each
 */
public record DeployedVersions(
    String worker, Split split, JsonNode deployment, List<String> warnings) {

  /** Checks that nothing is null. */
  public DeployedVersions {
    requireNonNull(worker, "worker");
    requireNonNull(split, "split");
    requireNonNull(deployment, "deployment");
    warnings = List.copyOf(warnings);
  }
}
