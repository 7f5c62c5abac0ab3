package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
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
 * @param environments Dirk's environments with wrangler's; an empty text is the top level
 */
record Projects(Path folder, Map<String, String> environments) {

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

  /** All that is to be deployed to a target. */
  WranglerProject project(Target target) {
    try {
      WranglerFile file = WranglerFile.in(folder);
      return file.project(environment(file, target));
    } catch (ConfigurationException e) {
      throw notAsked(e);
    }
  }

  private Optional<String> environment(WranglerFile file, Target target) {
    String name = target.environment().name();
    String same = file.declares(name) ? name : "";
    return Optional.of(environments.getOrDefault(name, same)).filter(chosen -> !chosen.isEmpty());
  }

  private static ProviderException notAsked(ConfigurationException wrong) {
    return ProviderException.with(
            FailureKind.NOT_SENT, "Cloudflare was not asked: " + wrong.getMessage())
        .cause(wrong)
        .build();
  }
}
