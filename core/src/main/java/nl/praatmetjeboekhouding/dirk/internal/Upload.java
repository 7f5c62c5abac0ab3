package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;

/** Uploads an artifact to a target. */
record Upload(Deployer deployer, Prepared prepared, Artifact artifact, Standing standing)
    implements Effect<Version> {

  /** As long as a lease can vouch for: what is uploaded may be large, and the line slow. */
  private static final Duration TIMEOUT = Leases.TTL.minusSeconds(5);

  @Override
  public String request() {
    return "upload " + artifact.release() + " to " + prepared.resource();
  }

  @Override
  public Guarantees.Kind guarantee() {
    return deployer.guarantees().upload();
  }

  @Override
  public Form<Version> form() {
    return Forms.VERSION;
  }

  @Override
  public String told(Version version) {
    return "version " + version.id();
  }

  @Override
  public Duration timeout() {
    return TIMEOUT;
  }

  @Override
  public Optional<String> objection(boolean mayBeThere, CallContext call) {
    return prepared.activation() == Activation.WITH_UPLOAD
        ? standing.objection(deployer.active(prepared.target(), call))
        : Optional.empty();
  }

  @Override
  public Version apply(StepKey key, CallContext call) {
    return deployer
        .upload(new UploadRequest(prepared, artifact, key), call)
        .withRelease(artifact.release())
        .withKey(key.text());
  }

  @Override
  public Sighting<Version> observe(StepKey key, Instant since, CallContext call) {
    Sighting<Version> sighting =
        deployer.findUpload(new FindRequest(key, prepared.target(), since), call);
    return sighting instanceof Sighting.Superseded<Version> superseded
        ? new Sighting.Done<>(superseded.value().withRelease(artifact.release()))
        : sighting;
  }
}
