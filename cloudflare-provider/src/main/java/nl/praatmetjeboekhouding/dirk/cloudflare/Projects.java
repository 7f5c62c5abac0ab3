package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Attached;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerFile;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * The wrangler project of a service, which its build may write anew.
 *
 * @param folder the project folder
 * @param environments Dirk's environments with wrangler's, or {@link #TOP_LEVEL}
 * @param overrides what applies instead of the file
 */
record Projects(Path folder, Map<String, String> environments, Overrides overrides) {

  /** What stands for the top level of a file, unless an environment is called so. */
  static final String TOP_LEVEL = "top-level";

  Projects {
    environments = Map.copyOf(environments);
  }

  /**
   * One reading of the file for a target, of which more is understood as it is asked for.
   *
   * @param file as it was then
   * @param environment wrangler's, or empty for the top level
   * @param overrides what applies instead of the file
   */
  record Reading(WranglerFile file, Optional<String> environment, Overrides overrides) {

    /** What the Worker is called. */
    String worker() {
      return understood(() -> file.worker(environment));
    }

    /** The routes as they are sent; a missing node if it has none. Needs no build. */
    JsonNode routes() {
      return understood(
          () ->
              file.routes(environment)
                  .<JsonNode>map(routes -> routes)
                  .orElse(MissingNode.getInstance()));
    }

    /** How running Durable Objects get new code. */
    ObjectNode codeUpdate() {
      return understood(() -> overrides.codeUpdate(() -> file.codeUpdate(environment)));
    }

    /** What it attaches besides routes and crons. Needs no build. */
    Attached attached() {
      return understood(() -> file.triggers(environment, overrides).attached());
    }

    /** All that is to be deployed, which must not name another account. */
    WranglerProject project(String account) {
      return understood(() -> file.project(environment, overrides).in(account));
    }
  }

  /** Reads the file for a target. */
  Reading read(Target target) {
    return understood(
        () -> {
          WranglerFile file = WranglerFile.in(folder);
          return new Reading(file, environment(file, target), overrides);
        });
  }

  private static <T> T understood(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigurationException e) {
      throw notAsked(e);
    }
  }

  /** The static assets of a project as they are now. */
  ProjectAssets assets(WranglerProject project) {
    return understood(() -> ProjectAssets.of(project));
  }

  private Optional<String> environment(WranglerFile file, Target target) {
    String name = target.environment().name();
    String chosen =
        environments.getOrDefault(
            name, file.declares(name) || file.isMadeForOne() ? name : TOP_LEVEL);
    return chosen.equals(TOP_LEVEL) && !file.declares(TOP_LEVEL)
        ? Optional.empty()
        : Optional.of(chosen);
  }

  private static ProviderException notAsked(ConfigurationException wrong) {
    return ProviderException.with(
            FailureKind.NOT_SENT, "Cloudflare was not asked: " + wrong.getMessage())
        .cause(wrong)
        .build();
  }
}
