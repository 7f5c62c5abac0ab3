package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Reach;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;

/** A deployer with every power, whose vendor shows ten deployments a page. */
class EquippedDeployer extends ForwardingDeployer implements LiveSettings, Reach {

  private static final int PAGE = 10;

  /** What a target has before anything is set, and what every build wants. */
  private static final Map<String, String> BORN = Map.of("crons", "[]", "logs", "off");

  private static final Map<String, String> WANTED =
      Map.of("crons", "[\"5 * * * *\"]", "logs", "on");

  private final Map<Target, Map<String, String>> settings = new ConcurrentHashMap<>();

  EquippedDeployer(Deployer deployer) {
    super(deployer);
  }

  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    List<Deployment> all = super.deployments(target, Optional.empty(), call).deployments();
    int from = Math.min(all.size(), cursor.map(Integer::parseInt).orElse(0));
    int to = Math.min(all.size(), from + PAGE);
    return new DeploymentPage(
        all.subList(from, to),
        to < all.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  @Override
  public List<LiveSetting> snapshot(Target target, CallContext call) {
    return active(target, call).isEmpty() ? List.of() : listed(of(target));
  }

  @Override
  public List<LiveSetting> changes(Prepared prepared, CallContext call) {
    Map<String, String> now = of(prepared.target());
    return listed(WANTED).stream()
        .filter(setting -> !setting.value().equals(now.get(setting.name())))
        .toList();
  }

  @Override
  public void set(Target target, LiveSetting setting, StepKey key, CallContext call) {
    Map<String, String> changed = new HashMap<>(of(target));
    changed.put(setting.name(), setting.value());
    settings.put(target, changed);
  }

  @Override
  public Optional<Endpoint> reach(Version version, Endpoint endpoint) {
    Map<String, String> headers = new HashMap<>(endpoint.headers());
    headers.put("x-version", version.id());
    return Optional.of(endpoint.withHeaders(headers));
  }

  private Map<String, String> of(Target target) {
    return settings.getOrDefault(target, BORN);
  }

  private static List<LiveSetting> listed(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream()
            .map(value -> new LiveSetting(value.getKey(), value.getValue(), value.getValue()))
            .toList();
  }
}
