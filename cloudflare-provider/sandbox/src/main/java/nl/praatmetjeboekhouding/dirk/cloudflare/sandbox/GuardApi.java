package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_READ;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What wrangler looks at before it deletes a Worker. Here nothing stands in the way. */
final class GuardApi {

  private final Account account;

  GuardApi(Account account) {
    this.account = account;
  }

  List<Operation> operations() {
    String one = "/accounts/{account}";
    return List.of(
        Operation.of(
            "GET",
            one + "/workers/scripts/{worker}/references",
            WORKERS_SCRIPTS_READ,
            this::references),
        Operation.of(
            "GET", one + "/workers/tails/by-consumer/{worker}", WORKERS_SCRIPTS_READ, this::none),
        Operation.of(
            "GET", one + "/workers/durable_objects/namespaces", WORKERS_SCRIPTS_READ, this::none),
        Operation.of("GET", one + "/storage/kv/namespaces", WORKERS_SCRIPTS_READ, this::none));
  }

  private Result references(ApiRequest request) {
    account.locked(() -> account.script(request.path("worker")));
    ObjectNode references = Json.object();
    references.putObject("services").putArray("incoming");
    references.putArray("durable_objects");
    references.putArray("dispatch_outbounds");
    return Result.of(references);
  }

  private Result none(ApiRequest request) {
    return Result.page(List.of(), request, 100);
  }
}
