package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.StepKey;

/**
 * What Dirk writes into Cloudflare's annotations, and reads back. Cloudflare cuts a tag at 100 and
 * a message at 1000 bytes, so that what must survive stands first.
 */
final class Annotations {

  private static final String TAG = "workers/tag";
  private static final String ALIAS = "workers/alias";
  static final String MESSAGE = "workers/message";
  private static final String OURS = "dirk:";
  private static final String TRIGGER = "workers/triggered_by";

  /** Begins the messages of versions that were uploaded without a runbook. */
  private static final String BY_DIRK = "Dirk";

  /** Begins the messages of versions of which Dirk changed only secrets. */
  private static final String SECRETS_BY_DIRK = "Dirk, secrets: ";

  private static final Pattern RELEASE = Pattern.compile("sha256:([0-9a-f]{64}) (.*\\S.*)");
  private static final int LONGEST = 200;

  private Annotations() {}

  static ObjectNode ofUpload(StepKey key, Release release) {
    return JsonNodeFactory.instance
        .objectNode()
        .put(TAG, key.text())
        .put(MESSAGE, release.digest() + " " + cut(release.label()));
  }

  static ObjectNode ofActivation(StepKey key, String reason) {
    return JsonNodeFactory.instance.objectNode().put(MESSAGE, key.text() + " " + cut(reason));
  }

  static ObjectNode ofVersion(DeployNote note) {
    ObjectNode annotations = JsonNodeFactory.instance.objectNode();
    annotations.put(MESSAGE, BY_DIRK + note.message().map(message -> ": " + message).orElse(""));
    note.tag().ifPresent(tag -> annotations.put(TAG, tag));
    return annotations;
  }

  static ObjectNode ofVersion(VersionNote note) {
    ObjectNode annotations = ofVersion(new DeployNote(note.tag(), note.message()));
    note.alias().ifPresent(alias -> annotations.put(ALIAS, alias));
    return annotations;
  }

  static ObjectNode ofSecrets(DeployNote note) {
    ObjectNode annotations = JsonNodeFactory.instance.objectNode();
    annotations.put(MESSAGE, SECRETS_BY_DIRK + note.message().orElse(""));
    note.tag().ifPresent(tag -> annotations.put(TAG, tag));
    return annotations;
  }

  static ObjectNode ofDeployment(DeployNote note) {
    ObjectNode annotations = JsonNodeFactory.instance.objectNode();
    note.message().ifPresent(message -> annotations.put(MESSAGE, message));
    return annotations;
  }

  /** The tag of a version; empty text if it has none. */
  static String tag(JsonNode version) {
    return version.path("annotations").path(TAG).asText("");
  }

  /** The key of the step that uploaded a version, or empty if another tool did. */
  static Optional<String> uploadKey(JsonNode version) {
    return Optional.of(tag(version)).filter(tag -> tag.startsWith(OURS));
  }

  /** The key of the step that made a deployment, or empty if another tool did. */
  static Optional<String> activationKey(JsonNode deployment) {
    return Optional.of(message(deployment).split(" ", 2)[0]).filter(key -> key.startsWith(OURS));
  }

  /** Whether Dirk uploaded a version, in a runbook or without. */
  static boolean isOurs(JsonNode version) {
    String message = message(version);
    return uploadKey(version).isPresent()
        || message.equals(BY_DIRK)
        || message.startsWith(BY_DIRK + ": ");
  }

  /** Whether a version came of a secret that was set, and is the one before it otherwise. */
  static boolean isOfASecret(JsonNode version) {
    return version.path("annotations").path(TRIGGER).asText("").equals("secret")
        || message(version).startsWith(SECRETS_BY_DIRK);
  }

  /** What a version is, or empty if another tool uploaded it. */
  static Optional<Release> release(JsonNode version) {
    Matcher release = RELEASE.matcher(message(version));
    return release.matches()
        ? Optional.of(new Release(release.group(2), new Digest(release.group(1))))
        : Optional.empty();
  }

  private static String message(JsonNode annotated) {
    return annotated.path("annotations").path(MESSAGE).asText("");
  }

  private static String cut(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
  }
}
