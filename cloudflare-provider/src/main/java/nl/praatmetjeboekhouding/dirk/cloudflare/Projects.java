package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Attached;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerFile;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * The wrangler project of a service, read anew each time, since a build may write it.
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

  /** What the Worker of a target is called. */
  String worker(Target target) {
    try {
      WranglerFile file = WranglerFile.in(folder);
      return file.worker(environment(file, target));
    } catch (ConfigurationException e) {
      throw notAsked(e);
    }
  }

  /** The routes of a target as they are sent; a missing node if it has none. Needs no build. */
  JsonNode routes(Target target) {
    try {
      WranglerFile file = WranglerFile.in(folder);
      return file.routes(environment(file, target))
          .<JsonNode>map(routes -> routes)
          .orElse(MissingNode.getInstance());
    } catch (ConfigurationException e) {
      throw notAsked(e);
    }
  }

  /** How running Durable Objects of a target get new code. */
  ObjectNode codeUpdate(Target target) {
    try {
      WranglerFile file = WranglerFile.in(folder);
      return overrides.codeUpdate(() -> file.codeUpdate(environment(file, target)));
    } catch (ConfigurationException e) {
      throw notAsked(e);
    }
  }

  /** What a target attaches besides routes and crons. Needs no build. */
  Attached attached(Target target) {
    try {
      WranglerFile file = WranglerFile.in(folder);
      return file.triggers(environment(file, target), overrides).attached();
    } catch (ConfigurationException e) {
      throw notAsked(e);
    }
  }

  /** All that is to be deployed to a target, which must not name another account. */
  WranglerProject project(Target target, String account) {
    try {
      WranglerFile file = WranglerFile.in(folder);
      return file.project(environment(file, target), overrides).in(account);
    } catch (ConfigurationException e) {
      throw notAsked(e);
    }
  }

  /** The static assets of a project as they are now. */
  ProjectAssets assets(WranglerProject project) {
    try {
      return ProjectAssets.of(project);
    } catch (ConfigurationException e) {
      throw notAsked(e);
    }
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
