package nl.praatmetjeboekhouding.dirk.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * What serves a target at the end of a run.
 *
 * @param target where
 * @param label the release's label, or empty if nobody knows it
 * @param status how it does
 * @param version the vendor's id of the version, or empty if nothing serves or nobody knows
 * @param deployment the vendor's id of the deployment, or empty if nothing serves or nobody knows
 * @param identity what the service said of itself when the gate looked, or empty if it did not tell
 * @param proven whether the gate saw the version's own identity
 */
public record Deployed(
    Target target,
    Optional<String> label,
    Status status,
    Optional<String> version,
    Optional<String> deployment,
    Optional<String> identity,
    boolean proven) {

  /** How it does. */
  public enum Status {
    /** The gate passed. */
    HEALTHY,
    /** The gate failed. */
    UNHEALTHY,
    /** It is there without any traffic. */
    DARK,
    /** It has a part of the traffic. */
    RAMPING,
    /** The version before was put back. */
    ROLLED_BACK,
    /** Nobody looked, or the looks did not tell. */
    UNKNOWN;

    /** The word for it in the output protocol. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Checks that nothing is null. */
  public Deployed {
    requireNonNull(target, "target");
    requireNonNull(label, "label");
    requireNonNull(status, "status");
    requireNonNull(version, "version");
    requireNonNull(deployment, "deployment");
    requireNonNull(identity, "identity");
  }
}
