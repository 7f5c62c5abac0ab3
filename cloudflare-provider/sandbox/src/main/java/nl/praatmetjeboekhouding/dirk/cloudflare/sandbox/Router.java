package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the operation that a request asks for, if its token may. */
final class Router {

  record Outcome(Answer answer, boolean known) {}

  private static final Logger log = LoggerFactory.getLogger(Router.class);

  private final String account;
  private final List<ApiToken> tokens;
  private final List<Operation> operations;

  Router(String account, List<ApiToken> tokens, List<Operation> operations) {
    this.account = account;
    this.tokens = List.copyOf(tokens);
    this.operations = List.copyOf(operations);
  }

  Outcome answer(Request request, String path) {
    boolean known = false;
    for (Operation operation : operations) {
      Optional<Map<String, String>> parameters = operation.match(path);
      if (parameters.isEmpty()) {
        continue;
      }
      known = true;
      if (operation.method().equals(request.method())) {
        return new Outcome(answer(operation, new ApiRequest(request, parameters.get())), true);
      }
    }
    String problem =
        known
            ? request.method() + " is not possible for " + path
            : "Could not route to " + path + ", perhaps your object identifier is invalid?";
    return new Outcome(Result.refused(known ? 405 : 404, known ? 7001 : 7003, problem), false);
  }

  private Answer answer(Operation operation, ApiRequest request) {
    try {
      if (!operation.signedItself()) {
        authorize(operation, request);
      }
      return operation.work().answer(request).answer();
    } catch (Refusal refusal) {
      return Result.refused(refusal);
    } catch (RuntimeException e) {
      log.error("{} {} failed", request.http().method(), request.http().path(), e);
      return Result.refused(500, 10002, "the sandbox itself failed: " + e);
    }
  }

  private void authorize(Operation operation, ApiRequest request) {
    String header = request.http().header("authorization").orElse("");
    if (!header.startsWith("Bearer ")) {
      throw new Refusal(400, 9106, "Missing Authorization header: send a bearer token");
    }
    String value = header.substring("Bearer ".length()).strip();
    ApiToken token =
        tokens.stream()
            .filter(each -> each.value().equals(value))
            .findFirst()
            .orElseThrow(() -> unknownToken(request));
    boolean foreign = !request.parameters().getOrDefault("account", account).equals(account);
    if (foreign || !operation.permission().map(token::allows).orElse(true)) {
      throw new Refusal(403, 10000, "Authentication error");
    }
  }

  private static Refusal unknownToken(ApiRequest request) {
    return request.http().path().endsWith("/tokens/verify")
        ? new Refusal(401, 1000, "Invalid API Token")
        : new Refusal(403, 9109, "Invalid access token");
  }
}
