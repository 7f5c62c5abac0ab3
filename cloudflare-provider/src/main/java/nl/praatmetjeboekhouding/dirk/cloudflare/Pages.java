package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.PagesFile;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.http.Part;
import nl.praatmetjeboekhouding.dirk.http.SecretValues;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * The Pages projects of one account through Cloudflare's API: one call, one effect. Takes and gives
 * Cloudflare's own JSON. Reads are repeated while the vendor is unwell, and so is the upload of
 * contents, which are known by their hash; other writes are sent once. Every method fails with
 * {@link ProviderException}, and with {@link IllegalArgumentException} if a name or an id is empty.
 * Safe for use by several threads.
 */
public final class Pages implements AutoCloseable {

  /** How many deployments or projects are asked for at once. */
  static final int PAGE = 10;

  private final CloudflareApi api;

  private Pages(CloudflareApi api) {
    this.api = api;
  }

  /**
   * The Pages projects of an account. Opens no connection.
   *
   * @param base {@link Workers#API}, or a local stand-in
   * @param token an API token with the permission Pages Write
   * @param account the account's id
   * @param time where stamps and waits come from
   */
  public static Pages open(URI base, Secret token, String account, TimeSource time) {
    return open(base, Credentials.token(token), account, time);
  }

  /**
   * The Pages projects of an account. Opens no connection.
   *
   * @param base {@link Workers#API}, or a local stand-in
   * @param credentials may use Pages
   * @param account the account's id; {@link Accounts#only} finds the only one
   * @param time where stamps and waits come from
   */
  public static Pages open(URI base, Credentials credentials, String account, TimeSource time) {
    return new Pages(CloudflareApi.of(base, credentials, account, time));
  }

  /**
   * All projects.
   *
   * @param call whose time is shared by all pages
   */
  public List<JsonNode> projects(CallContext call) {
    return all(path(), call);
  }

  /** One project; fails with {@code NOT_FOUND} if there is none. */
  public JsonNode project(String name, CallContext call) {
    return api.result(ApiRequest.get(path(name)), call);
  }

  /**
   * Makes a project.
   *
   * @param project its {@code name}, {@code production_branch} and {@code deployment_configs}
   */
  public JsonNode createProject(ObjectNode project, CallContext call) {
    return api.result(ApiRequest.post(path()).json(project), call);
  }

  /** The secrets of the same projects, over the same connections; closed with this. */
  public PagesSecrets secrets() {
    return new PagesSecrets(this);
  }

  JsonNode changeProject(String name, Function<SecretValues, JsonNode> change, CallContext call) {
    return api.result(ApiRequest.patch(path(name)).json(change), call);
  }

  /** Deletes a project with all of its deployments. */
  public void deleteProject(String name, CallContext call) {
    JsonNode unused = api.result(ApiRequest.delete(path(name)), call);
  }

  /**
   * All deployments of a project, newest first.
   *
   * @param call whose time is shared by all pages
   */
  public List<JsonNode> deployments(String project, CallContext call) {
    return all(path(project, "deployments"), call);
  }

  /**
   * One page of the deployments of {@code production} or {@code preview}, newest first; it is the
   * last one if it has fewer than {@link #PAGE}.
   */
  List<JsonNode> deployments(String project, String environment, int page, CallContext call) {
    return CloudflareApi.members(
        api.result(
            ApiRequest.get(path(project, "deployments"))
                .query("env", environment)
                .query("page", Integer.toString(page))
                .query("per_page", Integer.toString(PAGE)),
            call));
  }

  String account() {
    return api.account();
  }

  TimeSource time() {
    return api.time();
  }

  /** One deployment with its stages as they are now. */
  public JsonNode deployment(String project, String id, CallContext call) {
    return api.result(ApiRequest.get(path(project, "deployments", id)), call);
  }

  /**
   * Waits until a deployment is live: looks at it at once, then after one second, two, four and so
   * on, at most sixteen seconds apart, for as long as the call may take.
   *
   * @return the deployment as it is then
   * @throws ProviderException with {@code INVALID} if one of its stages failed or was cancelled,
   *     and the last line of its log; with {@code TIMEOUT} if the time is over first: it goes on at
   *     Cloudflare then, and this may be called again
   */
  public JsonNode awaitLive(String project, String id, CallContext call) {
    return new PagesStages(this, project, id, call).await();
  }

  JsonNode log(String project, String id, CallContext call) {
    return api.result(ApiRequest.get(path(project, "deployments", id, "history", "logs")), call);
  }

  /** Makes an earlier production deployment the one that is live. */
  public JsonNode rollback(String project, String deployment, CallContext call) {
    return api.result(ApiRequest.post(path(project, "deployments", deployment, "rollback")), call);
  }

  /**
   * Uploads the files that Pages does not have yet and deploys the folder. Does not wait for the
   * deployment's stages; {@link #awaitLive} does. The project is looked for first: where there is
   * none, nothing is sent, and that is {@code NOT_FOUND}.
   *
   * @param call whose time is shared by all that is sent
   * @throws ConfigurationException if the folder cannot be taken, before anything is sent
   */
  public PagesDeployment deploy(PagesUpload upload, CallContext call) {
    PagesCode code = PagesCode.of(upload);
    code.requireBuilt();
    Optional<PagesFile> said = upload.file().map(PagesFile::at);
    said.ifPresent(file -> refuseAnotherFile(upload, file));
    List<Part> worker = code.worker();
    Remaining remaining = new Remaining(call, api.time());
    JsonNode unused = project(upload.project(), remaining.call());
    PagesToken token =
        new PagesToken(upload.project(), () -> uploadToken(upload.project(), remaining.call()));
    List<Asset> assets = PagesForm.assets(upload.folder(), token.files());
    Optional<String> warning = new PagesStore(api, token, remaining).bring(assets, upload.whole());
    JsonNode deployed =
        api.result(
            ApiRequest.post(path(upload.project(), "deployments"))
                .multipart(PagesForm.parts(upload, said, code.routing(), worker, assets)),
            remaining.call());
    List<String> warnings = new ArrayList<>();
    said.ifPresent(file -> warnings.addAll(file.warnings()));
    warning.ifPresent(warnings::add);
    return new PagesDeployment(deployed, warnings);
  }

  /** What Cloudflare is told the hash of is what said the project and the folder. */
  private static void refuseAnotherFile(PagesUpload upload, PagesFile file) {
    if (upload.fileHash().isPresent() && !upload.fileHash().get().equals(file.hash())) {
      throw new ConfigurationException(
          file.path().toString(),
          "changed since it said that "
              + upload.folder()
              + " goes to "
              + upload.project()
              + "; nothing was sent, read it again");
    }
  }

  private String uploadToken(String project, CallContext call) {
    String token =
        api.result(ApiRequest.get(path(project, "upload-token")), call).path("jwt").asText("");
    if (token.isBlank()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Pages gave no token to upload the files of " + project + " with; try again");
    }
    return token;
  }

  private List<JsonNode> all(String[] path, CallContext call) {
    Remaining remaining = new Remaining(call, api.time());
    List<JsonNode> all = new ArrayList<>();
    for (int page = 1; ; page++) {
      List<JsonNode> some =
          CloudflareApi.members(
              api.result(
                  ApiRequest.get(path)
                      .query("page", Integer.toString(page))
                      .query("per_page", Integer.toString(PAGE)),
                  remaining.call()));
      all.addAll(some);
      if (some.size() < PAGE) {
        return List.copyOf(all);
      }
    }
  }

  private String[] path(String... below) {
    List<String> path = new ArrayList<>(List.of("accounts", api.account(), "pages", "projects"));
    path.addAll(List.of(below));
    return path.toArray(String[]::new);
  }

  /** Ends what is under way and frees connections and threads. A second close does nothing. */
  @Override
  public void close() {
    api.close();
  }
}
