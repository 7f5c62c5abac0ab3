package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;

/** Answers an upload at once, works on it for a while, and then gives it the traffic. */
final class BuildingVendor extends ForwardingDeployer {

  private final Scene scene;
  private final Duration work;
  private final Map<String, Instant> ready = new HashMap<>();

  /**
   * @param work how long what comes into production is worked on
   */
  BuildingVendor(Scene scene, Duration work) {
    super(scene.deployer);
    this.scene = scene;
    this.work = work;
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    Prepared prepared = super.prepare(request, call);
    return Prepared.of(
            prepared.target(), prepared.resource(), Activation.WITH_UPLOAD, prepared.files())
        .withSettings("{}");
  }

  @Override
  public Version upload(UploadRequest request, CallContext call) {
    Version version = super.upload(request, call);
    Runnable serve =
        () ->
            activate(
                new ActivateRequest(
                    request.prepared().target(),
                    Split.all(version.id()),
                    new ExpectedBase.Anything(),
                    request.key(),
                    "built"),
                CallContext.of(Duration.ofDays(1)));
    if (request.prepared().target().equals(PRODUCTION)) {
      ready.put(version.id(), scene.time.instant().plus(work));
      scene.time.after(work, serve);
    } else {
      serve.run();
    }
    return refresh(version, call);
  }

  @Override
  public Version refresh(Version version, CallContext call) {
    boolean isAtWork =
        ready.getOrDefault(version.id(), Instant.EPOCH).isAfter(scene.time.instant());
    return version.withProgress(isAtWork ? Progress.pending() : Progress.ready());
  }
}
