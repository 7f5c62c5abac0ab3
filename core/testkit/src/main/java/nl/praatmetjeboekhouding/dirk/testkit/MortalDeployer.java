package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
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
 * A deployer as one simulated process has it: before and after each write there is a boundary. It
 * has the power of live settings if the deployer has it; where the deployer cannot reach a version,
 * it says so.
 */
class MortalDeployer implements Deployer, Reach {

  private static final String ASKED_FOR = "dirk-testkit-version";

  private final Deployer deployer;
  private final Lifetime life;
  private final CrashWitness witness;

  private MortalDeployer(Deployer deployer, Lifetime life, CrashWitness witness) {
    this.deployer = deployer;
    this.life = life;
    this.witness = witness;
  }

  static Deployer of(Deployer deployer, Lifetime life, CrashWitness witness) {
    return deployer instanceof LiveSettings settings
        ? new WithSettings(deployer, settings, life, witness)
        : new MortalDeployer(deployer, life, witness);
  }

  @Override
  public String resource(Target target) {
    life.requireAlive();
    return deployer.resource(target);
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    life.requireAlive();
    return deployer.prepare(request, call);
  }

  @Override
  public Version upload(UploadRequest request, CallContext call) {
    return bounded(
        "the upload to " + request.prepared().target(),
        () -> {
          Version version = deployer.upload(request, call);
          witness.uploaded(request, version);
          return version;
        });
  }

  @Override
  public Deployment activate(ActivateRequest request, CallContext call) {
    return bounded(
        "the activation in " + request.target(),
        () -> {
          Deployment deployment = deployer.activate(request, call);
          witness.activated(request);
          return deployment;
        });
  }

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    life.requireAlive();
    return deployer.active(target, call);
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    life.requireAlive();
    return deployer.version(target, id, call);
  }

  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    life.requireAlive();
    return deployer.deployments(target, cursor, call);
  }

  @Override
  public Version refresh(Version version, CallContext call) {
    life.requireAlive();
    return deployer.refresh(version, call);
  }

  @Override
  public Deployment refresh(Deployment deployment, CallContext call) {
    life.requireAlive();
    return deployer.refresh(deployment, call);
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    life.requireAlive();
    return deployer.findUpload(request, call);
  }

  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    life.requireAlive();
    return deployer.findActivation(request, call);
  }

  @Override
  public Guarantees guarantees() {
    life.requireAlive();
    return deployer.guarantees();
  }

  @Override
  public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
    life.requireAlive();
    return deployer instanceof Reach power
        ? power.reach(version, endpoint).map(way -> marked(way, version))
        : Optional.empty();
  }

  /** Says who is asked for in a way that the contract's own probe understands. */
  private static Endpoint marked(Endpoint way, Version version) {
    Map<String, String> headers = new HashMap<>(way.headers());
    headers.put(ASKED_FOR, version.id());
    return way.withHeaders(headers);
  }

  /** The version that a look is for, if it is for one. */
  static Optional<String> askedFor(Endpoint endpoint) {
    return Optional.ofNullable(endpoint.headers().get(ASKED_FOR));
  }

  /** Whoever made it closes it, whether its process died or not. */
  @Override
  public void close() {}

  final <T> T bounded(String what, Supplier<T> write) {
    life.reach("before " + what);
    T written = write.get();
    life.reach("after " + what);
    return written;
  }

  /** The same with a power more. */
  private static final class WithSettings extends MortalDeployer implements LiveSettings {

    private final LiveSettings settings;
    private final Lifetime life;

    WithSettings(Deployer deployer, LiveSettings settings, Lifetime life, CrashWitness witness) {
      super(deployer, life, witness);
      this.settings = settings;
      this.life = life;
    }

    @Override
    public List<LiveSetting> snapshot(Target target, CallContext call) {
      life.requireAlive();
      return settings.snapshot(target, call);
    }

    @Override
    public List<LiveSetting> changes(Prepared prepared, CallContext call) {
      life.requireAlive();
      return settings.changes(prepared, call);
    }

    @Override
    public boolean isSet(Target target, LiveSetting setting, CallContext call) {
      life.requireAlive();
      return settings.isSet(target, setting, call);
    }

    @Override
    public void set(Target target, LiveSetting setting, StepKey key, CallContext call) {
      String unused =
          bounded(
              "the setting of " + setting.name() + " in " + target,
              () -> {
                settings.set(target, setting, key, call);
                return "";
              });
    }
  }
}
