package nl.praatmetjeboekhouding.dirk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
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
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;

/** A vendor whose targets have a setting, {@code crons}, that is no part of a version. */
final class SettingsVendor implements Deployer, LiveSettings {

  static final String CRONS = "crons";

  private final Deployer deployer;
  private final Map<Target, String> crons = new HashMap<>();
  private final Deque<FailureKind> failingChanges = new ArrayDeque<>();
  private final Deque<FailureKind> failingSets = new ArrayDeque<>();
  private final Deque<FailureKind> failingSnapshots = new ArrayDeque<>();

  /** What the next build wants. */
  String wanted = "hourly";

  /** Whether it breaks its contract and gives one name twice. */
  boolean doubling;

  /** Whether it shows no version any more. */
  boolean forgetting;

  /** Why it does not know what a target is any more. */
  Optional<String> lost = Optional.empty();

  SettingsVendor(Deployer deployer) {
    this.deployer = deployer;
  }

  void failNextChanges(FailureKind kind) {
    failingChanges.add(kind);
  }

  void failNextSet(FailureKind kind) {
    failingSets.add(kind);
  }

  void failNextSnapshot(FailureKind kind) {
    failingSnapshots.add(kind);
  }

  String crons(Target target) {
    return crons.getOrDefault(target, "none");
  }

  @Override
  public List<LiveSetting> snapshot(Target target, CallContext call) {
    fail(failingSnapshots);
    return active(target, call).isEmpty() ? List.of() : List.of(setting(crons(target)));
  }

  @Override
  public List<LiveSetting> changes(Prepared prepared, CallContext call) {
    fail(failingChanges);
    List<LiveSetting> changes = new ArrayList<>();
    if (!crons(prepared.target()).equals(wanted)) {
      changes.add(setting(wanted));
    }
    if (doubling) {
      changes.add(setting(wanted));
    }
    return changes;
  }

  @Override
  public void set(Target target, LiveSetting setting, StepKey key, CallContext call) {
    fail(failingSets);
    crons.put(target, setting.value());
  }

  private static LiveSetting setting(String value) {
    return new LiveSetting(CRONS, value, "crons " + value);
  }

  private static void fail(Deque<FailureKind> failing) {
    FailureKind kind = failing.poll();
    if (kind != null) {
      throw ProviderException.of(kind, "planted: " + kind);
    }
  }

  @Override
  public String resource(Target target) {
    if (lost.isPresent()) {
      throw ProviderException.of(FailureKind.INVALID, lost.get());
    }
    return deployer.resource(target);
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    return deployer.prepare(request, call);
  }

  @Override
  public Version upload(UploadRequest request, CallContext call) {
    return deployer.upload(request, call);
  }

  @Override
  public Deployment activate(ActivateRequest request, CallContext call) {
    return deployer.activate(request, call);
  }

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    return deployer.active(target, call);
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    return forgetting ? Optional.empty() : deployer.version(target, id, call);
  }

  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    return deployer.deployments(target, cursor, call);
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    return deployer.findUpload(request, call);
  }

  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    return deployer.findActivation(request, call);
  }

  @Override
  public Guarantees guarantees() {
    return deployer.guarantees();
  }
}
