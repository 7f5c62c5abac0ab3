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

/** One upload of a project's version without traffic, used once. */
final class ProjectVersion {

  private final Workers workers;
  private final WranglerProject project;
  private final Guards guards;
  private final GivenSecrets secrets;
  private final VersionNote note;
  private final Remaining remaining;
  private final Repeats repeats;

  ProjectVersion(
      Workers workers,
      WranglerProject project,
      Guards guards,
      GivenSecrets secrets,
      VersionNote note,
      CallContext call) {
    this.workers = workers;
    this.project = project;
    this.guards = guards;
    this.secrets = secrets;
    this.note = note;
    remaining = new Remaining(call, workers.time());
    repeats = new Repeats(call, workers.time());
  }

  UploadedVersion run() {
    String worker = project.name();
    ProjectSite.refuse(project, "a version without traffic would change what serves");
    ProjectAssets assets = ProjectAssets.of(project);
    Plan plan = Plan.of(project, false, PendingMigration.none());
    JsonNode before;
    Optional<String> newest;
    List<String> overridden;
    try (Together together = workers.together(remaining.call())) {
      Together.Later<Optional<JsonNode>> settings =
          together.start(() -> workers.scriptSettings(worker, remaining.call()));
      Together.Later<List<JsonNode>> versions =
          together.start(() -> workers.versions(worker, 1, remaining.call()).versions());
      Together.Later<Optional<String>> migration = together.start(this::lastMigration);
      Together.Later<List<String>> guard =
          together.start(
              () -> new UploadGuard(workers, plan, guards, versions::get, remaining::call).run());
      before = settings.get().orElseThrow(this::notThere);
      refusePendingMigration(migration.get());
      newest = VersionUpload.newest(versions.get());
      overridden = guard.get();
    }
    List<String> warnings = new ArrayList<>(project.warnings());
    warnings.addAll(secrets.unsent(project));
    warnings.addAll(overridden);
    warnings.addAll(new AttachedCheck(workers, plan.unattached(), remaining::call).run());
    String version = sent(plan, assets, newest, warnings);
    tag(plan, before, warnings);
    return new UploadedVersion(worker, version, warnings);
  }

  private String sent(
      Plan plan, ProjectAssets assets, Optional<String> newest, List<String> warnings) {
    List<WorkerModule> modules = plan.modules(Plan.files(project));
    HalfWay done = new HalfWay();
    try {
      Plan bound = Provisioning.make(workers, plan, remaining::call).run(warnings, done);
      ObjectNode metadata =
          assets.uploaded(
              secrets.placed(project, bound.versionMetadata(Annotations.ofVersion(note))),
              workers.api(),
              workers.api().script(bound.worker(), ProjectAssets.SESSION),
              remaining,
              repeats,
              done);
      return new VersionUpload(workers, remaining, repeats)
          .send(bound.worker(), metadata, secrets, modules, newest);
    } catch (ProviderException e) {
      throw done.told(e);
    }
  }

  private ProviderException notThere() {
    return ProviderException.of(
        FailureKind.NOT_FOUND,
        "Cloudflare was not asked to add a version: there is no Worker "
            + project.name()
            + "; deploy it first");
  }

  private Optional<String> lastMigration() {
    return project.migrations().isEmpty()
        ? Optional.empty()
        : workers.migrationTag(project.name(), remaining.call());
  }

  private void refusePendingMigration(Optional<String> last) {
    PendingMigration.of(project.migrations(), last)
        .json()
        .ifPresent(
            steps -> {
              throw ProviderException.of(
                  FailureKind.INELIGIBLE,
                  "Cloudflare was not asked to add a version to "
                      + project.name()
                      + ": its Durable Object migration "
                      + steps.path("new_tag").asText()
                      + " can be made only by a deploy; deploy it first");
            });
  }

  /** The tags of its environment are the Worker's, not the version's. */
  private void tag(Plan plan, JsonNode before, List<String> warnings) {
    ObjectNode wanted = LiveState.wantedSettings(plan, before);
    wanted.retain("tags");
    if (Covers.all(before, wanted) || plan.tags().isEmpty()) {
      return;
    }
    try {
      workers.changeScriptSettings(plan.worker(), wanted, remaining.call());
    } catch (ProviderException e) {
      warnings.add(Fate.unchanged("The Worker's tags", e));
    }
  }
}
