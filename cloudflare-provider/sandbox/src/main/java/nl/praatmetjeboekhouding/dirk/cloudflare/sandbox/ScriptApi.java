package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Workers and what belongs to them whichever version serves: settings, workers.dev, crons. */
final class ScriptApi {

  private static final List<String> SETTINGS =
      List.of("logpush", "observability", "tail_consumers", "tags", "placement");

  private final Account account;

  ScriptApi(Account account) {
    this.account = account;
  }

  List<Operation> operations() {
    String service = "/accounts/{account}/workers/services/{worker}";
    String script = "/accounts/{account}/workers/scripts/{worker}";
    return List.of(
        read(service, request -> WorkerJson.service(service(request))),
        Operation.of("DELETE", service, WORKERS_SCRIPTS_WRITE, this::deleteService),
        Operation.of(
            "GET", "/accounts/{account}/workers/scripts", WORKERS_SCRIPTS_READ, this::scripts),
        Operation.of("DELETE", script, WORKERS_SCRIPTS_WRITE, this::deleteScript),
        read("/accounts/{account}/workers/workers/{worker}", request -> worker(script(request))),
        read(script + "/settings", request -> WorkerJson.settings(script(request))),
        read(script + "/script-settings", request -> WorkerJson.scriptSettings(script(request))),
        write("PATCH", script + "/script-settings", this::patchSettings),
        read(script + "/subdomain", request -> WorkerJson.subdomain(script(request))),
        write("POST", script + "/subdomain", this::setSubdomain),
        write("DELETE", script + "/subdomain", this::leaveSubdomain),
        read(script + "/schedules", request -> schedules(script(request))),
        write("PUT", script + "/schedules", this::setSchedules));
  }

  /** Takes over from an upload what is not part of a version. Called with the lock held. */
  static void adopt(Script script, JsonNode metadata) {
    for (String setting : SETTINGS) {
      JsonNode value = metadata.path(setting);
      if (!value.isMissingNode()) {
        script.settings.set(setting, value);
      }
    }
    String tag = metadata.path("migrations").path("new_tag").asText("");
    if (!tag.isEmpty()) {
      script.migrationTag = tag;
    }
  }

  private Operation read(String path, Function<ApiRequest, JsonNode> work) {
    return locked("GET", path, WORKERS_SCRIPTS_READ, work);
  }

  private Operation write(String method, String path, Function<ApiRequest, JsonNode> work) {
    return locked(method, path, WORKERS_SCRIPTS_WRITE, work);
  }

  private Operation locked(
      String method, String path, Permission permission, Function<ApiRequest, JsonNode> work) {
    return Operation.of(
        method, path, permission, request -> account.locked(() -> Result.of(work.apply(request))));
  }

  private JsonNode worker(Script script) {
    ObjectNode node = WorkerJson.worker(script, Optional.ofNullable(account.subdomain));
    ArrayNode domains = node.withObject("references").withArray("domains");
    account.domains.values().stream()
        .filter(domain -> domain.worker().equals(script.name))
        .forEach(
            domain ->
                domains
                    .addObject()
                    .put("id", domain.id())
                    .put("hostname", domain.hostname())
                    .put("zone_id", domain.zone().id())
                    .put("zone_name", domain.zone().name())
                    .put("certificate_id", domain.certificate()));
    return node;
  }

  private Script script(ApiRequest request) {
    return account.script(request.path("worker"));
  }

  private Script service(ApiRequest request) {
    Script script = account.scripts.get(request.path("worker"));
    if (script == null) {
      throw Refusal.noSuchService(request.path("worker"));
    }
    return script;
  }

  private Result scripts(ApiRequest request) {
    return account.locked(
        () -> Result.of(Json.array(account.scripts.values().stream().map(WorkerJson::script))));
  }

  private Result deleteService(ApiRequest request) {
    return account.locked(
        () -> {
          account.delete(service(request).name);
          return Result.nothing();
        });
  }

  private Result deleteScript(ApiRequest request) {
    return account.locked(
        () -> {
          account.delete(request.path("worker"));
          return Result.nothing();
        });
  }

  private JsonNode patchSettings(ApiRequest request) {
    Script script = script(request);
    adopt(script, request.object());
    script.modified = account.now();
    return WorkerJson.scriptSettings(script);
  }

  private JsonNode setSubdomain(ApiRequest request) {
    Script script = script(request);
    ObjectNode wanted = request.object();
    if (!wanted.path("enabled").isBoolean()) {
      throw Refusal.unreadable("'enabled' must be true or false");
    }
    if (account.subdomain == null && wanted.path("enabled").asBoolean()) {
      throw new Refusal(400, 10063, "the account has no workers.dev subdomain yet");
    }
    script.onWorkersDev = wanted.path("enabled").asBoolean();
    script.previews = wanted.path("previews_enabled").asBoolean(script.onWorkersDev);
    return WorkerJson.subdomain(script);
  }

  private JsonNode leaveSubdomain(ApiRequest request) {
    Script script = script(request);
    script.onWorkersDev = false;
    script.previews = false;
    return WorkerJson.subdomain(script);
  }

  private static JsonNode schedules(Script script) {
    ObjectNode node = Json.object();
    node.set("schedules", script.schedules.deepCopy());
    return node;
  }

  private JsonNode setSchedules(ApiRequest request) {
    Script script = script(request);
    if (!(request.json() instanceof ArrayNode wanted)) {
      throw Refusal.unreadable("a JSON array of schedules is expected");
    }
    ArrayNode schedules = Json.MAPPER.createArrayNode();
    for (JsonNode schedule : wanted) {
      String cron = schedule.path("cron").asText();
      int fields = cron.strip().split("\\s+").length;
      if (fields != 5) {
        throw new Refusal(400, 10100, "invalid cron string: '" + cron + "'");
      }
      String now = account.now().toString();
      schedules.addObject().put("cron", cron).put("created_on", now).put("modified_on", now);
    }
    script.schedules = schedules;
    return schedules(script);
  }
}
