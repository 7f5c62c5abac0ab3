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
 * @param modules what is uploaded, the main module first, or in a service worker the files that it
 *     knows as variables; none if it is assets alone
 * @param assets its static assets, or empty if it has none
 * @param site its Workers Site, or empty if it is none
 * @param requiredSecrets the secrets that it cannot do without
 * @param metadata what an upload of a version carries
 * @param migrations all steps of its Durable Object classes, oldest first, as they stand
 * @param codeUpdate how running Durable Objects get new code, as it is sent
 * @param subdomain whether it is reached under workers.dev, as it is sent
 * @param scriptSettings observability and logpush, as they are sent
 * @param tags {@code cf:} tags, or empty if no environments are configured
 * @param routes as they are sent, or empty if none are configured
 * @param crons as they are sent, or empty if they are not configured, which leaves them alone
 * @param attached what else is attached to it
 * @param warnings what somebody should look at, a sentence each
 */
public record WranglerProject(
    String name,
    Optional<String> account,
    List<ModuleFile> modules,
    Optional<StaticAssets> assets,
    Optional<Site> site,
    List<String> requiredSecrets,
    ObjectNode metadata,
    ArrayNode migrations,
    ObjectNode codeUpdate,
    ObjectNode subdomain,
    ObjectNode scriptSettings,
    List<String> tags,
    Optional<ArrayNode> routes,
    Optional<ArrayNode> crons,
    Attached attached,
    List<String> warnings) {

  /** Checks that nothing is null. */
  public WranglerProject {
    requireNonNull(name, "name");
    requireNonNull(account, "account");
    modules = List.copyOf(modules);
    requireNonNull(assets, "assets");
    requireNonNull(site, "site");
    requiredSecrets = List.copyOf(requiredSecrets);
    requireNonNull(metadata, "metadata");
    requireNonNull(migrations, "migrations");
    requireNonNull(codeUpdate, "codeUpdate");
    requireNonNull(subdomain, "subdomain");
    requireNonNull(scriptSettings, "scriptSettings");
    tags = List.copyOf(tags);
    requireNonNull(routes, "routes");
    requireNonNull(crons, "crons");
    requireNonNull(attached, "attached");
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

  /**
   * Whether Cloudflare takes its code only together with the traffic: a service worker, or one that
   * declares its Durable Object classes as they are to be.
   */
  public boolean goesLiveWithItsUpload() {
    return metadata.has("body_part") || Migrations.areExported(metadata);
  }
}
