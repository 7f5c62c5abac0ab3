package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** One deploy of a project, used once: looks, uploads, and sets what is no part of a version. */
final class ProjectDeploy {

  private final Workers workers;
  private final WranglerProject project;
  private final DeployNote note;
  private final Remaining remaining;
  private final Repeats repeats;
  private final List<String> warnings;
  private final List<String> done = new ArrayList<>();

  ProjectDeploy(Workers workers, WranglerProject project, DeployNote note, CallContext call) {
    this.workers = workers;
    this.project = project;
    this.note = note;
    remaining = new Remaining(call, workers.time());
    repeats = new Repeats(call, workers.time());
    warnings = new ArrayList<>(project.warnings());
  }

  DeployedWorker run() {
    String worker = project.name();
    Optional<JsonNode> before = workers.scriptSettings(worker, remaining.call());
    PendingMigration migration =
        PendingMigration.of(project.migrations(), lastMigration(before.isEmpty()));
    Plan plan = Plan.of(project, before.isEmpty(), migration);
    Optional.of(migration.warning()).filter(text -> !text.isEmpty()).ifPresent(warnings::add);
    List<WorkerModule> modules = plan.modules(Plan.files(project));
    warnings.addAll(new UploadCheck(workers, plan, remaining::call).run());
    ProjectTriggers triggers = new ProjectTriggers(workers, plan, remaining, repeats);
    triggers.look();
    plan = provisioned(plan);
    try {
      Optional<String> version = plan.atOnce() ? put(plan, modules) : renew(plan, modules);
      settings(plan, before.orElse(MissingNode.getInstance()));
      triggers.set();
      warnings.addAll(triggers.warnings());
      return new DeployedWorker(worker, version, plan.first(), warnings);
    } catch (ProviderException e) {
      throw done.isEmpty() ? e : halfWay(e);
    }
  }

  private Optional<String> lastMigration(boolean first) {
    return first || project.migrations().isEmpty()
        ? Optional.empty()
        : workers.migrationTag(project.name(), remaining.call());
  }

  /** The code goes live with its upload. */
  private Optional<String> put(Plan plan, List<WorkerModule> modules) {
    String worker = plan.worker();
    Optional<String> version =
        repeats.send(
            () ->
                Answers.liveVersion(
                    workers.upload(worker, metadata(plan), modules, remaining.call())),
            failure -> plan.first() ? live(worker) : Optional.empty());
    done.add("the Worker " + worker + " is live");
    return version;
  }

  /** A new Worker that is there after all was put; putting the same again changes nothing else. */
  private Optional<Optional<String>> live(String worker) {
    return workers.deployments(worker, remaining.call()).stream()
        .map(live -> live.path("versions").path(0).path("version_id").asText(""))
        .map(id -> Optional.of(id).filter(text -> !text.isEmpty()))
        .findFirst();
  }

  private Optional<String> renew(Plan plan, List<WorkerModule> modules) {
    String version =
        new VersionUpload(workers, remaining, repeats).send(plan.worker(), metadata(plan), modules);
    done.add("version " + version + " is uploaded");
    ObjectNode deployment =
        Deployments.all(version, Annotations.ofDeployment(note), plan.codeUpdate());
    workers.deploy(plan.worker(), deployment, remaining.call());
    done.set(done.size() - 1, "version " + version + " is live");
    return Optional.of(version);
  }

  private ObjectNode metadata(Plan plan) {
    return note.equals(DeployNote.none())
        ? plan.metadata()
        : plan.metadata(Annotations.ofVersion(note));
  }

  /** That these were not taken is no reason to stop: the code is live already. */
  private void settings(Plan plan, JsonNode before) {
    ObjectNode wanted = LiveState.wantedSettings(plan, before);
    if (plan.atOnce()) {
      wanted.retain("tags");
      if (Covers.all(before, wanted)) {
        return;
      }
    }
    try {
      workers.changeScriptSettings(plan.worker(), wanted, remaining.call());
    } catch (ProviderException e) {
      warnings.add("Tags and log settings stay as they were: " + e.getMessage());
    }
  }

  private Plan provisioned(Plan plan) {
    Provisioning provisioning = Provisioning.make(workers, plan, remaining::call);
    Plan bound = provisioning.run();
    warnings.addAll(provisioning.warnings());
    provisioning.made().forEach(made -> warnings.add("Made the " + made + "."));
    provisioning.made().forEach(made -> done.add("the " + made + " is made"));
    return bound;
  }

  private ProviderException halfWay(ProviderException failure) {
    ProviderException.Builder said =
        ProviderException.with(
                failure.kind(),
                failure.getMessage() + "; nothing is taken back: " + String.join(", ", done))
            .vendorCodes(failure.vendorCodes())
            .cause(failure);
    failure.retryAfter().ifPresent(said::retryAfter);
    failure.requestId().ifPresent(said::requestId);
    return said.build();
  }
}
