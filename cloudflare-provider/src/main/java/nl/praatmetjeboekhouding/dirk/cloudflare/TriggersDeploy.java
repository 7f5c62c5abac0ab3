package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** Sets the triggers of a project's Worker and nothing else, used once. */
final class TriggersDeploy {

  private final Workers workers;
  private final WranglerProject project;
  private final Remaining remaining;
  private final Repeats repeats;

  TriggersDeploy(Workers workers, WranglerProject project, CallContext call) {
    this.workers = workers;
    this.project = project;
    remaining = new Remaining(call, workers.time());
    repeats = new Repeats(call, workers.time());
  }

  /** What somebody should look at, a sentence each. */
  List<String> run() {
    if (workers.subdomain(project.name(), remaining.call()).isEmpty()) {
      throw ProviderException.of(
          FailureKind.NOT_FOUND,
          "Cloudflare was not asked to set triggers: there is no Worker "
              + project.name()
              + "; deploy it first");
    }
    Plan plan = Plan.of(project, false, PendingMigration.none());
    List<String> warnings = new ArrayList<>(project.warnings());
    warnings.addAll(new UploadCheck(workers, plan, remaining::call).run());
    ProjectTriggers triggers = new ProjectTriggers(workers, plan, remaining, repeats);
    triggers.look();
    triggers.set(List::of);
    warnings.addAll(triggers.warnings());
    return List.copyOf(warnings);
  }
}
