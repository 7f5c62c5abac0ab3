package nl.praatmetjeboekhouding.dirk.http;

import nl.praatmetjeboekhouding.dirk.model.Health;

/**
 * What an answer says about the one who gave it, by its HTTP status and, where it is one, by its
 * {@linkplain HealthDocument health document}.
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
    HealthDocument document = HealthDocument.of(page.json());
    return switch (page.status() / 100) {
      case 2 -> good(page, document);
      case 3 -> sick("redirects (" + page.status() + ") to " + destination(page));
      default ->
          sick(
              "answered "
                  + page.status()
                  + (document.isBad() ? " and says that " + document.told() : ""));
    };
  }

  private static Judgement good(Page page, HealthDocument document) {
    if (page.isJson() && page.cut()) {
      return blind("the JSON is longer than bodyLimit");
    }
    if (page.type().equals("application/health+json") && !page.json().isObject()) {
      return sick("what it calls health+json is none");
    }
    if (document.isBad()) {
      return sick("says that " + document.told());
    }
    return new Judgement(
        Health.HEALTHY, document.isWarning() ? "says that " + document.told() : "");
  }

  private static String destination(Page page) {
    return Locations.host(page.headers()).orElse("another path");
  }

  private static Judgement blind(String reason) {
    return new Judgement(Health.INCONCLUSIVE, reason);
  }

  private static Judgement sick(String reason) {
    return new Judgement(Health.UNHEALTHY, reason);
  }
}
