package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** One deploy of a project, used once: looks, uploads, and sets what is no part of a version. */
final class ProjectDeploy {

  private final Workers workers;
  private final WranglerProject project;
  private final Guards guards;
  private final GivenSecrets secrets;
  private final DeployNote note;
  private final Remaining remaining;
  private final Repeats repeats;
  private final VersionUpload upload;
  private final List<String> warnings;
  private final HalfWay done = new HalfWay();

  /**
   * The Worker as it is before.
   *
   * @param settings its tags and log settings; empty if it is not there
   * @param newest its newest version, or empty if it has none
   * @param migration the last migration that it has had, or empty
   */
  private record Seen(
      Optional<JsonNode> settings, Optional<String> newest, Optional<String> migration) {

    boolean isThere() {
      return settings.isPresent();
    }
  }

  ProjectDeploy(
      Workers workers,
      WranglerProject project,
      Guards guards,
      GivenSecrets secrets,
      DeployNote note,
      CallContext call) {
    this.workers = workers;
    this.project = project;
    this.guards = guards;
    this.secrets = secrets;
    this.note = note;
    remaining = new Remaining(call, workers.time());
    repeats = new Repeats(call, workers.time());
    upload = new VersionUpload(workers, remaining, repeats);
    warnings = new ArrayList<>(project.warnings());
    warnings.addAll(secrets.unsent(project));
  }

  DeployedWorker run() {
    ProjectAssets assets = ProjectAssets.of(project);
    ProjectSite site = ProjectSite.of(project);
    Seen seen = look();
    if (!seen.isThere()) {
      secrets.requireAll(project, "give them with the deploy");
    }
    Plan plan = plan(seen);
    List<WorkerModule> modules = site.with(plan.modules(Plan.files(project)));
    ProjectTriggers triggers = new ProjectTriggers(workers, plan, remaining, repeats);
    triggers.look();
    try {
      Plan bound =
          site.brought(
              Provisioning.make(workers, plan, remaining::call).run(warnings, done),
              workers,
              remaining,
              repeats);
      ObjectNode metadata =
          assets.uploaded(
              metadata(bound),
              workers.api(),
              workers.api().script(bound.worker(), ProjectAssets.SESSION),
              remaining,
              repeats,
              done);
      Optional<String> version =
          bound.atOnce()
              ? put(bound, metadata, modules)
              : renew(bound, metadata, modules, seen.newest());
      site.tidied().ifPresent(warnings::add);
      triggers.set(() -> settings(bound, seen));
      warnings.addAll(triggers.warnings());
      return new DeployedWorker(bound.worker(), version, bound.first(), warnings);
    } catch (ProviderException e) {
      throw done.told(e);
    }
  }

  /**
   * All that must be known before anything is sent, in one go.
   *
   * @throws ProviderException if the deploy is to end here
   */
  private Seen look() {
    String worker = project.name();
    Plan unplanned = Plan.of(project, false, PendingMigration.none());
    try (Together together = workers.together(remaining.call())) {
      Together.Later<Optional<JsonNode>> settings =
          together.start(() -> workers.scriptSettings(worker, remaining.call()));
      Together.Later<List<JsonNode>> versions =
          together.start(() -> workers.versions(worker, 1, remaining.call()).versions());
      Together.Later<Optional<String>> migration =
          together.start(
              () ->
                  project.migrations().isEmpty()
                      ? Optional.empty()
                      : workers.migrationTag(worker, remaining.call()));
      Together.Later<List<String>> unchecked =
          together.start(() -> new UploadCheck(workers, unplanned, remaining::call).run());
      Together.Later<List<String>> overridden =
          together.start(
              () ->
                  new UploadGuard(workers, unplanned, guards, versions::get, remaining::call)
                      .run());
      Seen seen = new Seen(settings.get(), VersionUpload.newest(versions.get()), migration.get());
      warnings.addAll(unchecked.get());
      warnings.addAll(overridden.get());
      return seen;
    }
  }

  private Plan plan(Seen seen) {
    PendingMigration migration = PendingMigration.of(project.migrations(), seen.migration());
    migration.warning().ifPresent(warnings::add);
    return Plan.of(project, !seen.isThere(), migration);
  }

  /** The code goes live with its upload. */
  private Optional<String> put(Plan plan, ObjectNode metadata, List<WorkerModule> modules) {
    String worker = plan.worker();
    Supplier<Optional<String>> upload =
        () ->
            Answers.liveVersion(
                workers.upload(worker, metadata, secrets, modules, remaining.call()));
    Optional<String> version =
        plan.first() ? repeats.send(upload, failure -> live(worker)) : repeats.repeat(upload);
    done.did("the Worker " + worker + " is live");
    return version;
  }

  /** A new Worker that is there after all was put; putting the same again changes nothing else. */
  private Optional<Optional<String>> live(String worker) {
    return workers.deployments(worker, remaining.call()).stream()
        .map(live -> live.path("versions").path(0).path("version_id").asText(""))
        .map(id -> Optional.of(id).filter(text -> !text.isEmpty()))
        .findFirst();
  }

  private Optional<String> renew(
      Plan plan, ObjectNode metadata, List<WorkerModule> modules, Optional<String> newest) {
    String version = upload.send(plan.worker(), metadata, secrets, modules, newest);
    done.did("version " + version + " is uploaded");
    ObjectNode deployment =
        Deployments.all(version, Annotations.ofDeployment(note), plan.codeUpdate());
    goLive(plan.worker(), version, deployment);
    done.wentOn("version " + version + " is live");
    return Optional.of(version);
  }

  private void goLive(String worker, String version, ObjectNode deployment) {
    try {
      workers.deploy(worker, deployment, remaining.call());
    } catch (ProviderException e) {
      if (!e.kind().changedNothing()) {
        done.wentOn("version " + version + " is uploaded and perhaps live");
      }
      throw e;
    }
  }

  private ObjectNode metadata(Plan plan) {
    return secrets.placed(project, plan.metadata(Annotations.ofVersion(note)));
  }

  /** That these were not taken is no reason to stop: the code is live already. */
  private List<String> settings(Plan plan, Seen seen) {
    JsonNode now = seen.settings().orElseGet(Workers::nothing);
    ObjectNode wanted = LiveState.wantedSettings(plan, now);
    if (plan.atOnce()) {
      wanted.retain("tags");
      if (Covers.all(now, wanted)) {
        return List.of();
      }
    }
    try {
      workers.changeScriptSettings(plan.worker(), wanted, remaining.call());
      return List.of();
    } catch (ProviderException e) {
      return List.of(Fate.unchanged("Tags and log settings", e));
    }
  }
}
