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
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;

/** A vendor whose targets have a setting, {@code crons}, that is no part of a version. */
final class SettingsVendor extends ForwardingDeployer implements LiveSettings {

  static final String CRONS = "crons";

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
    super(deployer);
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
    return super.resource(target);
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    return forgetting ? Optional.empty() : super.version(target, id, call);
  }
}
