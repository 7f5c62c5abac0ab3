package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.http.JsonApi;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Cloudflare's API as one account sees it. Safe for use by several threads. */
final class CloudflareApi implements AutoCloseable {

  /**
   * What one token may ask. Cloudflare takes 1200 before it refuses all of its calls for a while;
   * some are to spare, because a request arrives later than its turn came.
   */
  private static final int REQUESTS = 1150;

  private static final Duration WITHIN = Duration.ofMinutes(5);

  private static final int DEPLOY = 24;

  /** What is looked at before an upload goes in one round, with some to spare. */
  private static final int AT_ONCE = 12;

  /** Where more is asked together, it is asked one after the other. */
  private static final int MOST_THREADS = 32;

  private static final int IDLE_SECONDS = 60;

  private static final Set<String> MISSING = Set.of("10007", "10090", "10222");

  private final JsonApi api;
  private final String account;
  private final TimeSource time;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MOST_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          CloudflareApi::thread,
          CloudflareApi::runHere);

  CloudflareApi(URI base, Credentials credentials, String account, TimeSource time) {
    this.account = requireNonNull(account, "account");
    this.time = requireNonNull(time, "time");
    api =
        credentials
            .sign(JsonApi.to("Cloudflare", base, time))
            .errors(new CloudflareErrors())
            .requestIds("cf-ray")
            .budget(REQUESTS, WITHIN)
            .atOnce(AT_ONCE)
            .build();
  }

  /**
   * The API of one account.
   *
   * @throws IllegalArgumentException if {@code account} is blank
   */
  static CloudflareApi of(URI base, Credentials credentials, String account, TimeSource time) {
    if (account.isBlank()) {
      throw new IllegalArgumentException("account must be an account's id, and is blank");
    }
    return new CloudflareApi(base, credentials, account, time);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "dirk-cloudflare");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Whoever wants a thread when all are taken is one. Nothing waits for what begins after it, so
   * that none of them waits for another in a circle.
   */
  private static void runHere(Runnable task, ThreadPoolExecutor full) {
    if (full.isShutdown()) {
      throw new RejectedExecutionException("the API is closed");
    }
    task.run();
  }

  /**
   * Reserves what a runbook's deploy asks for, so that it waits before it begins and not in its
   * midst: seventeen requests for an update in one environment, and some to go back with.
   *
   * @throws ProviderException THROTTLED if that is not there for now, with how long it takes
   */
  void reserve() {
    api.reserve(DEPLOY);
  }

  /** Requests that do not depend on each other; their threads end with this. */
  Together together(CallContext call) {
    return new Together(threads, call.cancellation());
  }

  String account() {
    return account;
  }

  TimeSource time() {
    return time;
  }

  /** What is below a Worker's script. */
  String[] script(String worker, String... below) {
    List<String> path = new ArrayList<>(List.of("accounts", account, "workers", "scripts", worker));
    path.addAll(List.of(below));
    return path.toArray(String[]::new);
  }

  /** The answer's result. */
  JsonNode result(ApiRequest request, CallContext call) {
    return answer(request, call).path("result");
  }

  /** The whole answer. */
  JsonNode answer(ApiRequest request, CallContext call) {
    return api.send(request, call).body();
  }

  /** The whole answer, or empty if the Worker that was asked about is not there. */
  Optional<JsonNode> present(ApiRequest request, CallContext call) {
    try {
      return Optional.of(api.send(request, call).body());
    } catch (ProviderException e) {
      boolean missing =
          e.kind() == FailureKind.NOT_FOUND && e.vendorCodes().stream().anyMatch(MISSING::contains);
      if (missing) {
        return Optional.empty();
      }
      throw e;
    }
  }

  static List<JsonNode> members(JsonNode list) {
    if (!list.isArray()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE, "Cloudflare answered without the list that was asked for");
    }
    List<JsonNode> members = new ArrayList<>();
    list.forEach(members::add);
    return members;
  }

  /** An id that an answer must tell: without it nothing can be asked of what it belongs to. */
  static String id(JsonNode answer, String name) {
    String id = answer.path(name).asText("");
    if (id.isBlank()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Cloudflare answered without the " + name + " of what it told of; try again");
    }
    return id;
  }

  @Override
  public void close() {
    api.close();
    threads.shutdown();
  }
}
