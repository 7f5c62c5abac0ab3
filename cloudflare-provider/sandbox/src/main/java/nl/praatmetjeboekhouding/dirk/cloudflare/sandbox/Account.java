package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** All that the sandbox knows. Everything but {@link #locked} is called with the lock held. */
final class Account {

  private static final double ROUNDING = 0.001;

  final String id;
  final String name = "Dirk's sandbox";
  final Instant created;
  final List<Zone> zones;
  final Map<String, Script> scripts = new TreeMap<>();
  final List<Route> routes = new ArrayList<>();
  final Map<String, CustomDomain> domains = new LinkedHashMap<>();
  final AssetStore assets = new AssetStore();
  final TimeSource time;
  final Ids ids;
  @Nullable String subdomain;
  Duration propagation;
  Duration listLag;

  private final ReentrantLock lock = new ReentrantLock();

  Account(SandboxBuilder options) {
    id = options.account;
    zones = List.copyOf(options.zones);
    time = options.time;
    created = now();
    ids = new Ids(options.seed);
    subdomain = options.subdomain;
    propagation = options.propagation;
    listLag = options.listLag;
  }

  /** Does something as one step that nobody sees half done. */
  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Does something of which reads tell so much later than of what else is done. */
  <T> T lagging(Duration lag, Supplier<T> work) {
    if (lag.isZero()) {
      return work.get();
    }
    return locked(
        () -> {
          Duration usual = listLag;
          listLag = usual.plus(lag);
          try {
            return work.get();
          } finally {
            listLag = usual;
          }
        });
  }

  /** Now, as fine as Cloudflare tells it. */
  Instant now() {
    return time.instant().truncatedTo(ChronoUnit.MICROS);
  }

  Script script(String name) {
    Script script = scripts.get(name);
    if (script == null) {
      throw Refusal.noSuchWorker(name);
    }
    return script;
  }

  Script scriptOrNew(String name) {
    return scripts.computeIfAbsent(name, key -> new Script(key, ids.hex(), now()));
  }

  void delete(String name) {
    scripts.remove(script(name).name);
    routes.removeIf(route -> route.worker().equals(name));
    domains.values().removeIf(domain -> domain.worker().equals(name));
  }

  Version add(Script script, Version draft) {
    Version version =
        draft.numbered(
            script.newest().map(Version::number).orElse(0) + 1,
            time.nanoTime() + listLag.toNanos());
    script.versions.addFirst(version);
    script.modified = now();
    return version;
  }

  /** Makes versions serve, if they exist and their shares make a whole. */
  Rollout deploy(Script script, List<Share> shares, Map<String, String> annotations) {
    check(script, shares);
    long nanos = time.nanoTime();
    Rollout rollout =
        new Rollout(
            ids.uuid(),
            now(),
            shares,
            annotations,
            nanos + listLag.toNanos(),
            nanos + propagation.toNanos());
    script.rollouts.addFirst(rollout);
    script.modified = now();
    return rollout;
  }

  /** The zone with this id, or the one that a host belongs to. */
  Optional<Zone> zoneOf(Optional<String> zoneId, String host) {
    return zones.stream()
        .filter(zone -> zoneId.map(zone.id()::equals).orElseGet(() -> zone.holds(host)))
        .max((one, other) -> Integer.compare(one.name().length(), other.name().length()));
  }

  /** The names of bindings that hold secrets whose text differs between two versions. */
  List<String> changedSecrets(Version one, Version other) {
    return secrets(one).entrySet().stream()
        .filter(secret -> !secret.getValue().equals(secrets(other).get(secret.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, String> secrets(Version version) {
    Map<String, String> secrets = new TreeMap<>();
    for (ObjectNode binding : version.bindings()) {
      if (binding.path("type").asText().equals("secret_text")) {
        secrets.put(binding.path("name").asText(), binding.path("text").asText());
      }
    }
    return secrets;
  }

  private static void check(Script script, List<Share> shares) {
    if (shares.isEmpty() || shares.size() > 2) {
      throw Refusal.invalid("a deployment has one or two versions, this one has " + shares.size());
    }
    if (shares.size() == 2 && shares.get(0).versionId().equals(shares.get(1).versionId())) {
      throw Refusal.invalid("a deployment cannot have the same version twice");
    }
    double sum = 0;
    for (Share share : shares) {
      if (script.version(share.versionId()).isEmpty()) {
        throw new Refusal(
            400, 10222, "Version " + share.versionId() + " does not exist on " + script.name);
      }
      if (!(share.percentage() >= 0 && share.percentage() <= 100)) {
        throw Refusal.invalid("percentages are from 0 to 100, this is " + share.percentage());
      }
      sum += share.percentage();
    }
    if (Math.abs(sum - 100) > ROUNDING) {
      throw Refusal.invalid("percentages must add up to 100, these make " + sum);
    }
  }
}
