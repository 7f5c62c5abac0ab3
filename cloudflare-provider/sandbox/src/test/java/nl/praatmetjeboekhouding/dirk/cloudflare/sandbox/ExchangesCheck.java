package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds what Dirk sent in the tests, and what it was answered there, against Cloudflare's
 * specification: {@code -Dopenapi=FILE}, and as arguments the files in which the exchanges stand.
 * Ends with 1 if anything does not agree, or if there is nothing to look at.
 */
public final class ExchangesCheck {

  /** Faults that are none, each with its reason. */
  private static final Map<String, String> REASONS =
      Map.of(
          "/(accounts|memberships) answered 200: /result/\\d+(/account)?/id: must be at least 32",
          "ids of accounts are short in tests",
          "/storage/kv/namespaces/\\{namespace_id}/bulk answered 403: /(result|success):",
          "the document has the form of a success for what is refused here",
          "uuid pattern|(version|deployment)_id: : must be at most",
          "ids are short in tests, and some are wrong on purpose",
          "discriminator value 'd1'",
          "erratum T2: wrangler binds a database by its id; the validator takes one form only",
          "/bindings/\\d+: no matching schema found for discriminator value 'odd'|versions/.*"
              + " answered 200: /result/bindings",
          "kinds of bindings that nobody knows yet, and none at all, are carried too",
          "/result/limits/cpu_ms|/result/placement",
          "erratum M5, and settings as odd as a test can make them",
          "/(deployments|versions/latest) answered 200: /result: required property 'id'"
              + "|/deployments/\\d+/created_on: does",
          "an answer without identity or date is garbage on purpose",
          "/pages/projects.* answered 200: /result.*: required property 'source' not found",
          "what was uploaded comes from no repository",
          "/pages/projects.* answered 200: /result/(canonical|latest)_deployment: null found",
          "of a project that nothing was deployed to there is none");

  /** What Dirk asks that the document does not hold, each with its reason. */
  private static final Map<String, String> ABSENT =
      Map.of(
          "(GET|POST) /accounts/[^/]+/workers/dispatch/namespaces",
          "Workers for Platforms are not in this cut of the document",
          "(GET|PUT|DELETE) /accounts/[^/]+/workers/dispatch/namespaces/[^/]+(/scripts/[^/]+)?",
          "Workers for Platforms are not in this cut of the document",
          "GET /accounts/[^/]+/workers/services/[^/]+/environments/production/routes",
          "quirk Q9: wrangler asks it, and nothing documented tells a Worker's routes of all zones");

  private static final List<Pattern> KNOWN_ABSENT =
      ABSENT.keySet().stream().map(Pattern::compile).toList();

  private static final List<Pattern> KNOWN =
      REASONS.keySet().stream().map(Pattern::compile).toList();

  private final Specification specification;
  private final Map<String, Integer> operations = new TreeMap<>();
  private final Map<String, Integer> faults = new TreeMap<>();
  private int sent;
  private int answered;

  private ExchangesCheck(Specification specification) {
    this.specification = specification;
  }

  /** Checks files. */
  public static void main(String[] files) throws IOException {
    ExchangesCheck check =
        new ExchangesCheck(
            Specification.given()
                .orElseThrow(() -> new IllegalArgumentException("name it: -Dopenapi=FILE")));
    for (Path file : Arrays.stream(files).map(Path::of).filter(Files::exists).toList()) {
      try (Stream<String> lines = Files.lines(file)) {
        lines.map(line -> ApiRequest.read(Bytes.utf8(line))).forEach(check::look);
      }
    }
    System.out.println(check.account());
    if (!check.faults.isEmpty() || check.sent == 0) {
      System.exit(1);
    }
  }

  private void look(JsonNode exchange) {
    String method = exchange.path("method").asText();
    String path = exchange.path("path").asText();
    boolean isDirks = exchange.path("agent").asText().startsWith("dirk");
    Optional<String> operation = specification.named(method, path);
    if (operation.isEmpty()) {
      String asked = method + " " + path;
      if (isDirks && KNOWN_ABSENT.stream().noneMatch(known -> known.matcher(asked).matches())) {
        count(faults, asked + " is not documented");
      }
      return;
    }
    if (isDirks) {
      sent++;
      count(operations, operation.get());
      Bytes body = Bytes.of(Base64.getDecoder().decode(exchange.path("body").asText()));
      tell(
          operation.get() + " sent",
          specification.faults(
              method, path, exchange.path("query").asText(), exchange.path("type").asText(), body));
    }
    boolean isGarbage = !exchange.path("answer").asText().startsWith("{");
    if (!exchange.path("planted").asBoolean() && !isGarbage) {
      answered++;
      int status = exchange.path("status").asInt();
      tell(
          operation.get() + " answered " + status,
          specification.faults(method, path, status, exchange.path("answer").asText()));
    }
  }

  private void tell(String what, List<String> wrong) {
    wrong.stream()
        .map(fault -> what + ": " + fault)
        .filter(fault -> KNOWN.stream().noneMatch(known -> known.matcher(fault).find()))
        .forEach(fault -> count(faults, fault));
  }

  private static void count(Map<String, Integer> counts, String what) {
    int unused = counts.merge(what, 1, Integer::sum);
  }

  private String account() {
    StringBuilder text = new StringBuilder();
    operations.forEach((name, times) -> text.append("%6d %s%n".formatted(times, name)));
    faults.forEach((name, times) -> text.append("%6d x FAULT %s%n".formatted(times, name)));
    return text
        + "%d requests of %d operations and %d answers; %d kinds of faults"
            .formatted(sent, operations.size(), answered, faults.size());
  }
}
