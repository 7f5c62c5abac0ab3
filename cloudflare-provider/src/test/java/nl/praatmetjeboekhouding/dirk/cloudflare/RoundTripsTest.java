package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How often a call waits for Cloudflare, one answer after the other. */
@Timeout(60)
class RoundTripsTest {

  private static final String SUBDOMAIN = "GET /accounts/acc/workers/subdomain";
  private static final String SETTINGS = "GET shop/script-settings";
  private static final String VERSIONS = "GET shop/versions";
  private static final String SERVICE = "GET /accounts/acc/workers/services/shop";
  private static final String SERVING = "GET shop/deployments";
  private static final String PUT = "PUT shop?excludeScript=true&bindings_inherit=strict";
  private static final String ADD = "POST shop/versions?bindings_inherit=strict";
  private static final String REACH = "POST shop/subdomain";
  private static final String CHANGE = "PATCH shop/script-settings";

  @TempDir private Path folder;
  private final CallContext call = CallContext.of(Duration.ofSeconds(30));

  @Test
  void aFirstDeployWaitsThreeTimes() throws IOException {
    project();

    int waits =
        waits(
            List.of(
                Set.of(SUBDOMAIN, SETTINGS, VERSIONS, SERVICE, SERVING),
                Set.of(PUT),
                Set.of(REACH)),
            Map.of(
                SUBDOMAIN, "{\"subdomain\":\"us\"}",
                PUT, "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}",
                REACH, "{}"),
            wrangler -> wrangler.deploy(WorkerProject.in(folder), call));

    assertThat(waits).isEqualTo(3);
  }

  @Test
  void anUpdateWaitsFourTimes() throws IOException {
    project();

    int waits =
        waits(
            List.of(
                Set.of(SUBDOMAIN, SETTINGS, VERSIONS, SERVICE, SERVING),
                Set.of(ADD),
                Set.of("POST shop/deployments"),
                Set.of(REACH, CHANGE)),
            Map.of(
                SUBDOMAIN,
                "{\"subdomain\":\"us\"}",
                SETTINGS,
                "{\"tags\":[]}",
                VERSIONS,
                "{\"items\":[{\"id\":\"v1\"}]}",
                "GET shop/subdomain",
                "{\"enabled\":false}",
                ADD,
                "{\"id\":\"v2\"}",
                "POST shop/deployments",
                "{}",
                REACH,
                "{}",
                CHANGE,
                "{}"),
            wrangler -> wrangler.deploy(WorkerProject.in(folder), call));

    assertThat(waits).isEqualTo(4);
  }

  @Test
  void aFirstDeployWaitsOnceMoreWhereAZoneIsLookedUp() throws IOException {
    project(
        """
        , "kv_namespaces": [{"binding": "KV", "id": "0a"}], "triggers": {"crons": ["* * * * *"]},
        "routes": [{"pattern": "shop.example/*", "zone_name": "shop.example"}]""");
    String zone = "GET /zones?name=shop.example&account.id=acc";
    String routes = "GET /zones/z1/workers/routes";

    int waits =
        waits(
            List.of(
                Set.of(
                    "GET shop/subdomain",
                    "GET shop/secrets",
                    zone,
                    SETTINGS,
                    VERSIONS,
                    SERVICE,
                    SERVING),
                Set.of(routes),
                Set.of(PUT),
                Set.of(REACH, "PUT shop/routes", "PUT shop/schedules")),
            Map.of(
                zone,
                "[{\"id\":\"z1\"}]",
                routes,
                "[]",
                PUT,
                "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}",
                REACH,
                "{}",
                "PUT shop/routes",
                "[]",
                "PUT shop/schedules",
                "{}"),
            wrangler -> wrangler.deploy(WorkerProject.in(folder), call));

    assertThat(waits).isEqualTo(4);
  }

  @Test
  void aRollbackWaitsThreeTimes() throws IOException {
    String past =
        """
        {"deployments": [
          {"created_on": "2026-01-02", "versions": [{"version_id": "v2", "percentage": 100}]},
          {"created_on": "2026-01-01", "versions": [{"version_id": "v1", "percentage": 100}]}]}""";

    int waits =
        waits(
            List.of(
                Set.of("GET shop/deployments"),
                Set.of("GET shop/versions/v1"),
                Set.of("POST shop/deployments")),
            Map.of(
                "GET shop/deployments", past,
                "GET shop/versions/v1", "{\"id\":\"v1\"}",
                "POST shop/deployments", "{}"),
            wrangler -> wrangler.rollback(RollbackCommand.of("shop"), call));

    assertThat(waits).isEqualTo(3);
  }

  private int waits(List<Set<String>> rounds, Map<String, String> results, Consumer<Wrangler> does)
      throws IOException {
    Secret token = Secret.of("TOKEN", () -> "s3cret");
    try (GatedApi api = new GatedApi(rounds, results);
        Workers workers = Workers.open(api.uri(), token, "acc", ManualTime.create())) {
      does.accept(Wrangler.with(workers));
      assertThat(api.refusals()).isEmpty();
      return api.answered();
    }
  }

  private void project() throws IOException {
    project("");
  }

  private void project(String members) throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    Files.writeString(
        folder.resolve("wrangler.jsonc"),
        """
        {"name": "shop", "main": "worker.js", "compatibility_date": "2026-03-01"%s}"""
            .formatted(members));
  }
}
