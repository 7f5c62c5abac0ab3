package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.SecretValues;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * The secrets of Pages projects, each for production or for previews. A deployment has those that
 * were set when it was made, so a change is seen from the next one on. Each change reads the
 * project first, because it repeats the hash of the wrangler file that the project's settings were
 * made of, and is then one effect. Values are looked up when they are sent and never come back, not
 * even in a failure; one that cannot be looked up, or is null, keeps the change from being sent.
 * Every method fails with {@link ProviderException}, also if there is no such project. Safe for use
 * by several threads.
 */
public final class PagesSecrets {

  /** What a secret is for: Pages has no other environments. */
  public enum Environment {
    /** What the project's production branch becomes. */
    PRODUCTION,

    /** What all other branches become. */
    PREVIEW;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String CONFIGS = "deployment_configs";
  private static final String VARIABLES = "env_vars";
  private static final String HASH = "wrangler_config_hash";
  private static final String SECRET = "secret_text";

  private final Pages pages;

  PagesSecrets(Pages pages) {
    this.pages = pages;
  }

  /** What they are called, in the order in which Cloudflare tells them. */
  public List<String> names(String project, Environment environment, CallContext call) {
    return config(pages.project(project, call), environment).path(VARIABLES).properties().stream()
        .filter(variable -> variable.getValue().path("type").asText().equals(SECRET))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Sets one. */
  public void put(
      String project, Environment environment, String name, Secret value, CallContext call) {
    change(project, environment, Map.of(name, Optional.of(value)), call);
  }

  /** Takes one away; a variable of that name that is no secret goes too. */
  public void remove(String project, Environment environment, String name, CallContext call) {
    change(project, environment, Map.of(name, Optional.empty()), call);
  }

  /**
   * Sets several, and takes several away, at once.
   *
   * @param changes by name; an empty value is taken away
   */
  public void change(
      String project,
      Environment environment,
      Map<String, Optional<Secret>> changes,
      CallContext call) {
    Remaining remaining = new Remaining(call, pages.time());
    JsonNode hash = config(pages.project(project, remaining.call()), environment).path(HASH);
    JsonNode unused =
        pages.changeProject(
            project, values -> patch(environment, changes, hash, values), remaining.call());
  }

  private static JsonNode config(JsonNode project, Environment environment) {
    return project.path(CONFIGS).path(environment.word());
  }

  private static ObjectNode patch(
      Environment environment,
      Map<String, Optional<Secret>> changes,
      JsonNode hash,
      SecretValues values) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode config = patch.putObject(CONFIGS).putObject(environment.word());
    ObjectNode variables = config.putObject(VARIABLES);
    changes.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            variables.putNull(name);
          } else {
            variables.putObject(name).put("type", SECRET).put("value", values.of(value.get()));
          }
        });
    if (!hash.isMissingNode()) {
      config.set(HASH, hash);
    }
    return patch;
  }
}
