package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that the API can be asked: {@code {name}} in the template stands for one segment.
 *
 * @param permission what a token needs for it; empty if any token will do
 * @param signedItself whether it looks at the token itself
 */
record Operation(
    String method,
    List<String> template,
    Optional<Permission> permission,
    boolean signedItself,
    Work work) {

  /** Does what is asked, or throws a {@link Refusal}. */
  @FunctionalInterface
  interface Work {
    Result answer(ApiRequest request);
  }

  static Operation of(String method, String template, Permission permission, Work work) {
    return new Operation(
        method, List.of(template.split("/", -1)), Optional.of(permission), false, work);
  }

  /** One that every known token may ask. */
  static Operation open(String method, String template, Work work) {
    return new Operation(method, List.of(template.split("/", -1)), Optional.empty(), false, work);
  }

  /** One that takes other tokens than the account's, and looks at them itself. */
  static Operation signedItself(String method, String template, Work work) {
    return new Operation(method, List.of(template.split("/", -1)), Optional.empty(), true, work);
  }

  Optional<Map<String, String>> match(String path) {
    String[] segments = path.split("/", -1);
    if (segments.length != template.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int at = 0; at < segments.length; at++) {
      String expected = template.get(at);
      if (expected.startsWith("{")) {
        String value = URLDecoder.decode(segments[at].replace("+", "%2B"), UTF_8);
        parameters.put(expected.substring(1, expected.length() - 1), value);
      } else if (!expected.equals(segments[at])) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }
}
