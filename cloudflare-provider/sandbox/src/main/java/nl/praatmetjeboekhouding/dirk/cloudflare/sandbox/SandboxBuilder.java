package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** What a {@link CloudflareSandbox} is started with. */
public final class SandboxBuilder {

  TimeSource time = TimeSource.system();
  int apiPort;
  int edgePort;
  String account = "0d1b2c3a4f5e60718293a4b5c6d7e8f9";
  final List<ApiToken> tokens = new ArrayList<>();
  final List<Zone> zones = new ArrayList<>();
  final Map<String, Behaviour> behaviours = new LinkedHashMap<>();
  @Nullable String subdomain = "sandbox";
  Optional<Workerd> workerd = Optional.empty();
  int liveWorkers = 8;
  Duration startupLimit = Duration.ofSeconds(30);
  long seed;
  long uploadLimit = 10L * 1024 * 1024;
  int assetBucket = 100;
  Duration propagation = Duration.ZERO;
  Duration listLag = Duration.ZERO;

  SandboxBuilder() {}

  /** Where dates, delays and lags come from; the clock of this machine unless set. */
  public SandboxBuilder time(TimeSource source) {
    time = requireNonNull(source, "source");
    return this;
  }

  /** Where the API listens; 0, unless set, takes any free port. */
  public SandboxBuilder apiPort(int port) {
    apiPort = port;
    return this;
  }

  /** Where the edge listens; 0, unless set, takes any free port. */
  public SandboxBuilder edgePort(int port) {
    edgePort = port;
    return this;
  }

  /** The account's id. */
  public SandboxBuilder account(String id) {
    account = requireNonNull(id, "id");
    return this;
  }

  /** A token that is accepted. Without any, {@link CloudflareSandbox#TOKEN} may do everything. */
  public SandboxBuilder token(ApiToken token) {
    tokens.add(requireNonNull(token, "token"));
    return this;
  }

  /** The account's name on workers.dev; {@code sandbox} unless set. */
  public SandboxBuilder subdomain(String name) {
    subdomain = requireNonNull(name, "name");
    return this;
  }

  /** The account has no name on workers.dev yet. */
  public SandboxBuilder withoutSubdomain() {
    subdomain = null;
    return this;
  }

  /** A domain of the account. */
  public SandboxBuilder zone(Zone zone) {
    zones.add(requireNonNull(zone, "zone"));
    return this;
  }

  /** A domain of the account; its id is made from its name. */
  public SandboxBuilder zone(String name) {
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return zone(new Zone(id.toString().replace("-", ""), name));
  }

  /** Runs Workers for real. Without it, and for Workers with a behaviour, behaviours answer. */
  public SandboxBuilder workerd(Workerd runtime) {
    workerd = Optional.of(runtime);
    return this;
  }

  /** How many workerd processes may live at once; 8 unless set. */
  public SandboxBuilder liveWorkers(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1: " + limit);
    }
    liveWorkers = limit;
    return this;
  }

  /**
   * How long a Worker may take to start, by the real clock, before it is refused; 30 s unless set.
   * Cloudflare allows less than a second of CPU time, which a busy machine cannot promise.
   */
  public SandboxBuilder startupLimit(Duration patience) {
    startupLimit = requireNonNull(patience, "patience");
    return this;
  }

  /** Declares what a Worker answers, whichever modules are uploaded for it. */
  public SandboxBuilder behaviour(String worker, Behaviour behaviour) {
    behaviours.put(requireNonNull(worker, "worker"), requireNonNull(behaviour, "behaviour"));
    return this;
  }

  /** How long the edge follows the old deployment after a new one; not at all unless set. */
  public SandboxBuilder propagation(Duration delay) {
    propagation = requireNonNull(delay, "delay");
    return this;
  }

  /** How long reads do not show a new version or deployment; not at all unless set. */
  public SandboxBuilder listLag(Duration lag) {
    listLag = requireNonNull(lag, "lag");
    return this;
  }

  /** What ids and the split of traffic are drawn from; 0 unless set. */
  public SandboxBuilder seed(long number) {
    seed = number;
    return this;
  }

  /** How large a Worker may be, compressed, in bytes; 10 MiB unless set. */
  public SandboxBuilder uploadLimit(long bytes) {
    uploadLimit = bytes;
    return this;
  }

  /** How many static assets are asked for together; 100 unless set. */
  public SandboxBuilder assetBucket(int files) {
    if (files < 1) {
      throw new IllegalArgumentException("files must be at least 1: " + files);
    }
    assetBucket = files;
    return this;
  }

  /**
   * Starts the sandbox.
   *
   * @throws java.io.UncheckedIOException if a port is taken
   */
  public CloudflareSandbox start() {
    return new CloudflareSandbox(this);
  }
}
