package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;

/** An upload that an earlier story may have sent; it can be looked for and never be sent. */
record SentUpload(Deployer deployer, Target target) implements Effect<Version> {

  @Override
  public String request() {
    return "look for the upload to " + target;
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
  public Version apply(StepKey key, CallContext call) {
    throw new IllegalStateException("an upload of an earlier story is never sent: " + key);
  }

  @Override
  public Sighting<Version> observe(StepKey key, Instant since, CallContext call) {
    Sighting<Version> sighting = deployer.findUpload(new FindRequest(key, target, since), call);
    return sighting instanceof Sighting.Superseded<Version> superseded
        ? new Sighting.Done<>(superseded.value())
        : sighting;
  }
}
