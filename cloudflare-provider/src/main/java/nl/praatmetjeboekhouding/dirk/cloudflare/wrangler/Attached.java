package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * What a project attaches to its Worker besides routes and crons, each as it is sent.
 *
 * @param domains its custom domains, each with {@code hostname}
 * @param consumers the queues that it consumes: each with the queue's name and how it consumes it
 * @param workflows the workflows that it defines: each with its name and what it is
 * @param databases by binding, the {@code database_name} and {@code jurisdiction} of the databases
 *     whose id the project does not say
 * @param consents what was asked for
 */
public record Attached(
    ArrayNode domains,
    ArrayNode consumers,
    ArrayNode workflows,
    ObjectNode databases,
    Set<Consent> consents) {

  /** Checks that nothing is null. */
  public Attached {
    requireNonNull(domains, "domains");
    requireNonNull(consumers, "consumers");
    requireNonNull(workflows, "workflows");
    requireNonNull(databases, "databases");
    consents = Set.copyOf(consents);
  }

  /** Nothing. */
  public static Attached none() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return new Attached(
        nodes.arrayNode(), nodes.arrayNode(), nodes.arrayNode(), nodes.objectNode(), Set.of());
  }
}
