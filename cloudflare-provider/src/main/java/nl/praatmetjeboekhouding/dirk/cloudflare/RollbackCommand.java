package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which Worker goes back to what.
 *
 * @param worker what the Worker is called
 * @param version the id of a version, or empty for the newest earlier one that had all traffic
 * @param message a sentence for people who read Cloudflare's list
 * @param withChangedSecrets whether to go back although a secret was changed since the version was
 *     uploaded; the secrets stay as they are now
 */
public record RollbackCommand(
    String worker, Optional<String> version, String message, boolean withChangedSecrets) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** Checks that nothing is null, and that the version is an id: letters, digits and hyphens. */
  public RollbackCommand {
    requireNonNull(worker, "worker");
    requireNonNull(version, "version");
    requireNonNull(message, "message");
    version
        .filter(id -> !ID.matcher(id).matches())
        .ifPresent(
            id -> {
              throw new IllegalArgumentException(
                  "version must be an id of letters, digits and hyphens: '" + id + "'");
            });
  }

  /** Back to the newest earlier version that had all traffic. */
  public static RollbackCommand of(String worker) {
    return new RollbackCommand(worker, Optional.empty(), "Rollback", false);
  }

  /** This one, to a version by its id. */
  public RollbackCommand to(String id) {
    return new RollbackCommand(worker, Optional.of(id), message, withChangedSecrets);
  }

  /** This one, for a reason. */
  public RollbackCommand because(String reason) {
    return new RollbackCommand(worker, version, reason, withChangedSecrets);
  }

  /** This one, even if a secret was changed since. */
  public RollbackCommand evenWithChangedSecrets() {
    return new RollbackCommand(worker, version, message, true);
  }
}
