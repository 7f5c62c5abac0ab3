package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_ROUTES_READ;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.WORKERS_ROUTES_WRITE;
import static nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Permission.ZONE_READ;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Zones and their routes: which requests go to which Worker. */
final class RouteApi {

  private final Account account;

  RouteApi(Account account) {
    this.account = account;
  }

  List<Operation> operations() {
    String script = "/accounts/{account}/workers/scripts/{worker}/routes";
    String zone = "/zones/{zone}/workers/routes";
    return List.of(
        Operation.of("GET", "/zones", ZONE_READ, this::zones),
        Operation.of("GET", "/zones/{zone}", ZONE_READ, request -> Result.of(json(zone(request)))),
        Operation.of("GET", script, WORKERS_ROUTES_READ, this::routesOfWorker),
        Operation.of("PUT", script, WORKERS_ROUTES_WRITE, this::replace),
        Operation.of("GET", zone, WORKERS_ROUTES_READ, this::routesOfZone),
        Operation.of("POST", zone, WORKERS_ROUTES_WRITE, this::add),
        Operation.of("GET", zone + "/{route}", WORKERS_ROUTES_READ, this::one),
        Operation.of("PUT", zone + "/{route}", WORKERS_ROUTES_WRITE, this::change),
        Operation.of("DELETE", zone + "/{route}", WORKERS_ROUTES_WRITE, this::remove));
  }

  private Result zones(ApiRequest request) {
    Optional<String> name = request.query("name");
    return Result.page(
        account.zones.stream()
            .filter(zone -> name.map(zone.name()::equals).orElse(true))
            .filter(zone -> request.query("account.id").map(account.id::equals).orElse(true))
            .map(this::json)
            .toList(),
        request,
        20);
  }

  private Result routesOfWorker(ApiRequest request) {
    return account.locked(() -> list(account.script(request.path("worker"))));
  }

  private Result list(Script script) {
    return Result.of(Json.array(routes(script).map(RouteApi::json)));
  }

  private Stream<Route> routes(Script script) {
    return account.routes.stream().filter(route -> route.worker().equals(script.name));
  }

  private Result replace(ApiRequest request) {
    JsonNode wanted = request.json();
    if (!wanted.isArray()) {
      throw Refusal.unreadable("a JSON array of routes is expected");
    }
    return account.locked(
        () -> {
          Script script = account.script(request.path("worker"));
          List<Route> routes = new ArrayList<>();
          for (JsonNode route : wanted) {
            routes.add(route(script.name, route));
          }
          account.routes.removeIf(route -> route.worker().equals(script.name));
          account.routes.addAll(routes);
          return Result.of(Json.texts(routes(script).map(Route::pattern).toList()));
        });
  }

  private Route route(String worker, JsonNode wanted) {
    String pattern = wanted.path("pattern").asText();
    Optional<String> zoneName =
        Optional.of(wanted.path("zone_name").asText("")).filter(name -> !name.isEmpty());
    Optional<String> zoneId =
        Optional.of(wanted.path("zone_id").asText("")).filter(id -> !id.isEmpty());
    Zone zone =
        account
            .zoneOf(zoneId, zoneName.orElse(Route.host(pattern)))
            .orElseThrow(() -> new Refusal(403, 10000, "Authentication error"));
    return checked(new Route(account.ids.hex(), zone.id(), pattern, worker));
  }

  private Route checked(Route wanted) {
    Zone zone =
        account
            .zoneOf(Optional.of(wanted.zoneId()), "")
            .orElseThrow(() -> new Refusal(404, 7003, "there is no zone " + wanted.zoneId()));
    if (!zone.holds(Route.host(wanted.pattern()))) {
      throw new Refusal(
          400, 10022, "route " + wanted.pattern() + " is not in the zone " + zone.name());
    }
    for (Route route : account.routes) {
      boolean same = route.pattern().equals(wanted.pattern());
      if (same && !route.worker().equals(wanted.worker())) {
        throw new Refusal(
            409,
            10020,
            "A route with the pattern " + wanted.pattern() + " belongs to " + route.worker());
      }
    }
    return wanted;
  }

  private Result routesOfZone(ApiRequest request) {
    Zone zone = zone(request);
    return account.locked(
        () ->
            Result.page(
                account.routes.stream()
                    .filter(route -> route.zoneId().equals(zone.id()))
                    .map(RouteApi::json)
                    .toList(),
                request,
                1000));
  }

  private Result add(ApiRequest request) {
    Zone zone = zone(request);
    ObjectNode wanted = request.object();
    return account.locked(
        () -> {
          Script script = account.script(wanted.path("script").asText());
          Route route =
              new Route(account.ids.hex(), zone.id(), wanted.path("pattern").asText(), script.name);
          if (account.routes.stream().anyMatch(each -> each.pattern().equals(route.pattern()))) {
            throw new Refusal(409, 10020, "A route with the same pattern already exists.");
          }
          account.routes.add(checked(route));
          return Result.of(json(route));
        });
  }

  private Result change(ApiRequest request) {
    ObjectNode wanted = request.object();
    return account.locked(
        () -> {
          Route before = existing(request);
          Script script = account.script(wanted.path("script").asText());
          Route after =
              new Route(before.id(), before.zoneId(), wanted.path("pattern").asText(), script.name);
          account.routes.remove(before);
          try {
            account.routes.add(checked(after));
          } catch (Refusal refusal) {
            account.routes.add(before);
            throw refusal;
          }
          return Result.of(json(after));
        });
  }

  private Result remove(ApiRequest request) {
    return account.locked(
        () -> {
          Route route = existing(request);
          account.routes.remove(route);
          return Result.of(Json.object().put("id", route.id()));
        });
  }

  private Result one(ApiRequest request) {
    return account.locked(() -> Result.of(json(existing(request))));
  }

  private Route existing(ApiRequest request) {
    Zone zone = zone(request);
    return account.routes.stream()
        .filter(route -> route.zoneId().equals(zone.id()))
        .filter(route -> route.id().equals(request.path("route")))
        .findFirst()
        .orElseThrow(() -> new Refusal(404, 10022, "there is no route " + request.path("route")));
  }

  private Zone zone(ApiRequest request) {
    return account
        .zoneOf(Optional.of(request.path("zone")), "")
        .orElseThrow(() -> new Refusal(404, 7003, "there is no zone " + request.path("zone")));
  }

  private ObjectNode json(Zone zone) {
    ObjectNode node =
        Json.object().put("id", zone.id()).put("name", zone.name()).put("status", "active");
    node.putObject("account").put("id", account.id).put("name", account.name);
    node.put("type", "full").put("paused", false).put("development_mode", 0);
    for (String detail : List.of("owner", "meta", "plan")) {
      node.putObject(detail);
    }
    node.putArray("name_servers");
    for (String former :
        List.of("original_name_servers", "original_registrar", "original_dnshost")) {
      node.putNull(former);
    }
    String since = account.created.toString();
    return node.put("created_on", since).put("modified_on", since).put("activated_on", since);
  }

  private static ObjectNode json(Route route) {
    return Json.object()
        .put("id", route.id())
        .put("pattern", route.pattern())
        .put("script", route.worker());
  }
}
