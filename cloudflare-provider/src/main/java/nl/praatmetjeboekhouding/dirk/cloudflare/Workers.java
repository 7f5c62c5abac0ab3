package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * The Workers of one account through Cloudflare's API: one call, one effect. Takes and gives
 * Cloudflare's own JSON. Reads are repeated while the vendor is unwell; writes are sent once. Every
 * method fails with {@link ProviderException}, and with {@link IllegalArgumentException} if a name
 * or an id is empty. A Worker is named as Cloudflare knows it, with its environment: {@code
 * shop-staging}. Safe for use by several threads.
 */
public final class Workers implements AutoCloseable {

  /** Where Cloudflare's API is. */
  public static final URI API = URI.create("https://api.cloudflare.com/client/v4");

  private static final int PAGE = 10;

  private final CloudflareApi api;

  private Workers(CloudflareApi api) {
    this.api = api;
  }

  /**
   * The Workers of an account. Opens no connection.
   *
   * @param base {@link #API}, or a local stand-in
   * @param token an API token with the permission Workers Scripts Write
   * @param account the account's id
   * @param time where stamps and waits come from
   */
  public static Workers open(URI base, Secret token, String account, TimeSource time) {
    return open(base, Credentials.token(token), account, time);
  }

  /**
   * The Workers of an account. Opens no connection.
   *
   * @param base {@link #API}, or a local stand-in
   * @param credentials may use Workers
   * @param account the account's id; {@link Accounts#only} finds the only one
   * @param time where stamps and waits come from
   */
  public static Workers open(URI base, Credentials credentials, String account, TimeSource time) {
    return new Workers(CloudflareApi.of(base, credentials, account, time));
  }

  /** The account's id. */
  public String account() {
    return api.account();
  }

  Together together(CallContext call) {
    return api.together(call);
  }

  CloudflareApi api() {
    return api;
  }

  TimeSource time() {
    return api.time();
  }

  /** The zones of the same account, over the same connections; closed with this. */
  public Zones zones() {
    return new Zones(api);
  }

  /** The secrets of the same Workers, over the same connections; closed with this. */
  public WorkerSecrets secrets() {
    return new WorkerSecrets(api);
  }

  /** The secrets of the same Workers' versions, over the same connections; closed with this. */
  public VersionSecrets versionSecrets() {
    return new VersionSecrets(api);
  }

  /** The dispatch namespaces of the account, over the same connections; closed with this. */
  public DispatchNamespaces dispatchNamespaces() {
    return new DispatchNamespaces(api);
  }

  WorkerDomains domains() {
    return new WorkerDomains(api);
  }

  Queues queues() {
    return new Queues(api);
  }

  Workflows workflows() {
    return new Workflows(api);
  }

  Resources resources() {
    return new Resources(api);
  }

  /**
   * Puts a Worker, new or not, so that its code is live at once.
   *
   * @param metadata the upload's {@code metadata} part
   * @param modules the modules, the main one first
   */
  public JsonNode upload(
      String worker, ObjectNode metadata, List<WorkerModule> modules, CallContext call) {
    return upload(worker, metadata, GivenSecrets.none(), modules, call);
  }

  JsonNode upload(
      String worker,
      ObjectNode metadata,
      GivenSecrets secrets,
      List<WorkerModule> modules,
      CallContext call) {
    return api.result(
        ModuleParts.uploaded(
            ApiRequest.put(api.script(worker)).query("excludeScript", "true"),
            metadata,
            secrets,
            modules),
        call);
  }

  /**
   * Adds a version to a Worker that is there, without traffic.
   *
   * @param metadata the upload's {@code metadata} part
   * @param modules the modules, the main one first
   */
  public JsonNode uploadVersion(
      String worker, ObjectNode metadata, List<WorkerModule> modules, CallContext call) {
    return uploadVersion(worker, metadata, GivenSecrets.none(), modules, call);
  }

  JsonNode uploadVersion(
      String worker,
      ObjectNode metadata,
      GivenSecrets secrets,
      List<WorkerModule> modules,
      CallContext call) {
    return api.result(
        ModuleParts.uploaded(
            ApiRequest.post(api.script(worker, "versions")), metadata, secrets, modules),
        call);
  }

  /**
   * Sends the traffic to versions.
   *
   * @param deployment strategy, versions and annotations
   */
  public JsonNode deploy(String worker, ObjectNode deployment, CallContext call) {
    return api.result(ApiRequest.post(api.script(worker, "deployments")).json(deployment), call);
  }

  /**
   * Sends the traffic to versions although a secret was changed since they were uploaded, which
   * {@link #deploy} is refused: the secrets stay as they are now.
   *
   * @param deployment strategy, versions and annotations
   */
  public JsonNode deployWithChangedSecrets(String worker, ObjectNode deployment, CallContext call) {
    return api.result(
        ApiRequest.post(api.script(worker, "deployments")).query("force", "true").json(deployment),
        call);
  }

  /**
   * The last deployments, newest first, about ten; empty if there is no such Worker or it was never
   * deployed.
   */
  public List<JsonNode> deployments(String worker, CallContext call) {
    return api.present(ApiRequest.get(api.script(worker, "deployments")), call)
        .map(answer -> CloudflareApi.members(answer.path("result").path("deployments")))
        .orElse(List.of());
  }

  /**
   * Versions, newest first; empty if there is no such Worker.
   *
   * @param page from 1
   * @throws IllegalArgumentException if {@code page} is less
   */
  public VersionPage versions(String worker, int page, CallContext call) {
    if (page < 1) {
      throw new IllegalArgumentException("page must be at least 1: " + page);
    }
    ApiRequest request = ApiRequest.get(api.script(worker, "versions"));
    ApiRequest paged = page == 1 ? request : request.query("page", Integer.toString(page));
    return api.present(paged, call)
        .map(
            answer -> {
              List<JsonNode> items = CloudflareApi.members(answer.path("result").path("items"));
              long total = answer.path("result_info").path("total_count").asLong(Long.MAX_VALUE);
              int size = Math.max(PAGE, answer.path("result_info").path("per_page").asInt(PAGE));
              boolean all = total <= (long) (page - 1) * size + items.size();
              return new VersionPage(items, items.size() < PAGE || all);
            })
        .orElse(new VersionPage(List.of(), true));
  }

  /** The newest versions that can be deployed, newest first; empty if there is no such Worker. */
  public List<JsonNode> deployableVersions(String worker, CallContext call) {
    return api.present(
            ApiRequest.get(api.script(worker, "versions")).query("deployable", "true"), call)
        .map(answer -> CloudflareApi.members(answer.path("result").path("items")))
        .orElse(List.of());
  }

  /** One version, or empty if there is none. */
  public Optional<JsonNode> version(String worker, String id, CallContext call) {
    return api.present(ApiRequest.get(api.script(worker, "versions", id)), call)
        .map(answer -> answer.path("result"));
  }

  /**
   * One version with its main module and placement, which {@link #version} does not tell; or empty
   * if there is none.
   *
   * @param id the version's id, or {@code latest} for the newest one
   */
  public Optional<JsonNode> versionDetails(String worker, String id, CallContext call) {
    return api.present(
            ApiRequest.get("accounts", api.account(), "workers", "workers", worker, "versions", id),
            call)
        .map(answer -> answer.path("result"));
  }

  /** Observability, logpush and tags as they are now, or empty if there is no such Worker. */
  public Optional<JsonNode> scriptSettings(String worker, CallContext call) {
    return api.present(ApiRequest.get(api.script(worker, "script-settings")), call)
        .map(answer -> answer.path("result"));
  }

  /** Changes those of observability, logpush and tags that are given. */
  public JsonNode changeScriptSettings(String worker, ObjectNode settings, CallContext call) {
    return api.result(ApiRequest.patch(api.script(worker, "script-settings")).json(settings), call);
  }

  /**
   * The tag of the last Durable Object migration of a Worker, or empty if it has none or there is
   * no such Worker. Cloudflare documents no such read of one Worker; wrangler asks the same.
   */
  public Optional<String> migrationTag(String worker, CallContext call) {
    return service(worker, call)
        .map(service -> script(service).path("migration_tag").asText(""))
        .filter(tag -> !tag.isEmpty());
  }

  /** What serves as a Worker, who deployed it last and which Worker it is, or empty. */
  Optional<JsonNode> service(String worker, CallContext call) {
    return api.present(
            ApiRequest.get("accounts", api.account(), "workers", "services", worker), call)
        .map(answer -> answer.path("result"));
  }

  /** What a service tells of its script. */
  static JsonNode script(JsonNode service) {
    return service.at("/default_environment/script");
  }

  static JsonNode nothing() {
    return MissingNode.getInstance();
  }

  /** The account's name under workers.dev, or empty if it has none yet. */
  public Optional<String> accountSubdomain(CallContext call) {
    return api.present(ApiRequest.get("accounts", api.account(), "workers", "subdomain"), call)
        .map(answer -> answer.path("result").path("subdomain").asText(""))
        .filter(name -> !name.isBlank());
  }

  /** Whether workers.dev reaches it, or empty if there is no such Worker. */
  public Optional<JsonNode> subdomain(String worker, CallContext call) {
    return api.present(ApiRequest.get(api.script(worker, "subdomain")), call)
        .map(answer -> answer.path("result"));
  }

  /** Says whether workers.dev reaches it. */
  public JsonNode setSubdomain(String worker, ObjectNode subdomain, CallContext call) {
    return api.result(
        ApiRequest.post(api.script(worker, "subdomain"))
            .header("Cloudflare-Workers-Script-Api-Date", "2025-08-01")
            .json(subdomain),
        call);
  }

  /** Its crons as a list of {@code {cron}}, or empty if there is no such Worker. */
  public Optional<JsonNode> schedules(String worker, CallContext call) {
    return api.present(ApiRequest.get(api.script(worker, "schedules")), call)
        .map(answer -> answer.path("result").path("schedules"));
  }

  /** Makes these its crons, and no others. */
  public JsonNode setSchedules(String worker, ArrayNode crons, CallContext call) {
    return api.result(ApiRequest.put(api.script(worker, "schedules")).json(crons), call);
  }

  /**
   * The routes that lead to it as {@code {id, pattern}}, in whatever zone; empty if Cloudflare's
   * list of Workers does not tell.
   */
  public Optional<List<JsonNode>> routes(String worker, CallContext call) {
    JsonNode listed =
        api.result(ApiRequest.get("accounts", api.account(), "workers", "scripts"), call);
    return CloudflareApi.members(listed).stream()
        .filter(script -> script.path("id").asText().equals(worker))
        .map(script -> script.path("routes"))
        .filter(JsonNode::isArray)
        .map(CloudflareApi::members)
        .findFirst();
  }

  /**
   * The routes that lead to it, where the list of Workers does not tell; wrangler asks the same.
   */
  List<JsonNode> serviceRoutes(String worker, String environment, CallContext call) {
    ApiRequest request =
        ApiRequest.get(
                "accounts",
                api.account(),
                "workers",
                "services",
                worker,
                "environments",
                environment,
                "routes")
            .query("show_zonename", "true");
    return api.present(request, call)
        .map(answer -> CloudflareApi.members(answer.path("result")))
        .orElse(List.of());
  }

  /** Makes these its routes, and no others. */
  public JsonNode setRoutes(String worker, ArrayNode routes, CallContext call) {
    return api.result(ApiRequest.put(api.script(worker, "routes")).json(routes), call);
  }

  /**
   * Deletes a Worker with its versions, secrets, crons, routes and Durable Objects, whatever they
   * hold.
   *
   * @param force whether also if others use it, which break then
   */
  public void delete(String worker, boolean force, CallContext call) {
    JsonNode unused =
        api.result(
            ApiRequest.delete("accounts", api.account(), "workers", "services", worker)
                .query("force", Boolean.toString(force)),
            call);
  }

  /** Who is bound to a Worker, to its Durable Objects, and dispatches through it. */
  JsonNode references(String worker, CallContext call) {
    return api.result(ApiRequest.get(api.script(worker, "references")), call);
  }

  /** Whose logs a Worker gets. */
  JsonNode producers(String worker, CallContext call) {
    return api.result(
        ApiRequest.get("accounts", api.account(), "workers", "tails", "by-consumer", worker), call);
  }

  /** Ends what is under way and frees connections and threads. A second close does nothing. */
  @Override
  public void close() {
    api.close();
  }
}
