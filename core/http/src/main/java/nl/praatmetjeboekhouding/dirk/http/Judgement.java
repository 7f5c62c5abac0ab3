package nl.praatmetjeboekhouding.dirk.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import nl.praatmetjeboekhouding.dirk.model.Health;

/**
 * What an answer says about the one who gave it. Understands the {@code status} of health+json
 * (draft-inadarei-api-health-check), Spring Boot Actuator and MicroProfile Health.
 *
 * @param health the verdict
 * @param reason why, in a few words; empty text if it is simply healthy
 */
record Judgement(Health health, String reason) {

  static Judgement of(Page page) {
    if (page.status() == 429) {
      return blind("throttled: answered 429");
    }
    if (page.headers().containsKey("cf-mitigated")) {
      return blind("the edge stood between: cf-mitigated");
    }
    if ("hit".equalsIgnoreCase(page.headers().get("cf-cache-status"))) {
      return blind("a cache answered: cf-cache-status HIT");
    }
    int family = page.status() / 100;
    if (family == 3) {
      return sick(
          "redirects ("
              + page.status()
              + ") to "
              + Locations.host(page.headers()).orElse("another path"));
    }
    return family == 2 ? document(page) : sick("answered " + page.status());
  }

  private static Judgement document(Page page) {
    if (page.isJson() && page.cut()) {
      return blind("the JSON is longer than bodyLimit");
    }
    JsonNode json = page.json();
    if (page.type().equals("application/health+json") && !json.isObject()) {
      return sick("what it calls health+json is none");
    }
    String status = json.path("status").asText().toLowerCase(Locale.ROOT);
    return switch (status) {
      case "fail", "error", "down", "out_of_service" -> sick("says that its status is " + status);
      case "warn" -> new Judgement(Health.HEALTHY, "says that its status is warn");
      default -> new Judgement(Health.HEALTHY, "");
    };
  }

  private static Judgement blind(String reason) {
    return new Judgement(Health.INCONCLUSIVE, reason);
  }

  private static Judgement sick(String reason) {
    return new Judgement(Health.UNHEALTHY, reason);
  }
}
