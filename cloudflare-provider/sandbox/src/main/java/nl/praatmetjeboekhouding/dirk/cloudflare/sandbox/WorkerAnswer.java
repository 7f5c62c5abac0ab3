package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a declared behaviour answers.
 *
 * @param status such as 200
 * @param headers by name
 * @param body as text
 */
public record WorkerAnswer(int status, Map<String, String> headers, String body) {

  /** Checks that nothing is null. */
  public WorkerAnswer {
    headers = Map.copyOf(headers);
    requireNonNull(body, "body");
  }

  /** 200 with a JSON text. */
  public static WorkerAnswer json(String body) {
    return new WorkerAnswer(200, Map.of("content-type", "application/json"), body);
  }

  /** A plain text. */
  public static WorkerAnswer text(int status, String body) {
    return new WorkerAnswer(status, Map.of("content-type", "text/plain;charset=UTF-8"), body);
  }

  /** This answer with one more header. */
  public WorkerAnswer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new WorkerAnswer(status, more, body);
  }
}
