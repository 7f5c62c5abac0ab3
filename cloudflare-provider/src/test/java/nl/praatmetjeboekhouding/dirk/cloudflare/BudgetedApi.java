package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Workers of any number of accounts, as far as deploys need them, and Cloudflare's strictness: who
 * sends more than 1200 requests in any five minutes is refused everything for as long.
 */
final class BudgetedApi implements AutoCloseable {

  private static final int REQUESTS = 1200;
  private static final long WITHIN = Duration.ofMinutes(5).toNanos();

  private final TimeSource time;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final AtomicInteger versions = new AtomicInteger();
  private final StubServer server;

  /** Who asks with one token. */
  private static final class Account {

    private final Deque<Long> arrivals = new ArrayDeque<>();
    private int asked;
    private int refused;
    private int most;
    private long blockedUntil = Long.MIN_VALUE;

    private synchronized boolean takes(long now) {
      asked++;
      while (!arrivals.isEmpty() && now - arrivals.getFirst() >= WITHIN) {
        arrivals.removeFirst();
      }
      if (arrivals.size() >= REQUESTS) {
        blockedUntil = now + WITHIN;
      }
      arrivals.addLast(now);
      most = Math.max(most, arrivals.size());
      if (now < blockedUntil) {
        refused++;
        return false;
      }
      return true;
    }
  }

  /** A Worker with its versions by id; the code is the whole form. */
  private static final class Script {

    private final Map<String, String> code = new ConcurrentHashMap<>();
    private final List<String> uploaded = new ArrayList<>();
    private volatile String live = "";

    private synchronized String add(String id, String form) {
      code.put(id, form);
      uploaded.add(0, id);
      return id;
    }

    private synchronized String newest() {
      return uploaded.get(0);
    }
  }

  BudgetedApi(TimeSource time) {
    this.time = time;
    server = StubServer.atOnce(this::answer);
  }

  URI uri() {
    return server.uri();
  }

  /** How many requests came with a token. */
  int asked(String token) {
    return account(token).asked;
  }

  /** How many of them were refused for being too many. */
  int refused(String token) {
    return account(token).refused;
  }

  /** How many came within any five minutes, at most. */
  int most(String token) {
    return account(token).most;
  }

  private Account account(String token) {
    return accounts.computeIfAbsent("Bearer " + token, any -> new Account());
  }

  /** What was uploaded as the version that serves a Worker of an account, or empty if none does. */
  String live(String account, String worker) {
    Script script = scripts.getOrDefault(account + "/" + worker, new Script());
    return script.code.getOrDefault(script.live, "");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String form = StubServer.body(exchange);
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    Account account = accounts.computeIfAbsent(bearer, any -> new Account());
    if (!account.takes(time.nanoTime())) {
      exchange.getResponseHeaders().set("Retry-After", "300");
      StubServer.give(exchange, 429, StubServer.bad(971, "no"));
      return;
    }
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    String worker = path.length > 5 ? path[5] : "";
    String below = path.length > 6 ? path[6] : "";
    String what = exchange.getRequestMethod() + " " + path[4] + " " + below;
    String name = path[2] + "/" + worker;
    if (what.equals("PUT scripts ")) {
      Script made = scripts.computeIfAbsent(name, any -> new Script());
      made.live = made.add(id(), form);
      String deployment = "{\"deployment_id\": \"" + made.live.replace("-", "") + "\"}";
      StubServer.give(exchange, 200, StubServer.good(deployment));
      return;
    }
    Script script = scripts.get(name);
    if (script == null && !path[4].equals("subdomain")) {
      int code = path[4].equals("services") ? 10090 : 10007;
      StubServer.give(exchange, 404, StubServer.bad(code, "no"));
    } else {
      String result = result(what, script == null ? new Script() : script, form);
      StubServer.give(exchange, 200, StubServer.good(result));
    }
  }

  private String result(String what, Script script, String body) {
    return switch (what) {
      case "GET subdomain " -> "{\"subdomain\": \"us\"}";
      case "GET services " ->
          "{\"default_environment\": {\"script\": {\"last_deployed_from\": \"wrangler\"}}}";
      case "GET scripts versions" -> "{\"items\": [{\"id\": \"" + script.newest() + "\"}]}";
      case "GET scripts deployments" ->
          "{\"deployments\": [{\"versions\": [{\"version_id\": \""
              + script.live
              + "\", \"percentage\": 100}]}]}";
      case "POST scripts versions" -> "{\"id\": \"" + script.add(id(), body) + "\"}";
      case "POST scripts deployments" -> {
        script.live = body.replaceFirst("(?s).*\"version_id\":\"([^\"]*)\".*", "$1");
        yield "{}";
      }
      default -> "{}";
    };
  }

  private String id() {
    return String.format("%08x-0000-4000-8000-000000000000", versions.incrementAndGet());
  }

  @Override
  public void close() {
    server.close();
  }
}
