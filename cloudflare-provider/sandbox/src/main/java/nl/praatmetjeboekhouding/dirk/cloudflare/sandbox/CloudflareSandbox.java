package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/**
 * A local Cloudflare for tests and demos: the API that deploys Workers and the edge that serves
 * them, on 127.0.0.1, with an account that starts empty and is forgotten on close. Real wrangler
 * works with it. Where a {@link Workerd} is given, uploaded modules run for real.
 *
 * <p>Errors, delays and lags come only when a test plants them. Safe for use by several threads.
 */
public final class CloudflareSandbox implements AutoCloseable {

  /** The token that is accepted if none is named. */
  public static final String TOKEN = "sandbox-token";

  private final Account account;
  private final DeclaredEngine declared = new DeclaredEngine();
  private final Engine engine;
  private final ApiServer api;
  private final EdgeServer edge;
  private final LocalServer apiListener;
  private final LocalServer edgeListener;
  private final Cancellation closing = Cancellation.create();

  CloudflareSandbox(SandboxBuilder options) {
    account = new Account(options);
    options.behaviours.forEach(declared::declare);
    engine =
        options
            .workerd
            .<Engine>map(
                workerd ->
                    new WorkerdEngine(
                        new WorkerdPool(workerd, options.liveWorkers, options.startupLimit),
                        declared))
            .orElse(declared);
    List<ApiToken> tokens = options.tokens.isEmpty() ? List.of(ApiToken.of(TOKEN)) : options.tokens;
    api = new ApiServer(account, new Router(account.id, tokens, operations(options)), closing);
    edge = new EdgeServer(account, engine, options.seed, closing);
    apiListener = LocalServer.start("cloudflare-api", options.apiPort, api);
    edgeListener = startEdge(options);
  }

  /** What to start with. */
  public static SandboxBuilder builder() {
    return new SandboxBuilder();
  }

  /** Starts one with what {@link SandboxBuilder} says. */
  public static CloudflareSandbox start() {
    return builder().start();
  }

  /**
   * Whether uploaded modules run for real. If not, declared behaviours answer, and nothing tells
   * whether a Worker would start; the edge says so in the header {@code x-dirk-sandbox}.
   */
  public boolean runsWorkers() {
    return engine != declared;
  }

  /** Where the API is, ending in {@code /client/v4}. */
  public URI apiUri() {
    return URI.create("http://127.0.0.1:" + apiListener.port() + ApiServer.PREFIX);
  }

  /** Where the edge is. A request says in its {@code Host} header whom it is for. */
  public URI edgeUri() {
    return URI.create("http://127.0.0.1:" + edgePort());
  }

  /** The port of {@link #edgeUri()}. */
  public int edgePort() {
    return edgeListener.port();
  }

  /** The account's id. */
  public String accountId() {
    return account.id;
  }

  /**
   * A Worker's host name on workers.dev, whether it is enabled or not.
   *
   * @throws IllegalStateException if the account has no name on workers.dev
   */
  public String workersDevHost(String worker) {
    requireNonNull(worker, "worker");
    String subdomain = account.locked(() -> Optional.ofNullable(account.subdomain)).orElse("");
    if (subdomain.isEmpty()) {
      throw new IllegalStateException("the account has no subdomain on workers.dev yet");
    }
    return worker + "." + subdomain + ".workers.dev";
  }

  /**
   * The requests that the API was asked, in the order of their answers; the last hundred thousand.
   */
  public List<ApiCall> log() {
    return api.calls();
  }

  /**
   * The requests of {@link #log()} of one kind.
   *
   * @param method such as {@code POST}, or {@code *}
   * @param path a pattern as in {@link Fault}
   */
  public List<ApiCall> log(String method, String path) {
    return log().stream()
        .filter(call -> method.equals("*") || call.method().equals(method))
        .filter(call -> Fault.matches(path, call.path()))
        .toList();
  }

  /** The requests that the edge was asked, as {@link #log()} tells those of the API. */
  public List<EdgeVisit> visits() {
    return edge.visits();
  }

  /**
   * The requests of {@link #visits()} for one host.
   *
   * @param host as in the {@code Host} header, without a port
   */
  public List<EdgeVisit> visits(String host) {
    requireNonNull(host, "host");
    return visits().stream().filter(visit -> visit.host().equalsIgnoreCase(host)).toList();
  }

  /** The names of the account's Workers. */
  public Set<String> workers() {
    return account.locked(() -> new TreeSet<>(account.scripts.keySet()));
  }

  /** A Worker's versions, newest first; none if there is no such Worker. */
  public List<WorkerVersion> versions(String worker) {
    return account.locked(
        () ->
            script(worker)
                .flatMap(script -> script.versions.stream())
                .map(WorkerVersion::of)
                .toList());
  }

  /** A Worker's deployments, newest first; none if there is no such Worker. */
  public List<WorkerDeployment> deployments(String worker) {
    return account.locked(
        () ->
            script(worker)
                .flatMap(script -> script.rollouts.stream())
                .map(WorkerDeployment::of)
                .toList());
  }

  /** What serves a Worker, or will once it has propagated. */
  public Optional<WorkerDeployment> active(String worker) {
    return deployments(worker).stream().findFirst();
  }

  /** The patterns of the routes that lead to a Worker. */
  public List<String> routes(String worker) {
    return account.locked(
        () ->
            account.routes.stream()
                .filter(route -> route.worker().equals(worker))
                .map(Route::pattern)
                .toList());
  }

  /** The crons of a Worker. */
  public List<String> schedules(String worker) {
    return account.locked(
        () ->
            script(worker)
                .flatMap(script -> Json.stream(script.schedules))
                .map(schedule -> schedule.path("cron").asText())
                .toList());
  }

  /** Makes the API fail. */
  public PlantedFault plant(Fault fault) {
    return api.plant(fault);
  }

  /**
   * Makes the edge fail for a host.
   *
   * @param host as in the {@code Host} header, without a port; {@code *} for any
   */
  public PlantedFault plant(String host, EdgeFault fault) {
    return edge.plant(host, fault);
  }

  /** Declares what a Worker answers from now on. */
  public void behaviour(String worker, Behaviour behaviour) {
    declared.declare(requireNonNull(worker, "worker"), requireNonNull(behaviour, "behaviour"));
  }

  /** Sets for deployments to come how long the edge follows the one before. */
  public void propagation(Duration delay) {
    account.locked(() -> account.propagation = delay);
  }

  /** Sets for writes to come how long reads do not show them. */
  public void listLag(Duration lag) {
    account.locked(() -> account.listLag = lag);
  }

  /**
   * Ends everything: requests that hang, both servers, all workerd processes. A request that waits
   * for a Worker ends with its process, so that the servers stop before and are waited for after.
   */
  @Override
  public void close() {
    closing.cancel("the sandbox is closed");
    apiListener.stop();
    edgeListener.stop();
    engine.close();
    apiListener.close();
    edgeListener.close();
  }

  private LocalServer startEdge(SandboxBuilder options) {
    try {
      return LocalServer.start("cloudflare-edge", options.edgePort, edge);
    } catch (RuntimeException e) {
      apiListener.close();
      throw e;
    }
  }

  private List<Operation> operations(SandboxBuilder options) {
    return Stream.of(
            new IdentityApi(account).operations(),
            new ScriptApi(account).operations(),
            new GuardApi(account).operations(),
            new VersionApi(account, engine, options.uploadLimit).operations(),
            new SecretApi(account).operations(),
            new AssetApi(account, options.assetBucket).operations(),
            new RouteApi(account).operations(),
            new DomainApi(account).operations())
        .flatMap(List::stream)
        .toList();
  }

  private Stream<Script> script(String worker) {
    return Stream.ofNullable(account.scripts.get(worker));
  }
}
