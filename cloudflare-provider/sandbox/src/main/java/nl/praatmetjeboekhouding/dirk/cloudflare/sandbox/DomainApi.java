package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Custom domains: host names that belong to a Worker as a whole. */
final class DomainApi {

  private final Account account;

  DomainApi(Account account) {
    this.account = account;
  }

  List<Operation> operations() {
    String script = "/accounts/{account}/workers/scripts/{worker}/domains";
    String domains = "/accounts/{account}/workers/domains";
    return List.of(
        Operation.of("POST", script + "/changeset", WORKERS_SCRIPTS_WRITE, this::changes),
        Operation.of("PUT", script + "/records", WORKERS_SCRIPTS_WRITE, this::set),
        Operation.of("GET", domains, WORKERS_SCRIPTS_READ, this::list),
        Operation.of("PUT", domains, WORKERS_SCRIPTS_WRITE, this::attach),
        Operation.of("DELETE", domains + "/{domain}", WORKERS_SCRIPTS_WRITE, this::detach),
        Operation.of("GET", domains + "/records", WORKERS_SCRIPTS_READ, this::list),
        Operation.of("GET", domains + "/{domain}", WORKERS_SCRIPTS_READ, this::one),
        Operation.of("GET", domains + "/records/{domain}", WORKERS_SCRIPTS_READ, this::one));
  }

  private Result changes(ApiRequest request) {
    JsonNode wanted = request.json();
    return account.locked(
        () -> {
          String worker = account.script(request.path("worker")).name;
          ObjectNode changes = Json.object();
          ArrayNode added = changes.putArray("added");
          ArrayNode updated = changes.putArray("updated");
          for (JsonNode origin : wanted) {
            String hostname = origin.path("hostname").asText();
            CustomDomain known = account.domains.get(hostname);
            if (known == null) {
              added.add(json(new CustomDomain("", hostname, zone(origin), worker, "")));
            } else {
              updated.add(json(known).put("modified", !known.worker().equals(worker)));
            }
          }
          ArrayNode removed = changes.putArray("removed");
          if (request.query("replace_state").orElse("").equals("true")) {
            account.domains.values().stream()
                .filter(domain -> domain.worker().equals(worker))
                .filter(domain -> !names(wanted).contains(domain.hostname()))
                .forEach(domain -> removed.add(json(domain)));
          }
          changes.putArray("conflicting");
          return Result.of(changes);
        });
  }

  private Result set(ApiRequest request) {
    ObjectNode wanted = request.object();
    JsonNode origins = wanted.path("origins");
    return account.locked(
        () -> {
          String worker = account.script(request.path("worker")).name;
          List<CustomDomain> domains = new ArrayList<>();
          for (JsonNode origin : origins) {
            domains.add(domain(origin, worker, wanted.path("override_existing_origin")));
          }
          if (wanted.path("override_scope").asBoolean()) {
            account.domains.values().removeIf(domain -> domain.worker().equals(worker));
          }
          domains.forEach(domain -> account.domains.put(domain.hostname(), domain));
          return Result.of(Json.array(domains.stream().map(DomainApi::json)));
        });
  }

  private CustomDomain domain(JsonNode origin, String worker, JsonNode override) {
    String hostname = origin.path("hostname").asText();
    CustomDomain known = account.domains.get(hostname);
    if (known != null && !known.worker().equals(worker) && !override.asBoolean()) {
      throw new Refusal(409, 100116, hostname + " belongs to " + known.worker());
    }
    return attached(origin, worker);
  }

  private CustomDomain attached(JsonNode origin, String worker) {
    return new CustomDomain(
        account.ids.hex(),
        origin.path("hostname").asText(),
        zone(origin),
        worker,
        account.ids.uuid());
  }

  /** One domain, whoever had it before. */
  private Result attach(ApiRequest request) {
    ObjectNode wanted = request.object();
    return account.locked(
        () -> {
          String worker = account.script(wanted.path("service").asText()).name;
          CustomDomain domain = attached(wanted, worker);
          account.domains.put(domain.hostname(), domain);
          return Result.of(json(domain));
        });
  }

  private Result detach(ApiRequest request) {
    return account.locked(
        () -> {
          account.domains.remove(existing(request).hostname());
          return Result.nothing();
        });
  }

  private Result list(ApiRequest request) {
    Optional<String> service = request.query("service");
    return account.locked(
        () ->
            Result.of(
                Json.array(
                    account.domains.values().stream()
                        .filter(domain -> service.map(domain.worker()::equals).orElse(true))
                        .map(DomainApi::json))));
  }

  private Result one(ApiRequest request) {
    return account.locked(() -> Result.of(json(existing(request))));
  }

  private CustomDomain existing(ApiRequest request) {
    return account.domains.values().stream()
        .filter(domain -> domain.id().equals(request.path("domain")))
        .findFirst()
        .orElseThrow(
            () -> new Refusal(404, 100114, "there is no domain " + request.path("domain")));
  }

  private Zone zone(JsonNode origin) {
    String hostname = origin.path("hostname").asText();
    Optional<String> id =
        Optional.of(origin.path("zone_id").asText("")).filter(text -> !text.isEmpty());
    return account
        .zoneOf(id, hostname)
        .filter(zone -> zone.holds(hostname))
        .orElseThrow(() -> new Refusal(400, 100117, "no zone of this account holds " + hostname));
  }

  private static List<String> names(JsonNode origins) {
    List<String> names = new ArrayList<>();
    origins.forEach(origin -> names.add(origin.path("hostname").asText()));
    return names;
  }

  private static ObjectNode json(CustomDomain domain) {
    return Json.object()
        .put("id", domain.id())
        .put("hostname", domain.hostname())
        .put("zone_id", domain.zone().id())
        .put("zone_name", domain.zone().name())
        .put("service", domain.worker())
        .put("cert_id", domain.certificate())
        .put("environment", "production")
        .put("enabled", true)
        .put("previews_enabled", false);
  }
}
