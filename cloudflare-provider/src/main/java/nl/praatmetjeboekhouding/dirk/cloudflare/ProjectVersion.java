package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerProject;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** One upload of a project's version without traffic, used once. */
final class ProjectVersion {

  private final Workers workers;
  private final WranglerProject project;
  private final VersionNote note;
  private final Remaining remaining;
  private final Repeats repeats;

  ProjectVersion(Workers workers, WranglerProject project, VersionNote note, CallContext call) {
    this.workers = workers;
    this.project = project;
    this.note = note;
    remaining = new Remaining(call, workers.time());
    repeats = new Repeats(call, workers.time());
  }

  UploadedVersion run() {
    String worker = project.name();
    JsonNode before =
        workers
            .scriptSettings(worker, remaining.call())
            .orElseThrow(
                () ->
                    ProviderException.of(
                        FailureKind.NOT_FOUND,
                        "Cloudflare was not asked to add a version: there is no Worker "
                            + worker
                            + "; deploy it first"));
    Plan plan = Plan.of(project, false, PendingMigration.none());
    refusePendingMigration();
    List<String> warnings = new ArrayList<>(project.warnings());
    warnings.addAll(new AttachedCheck(workers, plan.unattached(), remaining::call).run());
    Provisioning provisioning = Provisioning.make(workers, plan, remaining::call);
    plan = provisioning.run();
    provisioning.made().forEach(made -> warnings.add("Made the " + made + "."));
    warnings.addAll(provisioning.warnings());
    String version =
        new VersionUpload(workers, remaining, repeats)
            .send(
                worker,
                plan.versionMetadata(Annotations.ofVersion(note)),
                plan.modules(Plan.files(project)));
    tag(plan, before, warnings);
    return new UploadedVersion(worker, version, warnings);
  }

  private void refusePendingMigration() {
    if (project.migrations().isEmpty()) {
      return;
    }
    PendingMigration.of(
            project.migrations(), workers.migrationTag(project.name(), remaining.call()))
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
      warnings.add("The Worker's tags stay as they were: " + e.getMessage());
    }
  }
}
