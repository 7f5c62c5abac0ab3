package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_SCRIPTS_WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Versions and deployments: what was uploaded and what serves. */
final class VersionApi {

  private static final int SHOWN = 10;

  private final Account account;
  private final Engine engine;
  private final long uploadLimit;

  VersionApi(Account account, Engine engine, long uploadLimit) {
    this.account = account;
    this.engine = engine;
    this.uploadLimit = uploadLimit;
  }

  List<Operation> operations() {
    String script = "/accounts/{account}/workers/scripts/{worker}";
    return List.of(
        Operation.of("PUT", script, WORKERS_SCRIPTS_WRITE, this::putScript),
        Operation.of("POST", script + "/versions", WORKERS_SCRIPTS_WRITE, this::upload),
        Operation.of("GET", script + "/versions", WORKERS_SCRIPTS_READ, this::versions),
        Operation.of("GET", script + "/versions/{version}", WORKERS_SCRIPTS_READ, this::version),
        Operation.of(
            "GET",
            "/accounts/{account}/workers/workers/{worker}/versions/{version}",
            WORKERS_SCRIPTS_READ,
            this::wholeVersion),
        Operation.of("POST", script + "/deployments", WORKERS_SCRIPTS_WRITE, this::deploy),
        Operation.of("GET", script + "/deployments", WORKERS_SCRIPTS_READ, this::deployments),
        Operation.of(
            "GET", script + "/deployments/{deployment}", WORKERS_SCRIPTS_READ, this::deployment));
  }

  private Result putScript(ApiRequest request) {
    String name = workerName(request);
    Upload upload = Upload.of(request, uploadLimit, account.time.instant());
    Version draft = account.locked(() -> draft(request, upload, "upload"));
    engine.check(name, draft);
    return account.locked(
        () -> {
          Script script = account.scriptOrNew(name);
          Version version = account.add(script, draft);
          ScriptApi.adopt(script, upload.metadata());
          account.deploy(
              script, List.of(new Share(version.id(), 100)), Annotations.trigger("upload"));
          return Result.of(
              WorkerJson.script(script)
                  .put("deployment_id", version.id().replace("-", ""))
                  .put("startup_time_ms", 1)
                  .put("has_preview", true));
        });
  }

  private Result upload(ApiRequest request) {
    Upload upload = Upload.of(request, uploadLimit, account.time.instant());
    Version draft =
        account.locked(
            () -> {
              account.script(request.path("worker"));
              refuseMigrations(upload);
              return draft(request, upload, "version_upload");
            });
    engine.check(request.path("worker"), draft);
    return account.locked(
        () ->
            Result.of(
                WorkerJson.version(account.add(account.script(request.path("worker")), draft))));
  }

  /** A migration takes effect at once, so that it cannot wait in a version. */
  private static void refuseMigrations(Upload upload) {
    if (upload.metadata().hasNonNull("migrations")) {
      throw new Refusal(
          400, 10211, "a version cannot carry a Durable Object migration; deploy it with a PUT");
    }
  }

  private Version draft(ApiRequest request, Upload upload, String trigger) {
    Optional<Version> previous =
        Optional.ofNullable(account.scripts.get(request.path("worker"))).flatMap(Script::newest);
    boolean strict = request.query("bindings_inherit").orElse("").equals("strict");
    List<ObjectNode> bindings =
        Bindings.resolve(
            upload.metadata(), previous.map(Version::bindings).orElse(List.of()), strict);
    return new Version(
        account.ids.uuid(),
        0,
        account.now(),
        Annotations.kept(upload.metadata(), trigger),
        bindings,
        upload
            .code()
            .serving(account.assets.assets(request.path("worker"), upload.metadata()))
            .migratedTo(
                previous.flatMap(
                    version ->
                        Optional.of(version.code().runtime().path(Code.MIGRATION_TAG).asText())
                            .filter(tag -> !tag.isEmpty()))),
        0);
  }

  private Result versions(ApiRequest request) {
    return account.locked(
        () -> {
          Script script = account.script(request.path("worker"));
          List<ObjectNode> items =
              script.visibleVersions(account.time.nanoTime()).map(WorkerJson::versionItem).toList();
          Result page = Result.page(items, request, SHOWN);
          ObjectNode value = Json.object();
          value.set("items", page.value());
          return new Result(value, page.info());
        });
  }

  private Result version(ApiRequest request) {
    String id = request.path("version");
    return account.locked(
        () ->
            account
                .script(request.path("worker"))
                .visibleVersions(account.time.nanoTime())
                .filter(version -> version.id().equals(id))
                .findFirst()
                .map(version -> Result.of(WorkerJson.version(version)))
                .orElseThrow(() -> Refusal.noSuchVersion(id)));
  }

  /** By id, by the beginning of one, or the newest one. */
  private Result wholeVersion(ApiRequest request) {
    String id = request.path("version");
    return account.locked(
        () ->
            account
                .script(request.path("worker"))
                .visibleVersions(account.time.nanoTime())
                .filter(
                    version ->
                        id.equals("latest") || (id.length() >= 8 && version.id().startsWith(id)))
                .findFirst()
                .map(version -> Result.of(WorkerJson.wholeVersion(version)))
                .orElseThrow(() -> Refusal.noSuchVersion(id)));
  }

  private Result deployments(ApiRequest request) {
    return account.locked(
        () -> {
          ObjectNode value = Json.object();
          value.set(
              "deployments",
              Json.array(
                  account
                      .script(request.path("worker"))
                      .visibleRollouts(account.time.nanoTime())
                      .limit(SHOWN)
                      .map(WorkerJson::deployment)));
          return Result.of(value);
        });
  }

  private Result deployment(ApiRequest request) {
    String id = request.path("deployment");
    return account.locked(
        () ->
            account
                .script(request.path("worker"))
                .visibleRollouts(account.time.nanoTime())
                .filter(rollout -> rollout.id().equals(id))
                .findFirst()
                .map(rollout -> Result.of(WorkerJson.deployment(rollout)))
                .orElseThrow(() -> new Refusal(404, 10007, "there is no deployment " + id)));
  }

  private Result deploy(ApiRequest request) {
    ObjectNode wanted = request.object();
    if (!wanted.path("strategy").asText().equals("percentage")) {
      throw Refusal.invalid("strategy must be 'percentage'");
    }
    List<Share> shares = new ArrayList<>();
    for (JsonNode version : wanted.path("versions")) {
      if (!version.path("percentage").isNumber()) {
        throw Refusal.invalid("each version needs a percentage");
      }
      shares.add(
          new Share(version.path("version_id").asText(), version.path("percentage").asDouble()));
    }
    boolean force = request.query("force").orElse("").equals("true");
    return account.locked(
        () -> {
          Script script = account.script(request.path("worker"));
          if (!force) {
            refuseOldSecrets(script, shares);
          }
          return Result.of(
              WorkerJson.deployment(
                  account.deploy(script, shares, Annotations.kept(wanted, "deployment"))));
        });
  }

  /** Going back to a version from before a secret changed would bring the old secret back. */
  private void refuseOldSecrets(Script script, List<Share> shares) {
    Optional<Version> live =
        script.active().flatMap(active -> script.version(active.shares().get(0).versionId()));
    for (Share share : shares) {
      Optional<Version> target = script.version(share.versionId());
      if (live.isPresent() && target.isPresent() && target.get().number() < live.get().number()) {
        List<String> changed = account.changedSecrets(live.get(), target.get());
        if (!changed.isEmpty()) {
          throw new Refusal(
              400,
              10220,
              "secrets have changed since version "
                  + share.versionId()
                  + ": "
                  + String.join(", ", changed));
        }
      }
    }
  }

  private static String workerName(ApiRequest request) {
    String name = request.path("worker");
    if (!name.matches("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")) {
      throw new Refusal(400, 10016, "not a name for a Worker: " + name);
    }
    return name;
  }
}
