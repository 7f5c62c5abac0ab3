package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * One deploy of a project's Worker into a dispatch namespace, used once. Nothing but its dispatcher
 * reaches such a Worker, so that none of its triggers are set.
 */
final class DispatchDeploy {

  private final Workers workers;
  private final DispatchNamespaces namespaces;
  private final String namespace;
  private final WranglerProject project;
  private final Guards guards;
  private final GivenSecrets secrets;
  private final DeployNote note;
  private final Remaining remaining;
  private final Repeats repeats;
  private final List<String> warnings;

  DispatchDeploy(
      Workers workers,
      String namespace,
      WranglerProject project,
      Guards guards,
      GivenSecrets secrets,
      DeployNote note,
      CallContext call) {
    this.workers = workers;
    namespaces = workers.dispatchNamespaces();
    this.namespace = namespace;
    this.project = project;
    this.guards = guards;
    this.secrets = secrets;
    this.note = note;
    remaining = new Remaining(call, workers.time());
    repeats = new Repeats(call, workers.time());
    warnings = new ArrayList<>(project.warnings());
    warnings.addAll(secrets.unsent(project));
  }

  DeployedWorker run() {
    ProjectSite.refuse(project, "those of dispatch namespaces would share theirs");
    ProjectAssets assets = ProjectAssets.of(project);
    Optional<JsonNode> there = namespaces.worker(namespace, project.name(), remaining.call());
    JsonNode script = there.map(worker -> worker.path("script")).orElseGet(Workers::nothing);
    if (there.isEmpty()) {
      secrets.requireAll(project, "give them with the deploy");
    }
    guards.tag().ifPresent(tag -> refuseOther(tag, script));
    String taken = script.path("migration_tag").asText("");
    PendingMigration migration =
        PendingMigration.of(project.migrations(), Optional.of(taken).filter(tag -> !tag.isEmpty()));
    migration.warning().ifPresent(warnings::add);
    Plan plan = Plan.of(project, true, migration);
    List<WorkerModule> modules = plan.modules(Plan.files(project));
    warnings.addAll(new AttachedCheck(workers, plan.unattached(), remaining::call).run());
    warnUnset(plan);
    HalfWay done = new HalfWay();
    try {
      Plan bound = Provisioning.make(workers, plan, remaining::call).run(warnings, done);
      ObjectNode metadata =
          assets.uploaded(
              secrets.placed(project, bound.metadata(Annotations.ofVersion(note))),
              workers.api(),
              namespaces.session(namespace, plan.worker()),
              remaining,
              repeats,
              done);
      JsonNode answer =
          repeats.repeat(
              () ->
                  namespaces.upload(
                      namespace, plan.worker(), metadata, secrets, modules, remaining.call()));
      return new DeployedWorker(
          plan.worker(), Answers.liveVersion(answer), there.isEmpty(), warnings);
    } catch (ProviderException e) {
      throw done.told(e);
    }
  }

  private void refuseOther(String tag, JsonNode script) {
    if (!script.path("tag").asText("").equals(tag)) {
      throw ProviderException.of(
          FailureKind.CONFLICT,
          "Cloudflare was not asked to deploy "
              + project.name()
              + ": the dispatch namespace "
              + namespace
              + " has no Worker of this name with the tag "
              + tag);
    }
  }

  private void warnUnset(Plan plan) {
    List<String> unset =
        List.of(LiveState.ROUTES, LiveState.DOMAINS, LiveState.SCHEDULES, LiveState.CONSUMERS)
            .stream()
            .filter(setting -> !plan.live(setting).isEmpty())
            .toList();
    if (!unset.isEmpty()) {
      warnings.add(
          "A Worker of a dispatch namespace is reached only by its dispatcher; not set: "
              + String.join(", ", unset)
              + ".");
    }
  }
}
