package nl.praatmetjeboekhouding.dirk.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.HttpUrl;

/**
 * The budgets of this process: everybody who asks one vendor with one token shares one. Those that
 * nobody used for a while are forgotten.
 */
final class RequestBudgets {

  private static final Map<Key, RequestBudget> BUDGETS = new ConcurrentHashMap<>();

  /** Whose budget it is; of the token only its digest is kept. */
  private record Key(String vendor, String token, RequestBudget.Limit limit, TimeSource time) {}

  private RequestBudgets() {}

  /** The budget of a token at the vendor with this address. */
  static RequestBudget of(HttpUrl base, String token, RequestBudget.Limit limit, TimeSource time) {
    Key key = new Key(base.host() + ":" + base.port(), digest(token), limit, time);
    BUDGETS
        .entrySet()
        .removeIf(entry -> !entry.getKey().equals(key) && entry.getValue().isUnused());
    return BUDGETS.computeIfAbsent(key, any -> new RequestBudget(limit, time));
  }

  private static String digest(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
