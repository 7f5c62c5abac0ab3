package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** One rollback, used once. */
final class WorkerRollback {

  private static final String SECRETS_CHANGED = "10220";
  private static final int ALL = 100;

  private final Workers workers;
  private final RollbackCommand command;
  private final ObjectNode codeUpdate;
  private final Remaining remaining;

  /**
   * @param codeUpdate how running Durable Objects get the earlier code
   */
  WorkerRollback(
      Workers workers, RollbackCommand command, ObjectNode codeUpdate, CallContext call) {
    this.workers = workers;
    this.command = command;
    this.codeUpdate = codeUpdate;
    remaining = new Remaining(call, workers.time());
  }

  JsonNode run() {
    String version = command.version().orElseGet(this::earlier);
    if (workers.version(command.worker(), version, remaining.call()).isEmpty()) {
      throw notAsked("there is no version " + version + "; list the versions and choose another");
    }
    ObjectNode deployment =
        Deployments.all(
            version,
            JsonNodeFactory.instance.objectNode().put(Annotations.MESSAGE, command.message()),
            codeUpdate);
    try {
      return workers.deploy(command.worker(), deployment, remaining.call());
    } catch (ProviderException e) {
      if (command.withChangedSecrets() && e.vendorCodes().contains(SECRETS_CHANGED)) {
        return workers.deployWithChangedSecrets(command.worker(), deployment, remaining.call());
      }
      throw e;
    }
  }

  /** The version of the newest deployment but one that gave everything to one version. */
  private String earlier() {
    List<JsonNode> deployments = workers.deployments(command.worker(), remaining.call());
    if (deployments.isEmpty()) {
      throw notAsked("it was never deployed; check its name and the account");
    }
    return deployments.stream()
        .sorted(
            Comparator.comparing((JsonNode deployment) -> deployment.path("created_on").asText())
                .reversed())
        .skip(1)
        .flatMap(deployment -> sole(deployment).stream())
        .findFirst()
        .orElseThrow(
            () ->
                notAsked(
                    "none of the "
                        + deployments.size()
                        + " deployments that Cloudflare lists gave all traffic to one version"
                        + " before; name a version"));
  }

  private static Optional<String> sole(JsonNode deployment) {
    return StreamSupport.stream(deployment.path("versions").spliterator(), false)
        .filter(share -> share.path("percentage").asDouble() == ALL)
        .map(share -> CloudflareApi.id(share, "version_id"))
        .findFirst();
  }

  private ProviderException notAsked(String why) {
    return ProviderException.of(
        FailureKind.NOT_FOUND,
        "Cloudflare was not asked to roll the Worker " + command.worker() + " back: " + why);
  }
}
