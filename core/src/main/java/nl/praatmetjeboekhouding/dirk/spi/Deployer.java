package nl.praatmetjeboekhouding.dirk.spi;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * Puts versions in places, and says what is there.
 *
 * <p>A deployer does one quick thing at a time and never waits: waiting, sending again, giving up
 * and rolling back belong to the runbook, so that they are the same for every deployer. A write is
 * sent once. Implementations are safe for use by several threads. Every method fails with {@link
 * ProviderException} and nothing else; its kind says whether the call may have taken effect. The
 * numbered rules are in {@code docs/provider-contract.md}.
 *
 * <p>What a vendor can do beyond this is told by further interfaces that the deployer also
 * implements: {@link LiveSettings}, {@link Reach}.
 */
public interface Deployer extends AutoCloseable {

  /**
   * The vendor's own name of {@code target}, account included, such as {@code
   * cloudflare:ACCOUNT/worker/NAME}: what two deployers must not change at once. Known from the
   * settings and the project alone; needs no build and asks nobody.
   */
  String resource(Target target);

  /** Finds out what a deploy would do. Reads only. */
  Prepared prepare(PrepareRequest request, CallContext call);

  /**
   * Makes a version of the release available in its target, without sending traffic to it unless
   * {@link Activation#WITH_UPLOAD} was prepared. Carries {@code request.key()} so that {@link
   * #findUpload} can tell later whether this took effect.
   */
  Version upload(UploadRequest request, CallContext call);

  /**
   * Sends the traffic to the versions of the split. Carries {@code request.key()} so that {@link
   * #findActivation} can tell later whether this took effect.
   */
  Deployment activate(ActivateRequest request, CallContext call);

  /** What serves {@code target} now, or empty if nothing ever has. */
  Optional<Deployment> active(Target target, CallContext call);

  /** One version of a target by the vendor's id, or empty if there is none. */
  Optional<Version> version(Target target, String id, CallContext call);

  /**
   * What served {@code target}, newest first, a page at a time.
   *
   * @param cursor {@link DeploymentPage#next()} of the page before, or empty for the first
   */
  DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call);

  /**
   * The version as it is now. Only called while it is pending; a vendor that is done at once
   * returns it as it is.
   */
  default Version refresh(Version version, CallContext call) {
    return version;
  }

  /** The deployment as it is now. Only called while it is pending. */
  default Deployment refresh(Deployment deployment, CallContext call) {
    return deployment;
  }

  /**
   * Whether an upload with this key took effect. Changes nothing, so it may be asked any number of
   * times.
   */
  Sighting<Version> findUpload(FindRequest request, CallContext call);

  /**
   * Whether an activation with this key took effect. Changes nothing, so it may be asked any number
   * of times.
   */
  Sighting<Deployment> findActivation(FindRequest request, CallContext call);

  /** What the vendor promises. Always the same. */
  Guarantees guarantees();

  /** Frees what it holds; the deployer is not used afterwards. A second close does nothing. */
  @Override
  default void close() {}
}
