package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * What a deploy would do to one stage.
 *
 * @param environment which
 * @param resource the vendor's own name of what would change
 * @param base the vendor's id of the deployment that serves it now, or empty if nothing does
 * @param serving the label of what serves it now, or the vendor's id where nobody gave it a label;
 *     empty if nothing serves it
 * @param artifact the digest of what would be uploaded
 * @param settings the digest of all else that the upload would carry
 * @param reversible whether what serves now could be put back
 * @param changes what would change, a sentence each
 * @param liveSettings what would be set beside the version, a sentence each
 * @param warnings what somebody should look at, a sentence each
 */
public record StagePlan(
    String environment,
    String resource,
    Optional<String> base,
    Optional<String> serving,
    Digest artifact,
    Digest settings,
    boolean reversible,
    List<String> changes,
    List<String> liveSettings,
    List<String> warnings) {

  /** Checks that nothing is null, and copies the lists. */
  public StagePlan {
    requireNonNull(environment, "environment");
    requireNonNull(resource, "resource");
    requireNonNull(base, "base");
    requireNonNull(serving, "serving");
    requireNonNull(artifact, "artifact");
    requireNonNull(settings, "settings");
    changes = List.copyOf(changes);
    liveSettings = List.copyOf(liveSettings);
    warnings = List.copyOf(warnings);
  }
}
