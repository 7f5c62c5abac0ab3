package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a deploy made.
 *
 * @param worker what the Worker is called
 * @param version the id of the version that all traffic goes to, or empty if Cloudflare did not say
 * @param created whether the Worker is new
 * @param warnings what somebody should look at, a sentence each
 */
public record DeployedWorker(
    String worker, Optional<String> version, boolean created, List<String> warnings) {

  /** Checks that nothing is null. */
  public DeployedWorker {
    requireNonNull(worker, "worker");
    requireNonNull(version, "version");
    warnings = List.copyOf(warnings);
  }
}
