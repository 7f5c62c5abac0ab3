package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * Reads Cloudflare's Pages deployments. One is a version and a deployment at once: it was uploaded,
 * and from then on it serves whenever nothing else does. The commit message carries the key and the
 * release, and Cloudflare keeps 384 bytes of it.
 */
final class PagesAnswers {

  private static final Pattern MESSAGE =
      Pattern.compile("(dirk:\\S+)(?: sha256:([0-9a-f]{64}) (.*\\S.*))?");

  /** As many characters of a label as always find room. */
  private static final int LABEL = 50;

  /** Before the id of what serves, since a deployment is never called as a version is. */
  private static final String SERVING = "serving-";

  private PagesAnswers() {}

  static String message(StepKey key, Release release) {
    String label = release.label().replaceAll("\\s+", " ").strip();
    return key.text()
        + " "
        + release.digest()
        + " "
        + (label.length() > LABEL ? label.substring(0, LABEL) : label);
  }

  static Version version(JsonNode json, Target target) {
    Version version = Version.of(id(json), target).withProgress(progress(json));
    version = Answers.created(json).map(version::withCreated).orElse(version);
    Matcher message = written(json);
    if (!message.matches()) {
      return version;
    }
    version = version.withKey(message.group(1));
    return message.group(2) == null
        ? version
        : version.withRelease(new Release(message.group(3), new Digest(message.group(2))));
  }

  /** What serves, or served, since it was uploaded or put back. */
  static Deployment deployment(JsonNode json, Target target) {
    Deployment deployment =
        Deployment.of(SERVING + id(json), target, Split.all(id(json))).withProgress(progress(json));
    return Answers.created(json).map(deployment::withCreated).orElse(deployment);
  }

  /** The key of the step that uploaded it, or empty if another tool did. */
  static Optional<String> key(JsonNode json) {
    Matcher message = written(json);
    return message.matches() ? Optional.of(message.group(1)) : Optional.empty();
  }

  static Progress progress(JsonNode json) {
    if (json.path("is_skipped").asBoolean()) {
      return Progress.failed("Cloudflare skipped it: " + json.path("skip_reason").asText());
    }
    JsonNode stage = json.path("latest_stage");
    String name = stage.path("name").asText("");
    return switch (stage.path("status").asText("")) {
      case "success" -> name.equals("deploy") ? Progress.ready() : Progress.pending();
      case "failure" -> Progress.failed("its stage " + name + " failed; see its log at Cloudflare");
      case "canceled" -> Progress.failed("its stage " + name + " was cancelled");
      default -> Progress.pending();
    };
  }

  static boolean isReady(JsonNode json) {
    return progress(json) instanceof Progress.Ready;
  }

  private static Matcher written(JsonNode json) {
    return MESSAGE.matcher(
        json.path("deployment_trigger").path("metadata").path("commit_message").asText(""));
  }

  private static String id(JsonNode json) {
    String id = json.path("id").asText("");
    if (id.isBlank()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Cloudflare answered with a Pages deployment without an id; look in its dashboard");
    }
    return id;
  }
}
