package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.util.Map;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;

/** What command lines say about what others did, and about which Worker is meant. */
final class GuardCommands {

  private GuardCommands() {}

  /**
   * The project as a build of Cloudflare asks for it, taking over from others unless it is strict.
   */
  static WorkerProject guarded(
      WorkerProject project, Arguments arguments, Map<String, String> variables) {
    WorkerProject inBuild = project.inBuild(variables);
    return arguments.flag("strict").orElse(false)
        ? inBuild.takingDomains().strictly()
        : CommandLine.asWrangler(inBuild);
  }
}
