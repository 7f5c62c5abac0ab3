package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A version that was uploaded without traffic.
 *
 * @param worker what the Worker is called
 * @param version the version's id
 * @param warnings what somebody should look at, a sentence each
 */
public record UploadedVersion(String worker, String version, List<String> warnings) {

  /** Checks that nothing is null. */
  public UploadedVersion {
    requireNonNull(worker, "worker");
    requireNonNull(version, "version");
    warnings = List.copyOf(warnings);
  }
}
