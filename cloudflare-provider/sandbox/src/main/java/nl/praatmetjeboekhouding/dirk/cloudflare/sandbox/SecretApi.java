package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Secrets: changing one makes a new version, which serves at once unless only a version is asked.
 */
final class SecretApi {

  private final Account account;

  SecretApi(Account account) {
    this.account = account;
  }

  List<Operation> operations() {
    String script = "/accounts/{account}/workers/scripts/{worker}";
    return List.of(
        Operation.of("GET", script + "/secrets", WORKERS_SCRIPTS_READ, this::secrets),
        Operation.of("PUT", script + "/secrets", WORKERS_SCRIPTS_WRITE, this::put),
        Operation.of("DELETE", script + "/secrets/{secret}", WORKERS_SCRIPTS_WRITE, this::delete),
        Operation.of("PATCH", script + "/secrets-bulk", WORKERS_SCRIPTS_WRITE, this::patch),
        Operation.of(
            "PATCH",
            "/accounts/{account}/workers/workers/{worker}/versions/latest",
            WORKERS_SCRIPTS_WRITE,
            this::patchLatest));
  }

  private Result secrets(ApiRequest request) {
    return account.locked(() -> list(account.script(request.path("worker"))));
  }

  private Result put(ApiRequest request) {
    ObjectNode secret = request.object();
    return account.locked(
        () -> {
          Script script = account.script(request.path("worker"));
          serve(script, List.of(secret(secret.path("name").asText(), secret)), Set.of());
          return Result.of(WorkerJson.secret(secret));
        });
  }

  private Result delete(ApiRequest request) {
    String name = request.path("secret");
    return account.locked(
        () -> {
          Script script = account.script(request.path("worker"));
          boolean known =
              latest(script).bindings().stream()
                  .anyMatch(binding -> binding.path("name").asText().equals(name));
          if (!known) {
            throw new Refusal(404, 10056, "there is no secret " + name);
          }
          serve(script, List.of(), Set.of(name));
          return Result.nothing();
        });
  }

  private Result patch(ApiRequest request) {
    JsonNode wanted = request.object().path("secrets");
    return account.locked(
        () -> {
          Script script = account.script(request.path("worker"));
          serve(script, given(wanted), gone(wanted));
          return list(script);
        });
  }

  private Result patchLatest(ApiRequest request) {
    ObjectNode wanted = request.object();
    JsonNode secrets = wanted.path("env");
    return account.locked(
        () -> {
          Script script = account.script(request.path("worker"));
          Version version =
              change(script, given(secrets), gone(secrets), Annotations.kept(wanted, "secret"));
          return Result.of(WorkerJson.wholeVersion(version));
        });
  }

  private void serve(Script script, List<ObjectNode> set, Set<String> gone) {
    Version latest = latest(script);
    boolean deployed = script.active().map(active -> active.has(latest.id())).orElse(false);
    if (!deployed) {
      throw new Refusal(
          400, 10215, "the latest version is not deployed; deploy it or change a version only");
    }
    Version version = change(script, set, gone, Annotations.trigger("secret"));
    account.deploy(script, List.of(new Share(version.id(), 100)), Annotations.trigger("secret"));
  }

  private Version change(
      Script script, List<ObjectNode> set, Set<String> gone, Map<String, String> annotations) {
    Version latest = latest(script);
    return account.add(
        script,
        new Version(
            account.ids.uuid(),
            0,
            account.now(),
            annotations,
            Bindings.patch(latest.bindings(), set, gone),
            latest.code(),
            0));
  }

  private static Version latest(Script script) {
    return script
        .newest()
        .orElseThrow(() -> new Refusal(404, 10222, script.name + " has no version yet"));
  }

  private static Result list(Script script) {
    return Result.of(
        Json.array(
            script.newest().map(Version::bindings).orElse(List.of()).stream()
                .filter(Bindings::isSecret)
                .map(WorkerJson::secret)));
  }

  private static List<ObjectNode> given(JsonNode members) {
    List<ObjectNode> given = new ArrayList<>();
    members
        .properties()
        .forEach(
            member -> {
              if (!member.getValue().isNull()) {
                given.add(secret(member.getKey(), member.getValue()));
              }
            });
    return given;
  }

  private static Set<String> gone(JsonNode members) {
    Set<String> gone = new HashSet<>();
    members
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isNull()) {
                gone.add(member.getKey());
              }
            });
    return gone;
  }

  private static ObjectNode secret(String name, JsonNode sent) {
    if (name.isEmpty() || !sent.path("text").isTextual()) {
      throw new Refusal(400, 10052, "a secret needs a name and a text");
    }
    return Json.object()
        .put("name", name)
        .put("type", "secret_text")
        .put("text", sent.path("text").asText());
  }
}
