package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** One deployment of versions that are there, used once. */
final class VersionsDeploy {

  private final Workers workers;
  private final String worker;
  private final ObjectNode settings;
  private final ObjectNode codeUpdate;
  private final VersionsCommand command;
  private final Remaining remaining;

  /**
   * @param settings what the project says of the Worker besides its versions; may be empty
   * @param codeUpdate how running Durable Objects get the code of their version
   */
  VersionsDeploy(
      Workers workers,
      String worker,
      ObjectNode settings,
      ObjectNode codeUpdate,
      VersionsCommand command,
      CallContext call) {
    this.workers = workers;
    this.worker = worker;
    this.settings = settings;
    this.codeUpdate = codeUpdate;
    this.command = command;
    remaining = new Remaining(call, workers.time());
  }

  DeployedVersions run() {
    List<String> ids = command.versions().stream().map(this::id).toList();
    Split split = command.split(ids);
    JsonNode made =
        workers.deploy(
            worker,
            Deployments.of(
                split,
                JsonNodeFactory.instance.objectNode().put(Annotations.MESSAGE, command.message()),
                codeUpdate),
            remaining.call());
    return new DeployedVersions(worker, split, made, settings());
  }

  private String id(VersionsCommand.Named version) {
    if (version.byTag()) {
      return tagged(version.name());
    }
    return workers
        .version(worker, version.name(), remaining.call())
        .map(found -> found.path("id").asText(version.name()))
        .orElseThrow(
            () -> notAsked("there is no version " + version.name() + "; list the versions"));
  }

  private String tagged(String tag) {
    List<String> found =
        workers.deployableVersions(worker, remaining.call()).stream()
            .filter(version -> Annotations.tag(version).equals(tag))
            .map(version -> version.path("id").asText())
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw notAsked(
        found.isEmpty()
            ? "none of the versions that can be deployed has the tag " + tag
            : "several versions have the tag " + tag + ": " + String.join(", ", found));
  }

  /** That they were not taken is told: the traffic has moved already. */
  private List<String> settings() {
    List<String> warnings = new ArrayList<>();
    if (!settings.isEmpty()) {
      try {
        workers.changeScriptSettings(worker, settings, remaining.call());
      } catch (ProviderException e) {
        warnings.add(Fate.unchanged("Log settings", e));
      }
    }
    return warnings;
  }

  private ProviderException notAsked(String why) {
    return ProviderException.of(
        FailureKind.NOT_FOUND,
        "Cloudflare was not asked to deploy versions of the Worker " + worker + ": " + why);
  }
}
