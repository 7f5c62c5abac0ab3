package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.ACCOUNT_SETTINGS_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.MEMBERSHIPS_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.USER_DETAILS_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_WRITE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Who asks: user, token, accounts, and the account's name on workers.dev. */
final class IdentityApi {

  private final Account account;

  IdentityApi(Account account) {
    this.account = account;
  }

  List<Operation> operations() {
    String one = "/accounts/{account}";
    return List.of(
        Operation.of("GET", "/user", USER_DETAILS_READ, request -> user()),
        Operation.open("GET", "/user/tokens/verify", request -> token()),
        Operation.open("GET", one + "/tokens/verify", request -> token()),
        Operation.of("GET", "/accounts", ACCOUNT_SETTINGS_READ, this::accounts),
        Operation.of("GET", one, ACCOUNT_SETTINGS_READ, request -> Result.of(self())),
        Operation.of("GET", "/memberships", MEMBERSHIPS_READ, this::memberships),
        Operation.of(
            "GET", one + "/workers/subdomain", WORKERS_SCRIPTS_READ, request -> subdomain()),
        Operation.of("PUT", one + "/workers/subdomain", WORKERS_SCRIPTS_WRITE, this::register));
  }

  private Result user() {
    return Result.of(Json.object().put("id", account.id).put("email", WorkerJson.EMAIL));
  }

  private Result token() {
    return Result.of(Json.object().put("id", account.id).put("status", "active"));
  }

  private Result accounts(ApiRequest request) {
    return Result.page(List.of(self()), request, 20);
  }

  private Result memberships(ApiRequest request) {
    ObjectNode membership = Json.object().put("id", account.id).put("status", "accepted");
    membership.set("account", self());
    membership.putArray("roles").add("Administrator");
    return Result.page(List.of(membership), request, 20);
  }

  private Result subdomain() {
    return account.locked(
        () -> {
          String name = account.subdomain;
          if (name == null) {
            throw new Refusal(404, 10007, "the account has no workers.dev subdomain yet");
          }
          return Result.of(Json.object().put("subdomain", name));
        });
  }

  private Result register(ApiRequest request) {
    String name = request.object().path("subdomain").asText();
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
      throw new Refusal(400, 10031, "not a name for a workers.dev subdomain: " + name);
    }
    return account.locked(
        () -> {
          account.subdomain = name;
          return subdomain();
        });
  }

  private ObjectNode self() {
    return Json.object().put("id", account.id).put("name", account.name).put("type", "standard");
  }
}
