package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A server that answers a round of requests only when all of the round are there. Who sends them
 * one after the other waits for an answer that does not come, and is told so by a gateway timeout;
 * who sends one that is not of the round is refused. So the number of rounds is that of the round
 * trips in sequence, whatever the machine is doing meanwhile.
 */
final class GatedApi implements AutoCloseable {

  private static final int NOT_THERE = 10007;
  private static final long PATIENCE_IN_SECONDS = 5;

  private final StubServer server;
  private final List<Set<String>> rounds;
  private final Map<String, String> results;
  private final List<String> here = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();
  private int round;

  /**
   * @param rounds the lines of each round, as {@link RecordingApi} writes them
   * @param results what is answered, by line; what is not among them is not there
   */
  GatedApi(List<Set<String>> rounds, Map<String, String> results) {
    this.rounds = rounds;
    this.results = results;
    server = StubServer.atOnce(this::answer);
  }

  URI uri() {
    return server.uri();
  }

  /** How many rounds were answered. */
  synchronized int answered() {
    return round;
  }

  /** What was asked in another round than it belongs to, and why that was so. */
  synchronized List<String> refusals() {
    return List.copyOf(refusals);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String line = StubServer.line(exchange);
    String unused = StubServer.body(exchange);
    String refusal = refusal(line);
    if (!refusal.isEmpty()) {
      note(refusal);
    }
    String result = results.get(line);
    if (!refusal.isEmpty()) {
      StubServer.give(exchange, 400, StubServer.bad(NOT_THERE, refusal));
    } else if (result == null) {
      StubServer.give(exchange, 404, StubServer.bad(NOT_THERE, "not there"));
    } else {
      StubServer.give(exchange, 200, StubServer.good(result));
    }
  }

  private synchronized void note(String refusal) {
    refusals.add(refusal);
  }

  /** Waits for the rest of the round; why the request is not of it, or nothing. */
  private synchronized String refusal(String line) {
    if (round == rounds.size() || !rounds.get(round).contains(line)) {
      return line + " is not of round " + (round + 1);
    }
    int mine = round;
    here.add(line);
    if (here.size() == rounds.get(round).size()) {
      here.clear();
      round++;
      notifyAll();
      return "";
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_IN_SECONDS);
    try {
      while (round == mine && System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return round == mine ? "the others of round " + (mine + 1) + " wait for " + line : "";
  }

  @Override
  public void close() {
    server.close();
  }
}
