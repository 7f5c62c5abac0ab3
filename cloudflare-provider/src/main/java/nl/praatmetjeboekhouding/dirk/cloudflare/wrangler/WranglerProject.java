package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * What a wrangler file says about one Worker in one environment.
 *
 * @param name the Worker's name at Cloudflare
 * @param account the account that the file names, or empty
 * @param modules what is uploaded, the main module first
 * @param metadata what an upload of a version carries
 * @param subdomain whether it is reached under workers.dev, as it is sent
 * @param scriptSettings observability and logpush, as they are sent
 * @param tags {@code cf:} tags, or empty if no environments are configured
 * @param routes as they are sent, or empty if none are configured
 * @param migrations of Durable Objects, oldest first, each with a {@code tag}
 * @param crons as they are sent, or empty if they are not configured, which leaves them alone
 * @param warnings what somebody should look at, a sentence each
 */
public record WranglerProject(
    String name,
    Optional<String> account,
    List<ModuleFile> modules,
    ObjectNode metadata,
    ObjectNode subdomain,
    ObjectNode scriptSettings,
    List<String> tags,
    Optional<ArrayNode> routes,
    List<ObjectNode> migrations,
    Optional<ArrayNode> crons,
    List<String> warnings) {

  /** Checks that nothing is null. */
  public WranglerProject {
    requireNonNull(name, "name");
    requireNonNull(account, "account");
    modules = List.copyOf(modules);
    requireNonNull(metadata, "metadata");
    requireNonNull(subdomain, "subdomain");
    requireNonNull(scriptSettings, "scriptSettings");
    tags = List.copyOf(tags);
    requireNonNull(routes, "routes");
    migrations = List.copyOf(migrations);
    requireNonNull(crons, "crons");
    warnings = List.copyOf(warnings);
  }

  /**
   * This one, if it is to be deployed to that account.
   *
   * @throws ConfigurationException if the file names another
   */
  public WranglerProject in(String id) {
    if (account.filter(other -> !other.equals(id)).isPresent()) {
      throw new ConfigurationException(
          "account_id", "the wrangler file names another account than the one to deploy to");
    }
    return this;
  }

  /** Whether the main script is a service worker, which cannot be uploaded without going live. */
  public boolean isServiceWorker() {
    return metadata.has("body_part");
  }
}
