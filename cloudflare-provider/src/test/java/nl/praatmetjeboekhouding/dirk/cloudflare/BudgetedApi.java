package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Workers of any number of accounts, as far as deploys need them, and Cloudflare's strictness: who
 * sends more than 1200 requests in any five minutes is refused everything for as long.
 */
final class BudgetedApi implements AutoCloseable {

  private static final int REQUESTS = 1200;
  private static final long WITHIN = Duration.ofMinutes(5).toNanos();
  private static final int THREADS = 64;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final TimeSource time;
  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final AtomicInteger versions = new AtomicInteger();

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

  BudgetedApi(TimeSource time) throws IOException {
    this.time = time;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
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
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    Account account = accounts.computeIfAbsent(bearer, any -> new Account());
    if (!account.takes(time.nanoTime())) {
      exchange.getResponseHeaders().set("Retry-After", "300");
      give(exchange, 429, failed(971));
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
      give(exchange, 200, "{\"deployment_id\": \"" + made.live.replace("-", "") + "\"}");
      return;
    }
    Script script = scripts.get(name);
    if (script == null && !path[4].equals("subdomain")) {
      give(exchange, 404, failed(path[4].equals("services") ? 10090 : 10007));
    } else {
      give(exchange, 200, result(what, script == null ? new Script() : script, form));
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

  private static String failed(int code) {
    return "{\"success\":false,\"result\":null,\"errors\":[{\"code\":%d,\"message\":\"no\"}]}"
        .formatted(code);
  }

  private static void give(HttpExchange exchange, int status, String text) throws IOException {
    String body = status == 200 ? "{\"success\":true,\"errors\":[],\"result\":" + text + "}" : text;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
