package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.http.JsonApi;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * The Workers of one account through Cloudflare's API: one call, one effect. Takes and gives
 * Cloudflare's own JSON. Reads are repeated while the vendor is unwell; writes are sent once. Every
 * method fails with {@link ProviderException}. Safe for use by several threads.
 */
public final class Workers implements AutoCloseable {

  /** Where Cloudflare's API is. */
  public static final URI API = URI.create("https://api.cloudflare.com/client/v4");

  private static final int PAGE = 10;
  private static final String WORKER_MISSING = "10007";
  private static final String SERVICE_MISSING = "10090";
  private static final String VERSION_MISSING = "10222";

  private final JsonApi api;
  private final String account;

  private Workers(JsonApi api, String account) {
    this.api = api;
    this.account = account;
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
    requireNonNull(account, "account");
    return new Workers(
        JsonApi.to("Cloudflare", base, time).token(token).errors(new CloudflareErrors()).build(),
        account);
  }

  /** The account's id. */
  public String account() {
    return account;
  }

  /**
   * Puts a Worker, new or not, so that its code is live at once.
   *
   * @param metadata the upload's {@code metadata} part
   * @param modules ES modules, the main module first
   */
  public JsonNode upload(
      String worker, ObjectNode metadata, List<ContentFile> modules, CallContext call) {
    return result(
        ApiRequest.put("accounts", account, "workers", "scripts", worker)
            .query("excludeScript", "true")
            .query("bindings_inherit", "strict")
            .multipart(ModuleParts.of(metadata, modules)),
        call);
  }

  /**
   * Adds a version to a Worker that is there, without traffic.
   *
   * @param metadata the upload's {@code metadata} part
   * @param modules ES modules, the main module first
   */
  public JsonNode uploadVersion(
      String worker, ObjectNode metadata, List<ContentFile> modules, CallContext call) {
    return result(
        ApiRequest.post("accounts", account, "workers", "scripts", worker, "versions")
            .query("bindings_inherit", "strict")
            .multipart(ModuleParts.of(metadata, modules)),
        call);
  }

  /**
   * Sends the traffic to versions.
   *
   * @param deployment strategy, versions and annotations
   */
  public JsonNode deploy(String worker, ObjectNode deployment, CallContext call) {
    return result(script("POST", worker, "deployments").json(deployment), call);
  }

  /**
   * The last deployments, newest first, about ten; empty if there is no such Worker or it was never
   * deployed.
   */
  public List<JsonNode> deployments(String worker, CallContext call) {
    return present(script("GET", worker, "deployments"), call)
        .map(answer -> members(answer.path("result").path("deployments")))
        .orElse(List.of());
  }

  /**
   * Versions, newest first; empty if there is no such Worker.
   *
   * @param page from 1
   */
  public VersionPage versions(String worker, int page, CallContext call) {
    ApiRequest request = script("GET", worker, "versions");
    ApiRequest paged = page == 1 ? request : request.query("page", Integer.toString(page));
    return present(paged, call)
        .map(
            answer -> {
              List<JsonNode> items = members(answer.path("result").path("items"));
              long total = answer.path("result_info").path("total_count").asLong(Long.MAX_VALUE);
              int size = Math.max(PAGE, answer.path("result_info").path("per_page").asInt(PAGE));
              boolean all = total <= (long) (page - 1) * size + items.size();
              return new VersionPage(items, items.size() < PAGE || all);
            })
        .orElse(new VersionPage(List.of(), true));
  }

  /** One version, or empty if there is none. */
  public Optional<JsonNode> version(String worker, String id, CallContext call) {
    return present(
            ApiRequest.get("accounts", account, "workers", "scripts", worker, "versions", id), call)
        .map(answer -> answer.path("result"));
  }

  /** Observability, logpush and tags as they are now, or empty if there is no such Worker. */
  public Optional<JsonNode> scriptSettings(String worker, CallContext call) {
    return present(script("GET", worker, "script-settings"), call)
        .map(answer -> answer.path("result"));
  }

  /** Changes those of observability, logpush and tags that are given. */
  public JsonNode changeScriptSettings(String worker, ObjectNode settings, CallContext call) {
    return result(script("PATCH", worker, "script-settings").json(settings), call);
  }

  /** Whether workers.dev reaches it, or empty if there is no such Worker. */
  public Optional<JsonNode> subdomain(String worker, CallContext call) {
    return present(script("GET", worker, "subdomain"), call).map(answer -> answer.path("result"));
  }

  /** Says whether workers.dev reaches it. */
  public JsonNode setSubdomain(String worker, ObjectNode subdomain, CallContext call) {
    return result(
        script("POST", worker, "subdomain")
            .header("Cloudflare-Workers-Script-Api-Date", "2025-08-01")
            .json(subdomain),
        call);
  }

  /** Its crons as a list of {@code {cron}}, or empty if there is no such Worker. */
  public Optional<JsonNode> schedules(String worker, CallContext call) {
    return present(script("GET", worker, "schedules"), call)
        .map(answer -> answer.path("result").path("schedules"));
  }

  /** Makes these its crons, and no others. */
  public JsonNode setSchedules(String worker, ArrayNode crons, CallContext call) {
    return result(script("PUT", worker, "schedules").json(crons), call);
  }

  /** Makes these its routes, and no others. */
  public JsonNode setRoutes(String worker, ArrayNode routes, CallContext call) {
    return result(script("PUT", worker, "routes").json(routes), call);
  }

  /** Frees its connections. A second close does nothing. */
  @Override
  public void close() {
    api.close();
  }

  private ApiRequest script(String method, String worker, String part) {
    String[] path = {"accounts", account, "workers", "scripts", worker, part};
    return switch (method) {
      case "GET" -> ApiRequest.get(path);
      case "POST" -> ApiRequest.post(path);
      case "PUT" -> ApiRequest.put(path);
      default -> ApiRequest.patch(path);
    };
  }

  private JsonNode result(ApiRequest request, CallContext call) {
    return api.send(request, call).body().path("result");
  }

  private Optional<JsonNode> present(ApiRequest request, CallContext call) {
    try {
      return Optional.of(api.send(request, call).body());
    } catch (ProviderException e) {
      boolean missing =
          e.kind() == FailureKind.NOT_FOUND
              && e.vendorCodes().stream()
                  .anyMatch(List.of(WORKER_MISSING, SERVICE_MISSING, VERSION_MISSING)::contains);
      if (missing) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static List<JsonNode> members(JsonNode list) {
    if (!list.isArray()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE, "Cloudflare answered without the list that was asked for");
    }
    List<JsonNode> members = new ArrayList<>();
    list.forEach(members::add);
    return members;
  }
}
