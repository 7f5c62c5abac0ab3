package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * Sends many bundles, three at once as wrangler does. One that fails leaves those that wait unsent;
 * those under way are waited for.
 */
final class Lanes {

  static final int AT_ONCE = 3;

  private final CloudflareApi api;
  private final CallContext call;

  Lanes(CloudflareApi api, CallContext call) {
    this.api = api;
    this.call = call;
  }

  /**
   * What each bundle came to, in no order.
   *
   * @param <B> what is sent
   * @param <R> what comes of it
   * @param send sends one; is called by several threads
   */
  <B, R> List<R> each(List<B> bundles, Function<B, R> send) {
    Queue<B> waiting = new ConcurrentLinkedQueue<>(bundles);
    List<Together.Later<List<R>>> lanes = new ArrayList<>();
    try (Together together = api.together(call)) {
      for (int lane = 0; lane < Math.min(AT_ONCE, bundles.size()); lane++) {
        lanes.add(together.start(() -> sendAll(waiting, send)));
      }
    }
    return lanes.stream().flatMap(lane -> lane.get().stream()).toList();
  }

  private static <B, R> List<R> sendAll(Queue<B> waiting, Function<B, R> send) {
    List<R> results = new ArrayList<>();
    try {
      for (B next = waiting.poll(); next != null; next = waiting.poll()) {
        results.add(send.apply(next));
      }
      return results;
    } catch (RuntimeException | Error e) {
      waiting.clear();
      throw e;
    }
  }
}
