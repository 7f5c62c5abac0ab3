package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Reach;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;

/**
 * A deployer one of whose calls gets very little time by the real clock, so that a request that
 * hangs there is given up soon. Notes at which request each call began. Used by one run.
 */
final class HurriedDeployer implements Deployer, LiveSettings, Reach {

  private final Deployer deployer;
  private final LiveSettings settings;
  private final IntSupplier requests;
  private final int hurried;
  private final Duration hurry;
  private final Runnable catchUp;
  private final List<Integer> begins = new ArrayList<>();

  /**
   * @param requests how many requests the vendor has answered
   * @param hurried which call gets little time, counted from 0; -1 for none
   * @param catchUp lets the rest of the time pass that the call would have taken
   */
  HurriedDeployer(
      Deployer deployer, IntSupplier requests, int hurried, Duration hurry, Runnable catchUp) {
    this.deployer = deployer;
    this.settings = (LiveSettings) deployer;
    this.requests = requests;
    this.hurried = hurried;
    this.hurry = hurry;
    this.catchUp = catchUp;
  }

  /** How many requests there had been when each call began. */
  List<Integer> begins() {
    return begins;
  }

  @Override
  public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
    return ((Reach) deployer).reach(version, endpoint);
  }

  private <T> T calling(CallContext call, Function<CallContext, T> work) {
    boolean isHurried = begins.size() == hurried;
    begins.add(requests.getAsInt());
    if (!isHurried) {
      return work.apply(call);
    }
    try {
      return work.apply(call.within(hurry));
    } finally {
      catchUp.run();
    }
  }

  @Override
  public String resource(Target target) {
    return deployer.resource(target);
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    return calling(call, mine -> deployer.prepare(request, mine));
  }

  @Override
  public Version upload(UploadRequest request, CallContext call) {
    return calling(call, mine -> deployer.upload(request, mine));
  }

  @Override
  public Deployment activate(ActivateRequest request, CallContext call) {
    return calling(call, mine -> deployer.activate(request, mine));
  }

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    return calling(call, mine -> deployer.active(target, mine));
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    return calling(call, mine -> deployer.version(target, id, mine));
  }

  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    return calling(call, mine -> deployer.deployments(target, cursor, mine));
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    return calling(call, mine -> deployer.findUpload(request, mine));
  }

  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    return calling(call, mine -> deployer.findActivation(request, mine));
  }

  @Override
  public Guarantees guarantees() {
    return deployer.guarantees();
  }

  @Override
  public List<LiveSetting> snapshot(Target target, CallContext call) {
    return calling(call, mine -> settings.snapshot(target, mine));
  }

  @Override
  public List<LiveSetting> changes(Prepared prepared, CallContext call) {
    return calling(call, mine -> settings.changes(prepared, mine));
  }

  @Override
  public boolean isSet(Target target, LiveSetting setting, CallContext call) {
    return calling(call, mine -> settings.isSet(target, setting, mine));
  }

  @Override
  public void set(Target target, LiveSetting setting, StepKey key, CallContext call) {
    calling(
        call,
        mine -> {
          settings.set(target, setting, key, mine);
          return setting;
        });
  }

  @Override
  public void close() {
    deployer.close();
  }
}
