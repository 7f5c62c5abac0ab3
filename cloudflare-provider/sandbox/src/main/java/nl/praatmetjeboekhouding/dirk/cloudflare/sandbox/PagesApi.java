package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.PAGES_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.PAGES_WRITE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages projects and their deployments. The stages of a deployment take as long as the edge takes
 * to follow. The edge does not serve them.
 */
final class PagesApi {

  private static final int SHOWN = 25;

  private final Account account;

  PagesApi(Account account) {
    this.account = account;
  }

  List<Operation> operations() {
    String projects = "/accounts/{account}/pages/projects";
    String project = projects + "/{project}";
    String deployment = project + "/deployments/{deployment}";
    return List.of(
        locked("GET", projects, PAGES_READ, this::projects),
        locked("POST", projects, PAGES_WRITE, this::create),
        locked("GET", project, PAGES_READ, this::project),
        locked("PATCH", project, PAGES_WRITE, this::change),
        locked("DELETE", project, PAGES_WRITE, this::delete),
        locked("GET", project + "/deployments", PAGES_READ, this::deployments),
        locked("POST", project + "/deployments", PAGES_WRITE, this::deploy),
        locked("GET", deployment, PAGES_READ, this::deployment),
        locked("POST", deployment + "/rollback", PAGES_WRITE, this::rollback));
  }

  private Operation locked(String method, String path, Permission permission, Operation.Work work) {
    return Operation.of(
        method, path, permission, request -> account.locked(() -> work.answer(request)));
  }

  private Result projects(ApiRequest request) {
    return Result.page(
        account.pages.values().stream().map(project -> PagesJson.project(project, now())).toList(),
        request,
        SHOWN);
  }

  private Result create(ApiRequest request) {
    ObjectNode wanted = request.object();
    String name = wanted.path("name").asText();
    if (!name.matches("[a-z0-9]([a-z0-9-]{0,56}[a-z0-9])?")) {
      throw new Refusal(400, 8000000, "not a name for a Pages project: " + name);
    }
    if (account.pages.containsKey(name)) {
      throw new Refusal(409, 8000002, "A project with this name already exists: " + name);
    }
    String branch = wanted.path("production_branch").asText("main");
    PagesProject project = new PagesProject(account.ids.uuid(), name, branch, account.now());
    account.pages.put(name, project);
    return Result.of(PagesJson.project(project, now()));
  }

  private Result project(ApiRequest request) {
    return Result.of(PagesJson.project(found(request), now()));
  }

  /** Of a project only its variables can be changed; null takes one away. */
  private Result change(ApiRequest request) {
    PagesProject project = found(request);
    for (Map.Entry<String, JsonNode> config :
        request.object().path("deployment_configs").properties()) {
      ObjectNode variables = project.variables(config.getKey());
      for (Map.Entry<String, JsonNode> variable : config.getValue().path("env_vars").properties()) {
        if (variable.getValue().isNull()) {
          variables.remove(variable.getKey());
        } else {
          variables.set(variable.getKey(), variable.getValue());
        }
      }
    }
    return Result.of(PagesJson.project(project, now()));
  }

  private Result delete(ApiRequest request) {
    account.pages.remove(found(request).name);
    return Result.nothing();
  }

  private Result deployments(ApiRequest request) {
    PagesProject project = found(request);
    Optional<String> environment = request.query("env");
    return Result.page(
        project
            .visible(now())
            .map(upload -> PagesJson.deployment(project, upload, now()))
            .filter(node -> environment.map(node.path("environment").asText()::equals).orElse(true))
            .toList(),
        request,
        SHOWN);
  }

  private Result deploy(ApiRequest request) {
    PagesProject project = found(request);
    Map<String, String> said = new HashMap<>();
    request.parts().stream()
        .filter(part -> part.fileName().isEmpty())
        .forEach(part -> said.put(part.name(), part.content().utf8()));
    JsonNode manifest = ApiRequest.read(Bytes.utf8(said.getOrDefault("manifest", "")));
    if (!manifest.isObject()) {
      throw new Refusal(400, 8000096, "A \"manifest\" field was expected in the request body");
    }
    for (JsonNode hash : manifest) {
      if (!account.pagesAssets.contains(hash.asText())) {
        throw new Refusal(400, 8000000, "no such file was uploaded: " + hash.asText());
      }
    }
    String branch = said.getOrDefault("branch", project.productionBranch);
    PagesUpload upload =
        new PagesUpload(
            account.ids.uuid(),
            account.now(),
            branch,
            branch.equals(project.productionBranch),
            Map.copyOf(said),
            now() + account.listLag.toNanos(),
            now() + account.propagation.toNanos());
    project.add(upload);
    return Result.of(PagesJson.deployment(project, upload, now()));
  }

  private Result deployment(ApiRequest request) {
    PagesProject project = found(request);
    String id = request.path("deployment");
    return project
        .visible(now())
        .filter(upload -> upload.id().equals(id))
        .findFirst()
        .map(upload -> Result.of(PagesJson.deployment(project, upload, now())))
        .orElseThrow(() -> noSuchDeployment(id));
  }

  private Result rollback(ApiRequest request) {
    PagesProject project = found(request);
    String id = request.path("deployment");
    PagesUpload upload = project.upload(id).orElseThrow(() -> noSuchDeployment(id));
    if (!upload.isProduction() || !upload.isDone(now())) {
      throw new Refusal(
          400, 8000000, "only a successful deployment of production can be put back: " + id);
    }
    project.putBack(upload, now() + account.listLag.toNanos());
    return Result.of(PagesJson.deployment(project, upload, now()));
  }

  private PagesProject found(ApiRequest request) {
    PagesProject project = account.pages.get(request.path("project"));
    if (project == null) {
      throw new Refusal(
          404, 8000007, "Project not found. No project is called " + request.path("project"));
    }
    return project;
  }

  private static Refusal noSuchDeployment(String id) {
    return new Refusal(404, 8000009, "there is no deployment " + id);
  }

  private long now() {
    return account.time.nanoTime();
  }
}
