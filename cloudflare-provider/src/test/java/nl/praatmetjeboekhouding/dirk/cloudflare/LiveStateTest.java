package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LiveStateTest {

  private static final Target PRODUCTION = new Target("shop", Environment.PRODUCTION);
  private static final StepKey KEY = new StepKey("run-7", "set");
  private static final String ZONE = "GET /zones?name=shop.example&account.id=acc";
  private static final String ZONE_ROUTES = "GET /zones/z1/workers/routes";

  @TempDir private Path folder;
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private CloudflareDeployer deployer;
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void openAProjectAsItIsLive() throws IOException {
    Files.writeString(folder.resolve("worker.mjs"), "export default {}");
    Files.writeString(
        folder.resolve("wrangler.json"),
        """
        {"name": "shop", "main": "worker.mjs", "compatibility_date": "2026-03-01",
         "routes": ["shop.example/*"], "triggers": {"crons": ["0 * * * *"]}}
        """);
    deployer =
        new CloudflareDeployer(
            api.workers(TimeSource.system()),
            new Projects(folder, Map.of(), Overrides.none()),
            Duration.ofSeconds(30));
    api.gives("GET shop/deployments", "{\"deployments\":[]}")
        .gives("GET shop/script-settings", "{\"logpush\":false,\"tags\":[\"t\"]}")
        .gives("GET shop/subdomain", "{\"enabled\":false,\"previews_enabled\":false}")
        .gives("GET shop/schedules", "{\"schedules\":[{\"cron\":\"0 * * * *\"}]}");
  }

  @Test
  void changesNothingWhenEverythingIsAsConfigured() {
    listsWorkers("[{\"id\":\"r1\",\"pattern\":\"shop.example/*\"}]");

    assertThat(changes()).isEmpty();
  }

  @Test
  void changesSubdomainAndCronsThatDiffer() {
    listsWorkers("[{\"id\":\"r1\",\"pattern\":\"shop.example/*\"}]");
    api.instead("GET shop/subdomain", "{\"enabled\":true,\"previews_enabled\":true}")
        .instead("GET shop/schedules", "{\"schedules\":[{\"cron\":\"30 2 * * *\"}]}")
        .gives("POST shop/subdomain", "{}")
        .gives("PUT shop/schedules", "{}");

    set(changes());

    assertThat(writes())
        .containsExactly(
            "POST shop/subdomain {\"enabled\":false}",
            "PUT shop/schedules [{\"cron\":\"0 * * * *\"}]");
    assertThat(api.writes().get(0).headers().get("Cloudflare-workers-script-api-date"))
        .containsExactly("2025-08-01");
  }

  @Test
  void changesRoutesThatDifferInWhateverZone() {
    listsWorkers(
        "[{\"id\":\"r1\",\"pattern\":\"shop.example/*\"},"
            + "{\"id\":\"r2\",\"pattern\":\"old.example/*\"}]");
    api.gives("PUT shop/routes", "[]");

    set(changes());

    assertThat(writes()).containsExactly("PUT shop/routes [{\"pattern\":\"shop.example/*\"}]");
  }

  @Test
  void readsRoutesFromTheirZonesWhereTheListOfWorkersDoesNotTellThem() {
    listsWorkers("null");
    api.gives(ZONE, "[{\"id\":\"z1\"}]")
        .gives(ZONE_ROUTES, "[{\"id\":\"r1\",\"pattern\":\"shop.example/*\",\"script\":\"shop\"}]");

    assertThat(changes()).isEmpty();
  }

  @Test
  void changesARouteThatLeadsToAnotherWorkerSinceItWasPrepared() {
    listsWorkers("null");
    api.gives(ZONE, "[{\"id\":\"z1\"}]")
        .gives(ZONE_ROUTES, "[]")
        .gives(ZONE_ROUTES, "[{\"id\":\"r1\",\"pattern\":\"shop.example/*\",\"script\":\"x\"}]");

    assertThat(changes()).extracting(LiveSetting::name).containsExactly("routes");
  }

  @Test
  void changesRoutesThatTheTokenMayNotRead() {
    listsWorkers("null");
    api.refuses(ZONE, 403, 10000, "Authentication error");

    assertThat(changes()).extracting(LiveSetting::name).containsExactly("routes");
  }

  @Test
  void putsASnapshotBackAsItWas() {
    listsWorkers(
        "[{\"id\":\"r2\",\"pattern\":\"shop.example/*\"},"
            + "{\"id\":\"r1\",\"pattern\":\"old.example/*\"}]");
    api.instead(
            "GET shop/script-settings",
            "{\"logpush\":true,\"observability\":{\"enabled\":true},\"tags\":[\"t\"]}")
        .gives("PATCH shop/script-settings", "{}")
        .gives("POST shop/subdomain", "{}")
        .gives("PUT shop/routes", "[]")
        .gives("PUT shop/schedules", "{}");

    set(deployer.snapshot(PRODUCTION, call));

    assertThat(writes())
        .containsExactly(
            "PATCH shop/script-settings {\"logpush\":true,\"observability\":{\"enabled\":true},"
                + "\"tags\":[\"t\"],\"tail_consumers\":[]}",
            "POST shop/subdomain {\"enabled\":false,\"previews_enabled\":false}",
            "PUT shop/routes [{\"pattern\":\"old.example/*\"},{\"pattern\":\"shop.example/*\"}]",
            "PUT shop/schedules [{\"cron\":\"0 * * * *\"}]");
  }

  @Test
  void takesTheSameSnapshotTwiceInWhateverOrderCloudflareLists() {
    String one = "{\"id\":\"r1\",\"pattern\":\"a.example/*\"}";
    String other = "{\"id\":\"r2\",\"pattern\":\"b.example/*\"}";
    listsWorkers("[" + one + "," + other + "]");
    listsWorkers("[" + other + "," + one + "]");

    List<LiveSetting> first = deployer.snapshot(PRODUCTION, call);

    assertThat(deployer.snapshot(PRODUCTION, call)).isEqualTo(first);
  }

  @Test
  void leavesRoutesOutOfASnapshotThatTheTokenMayNotRead() {
    listsWorkers("null");
    api.refuses(ZONE, 403, 10000, "Authentication error");

    assertThat(deployer.snapshot(PRODUCTION, call))
        .extracting(LiveSetting::name)
        .containsExactly("script-settings", "subdomain", "schedules");
  }

  @Test
  void takesASnapshotWithoutABuild() throws IOException {
    Files.delete(folder.resolve("worker.mjs"));
    listsWorkers("[]");

    assertThat(deployer.snapshot(PRODUCTION, call)).hasSize(4);
  }

  @Test
  void hasNoSnapshotOfAWorkerThatIsNotThere() {
    api.instead404("GET shop/script-settings", 10007);

    assertThat(deployer.snapshot(PRODUCTION, call)).isEmpty();
  }

  @Test
  void setsRoutesZoneByZoneWithATokenThatMayNotReplaceThemAtOnce() {
    listsWorkers("[{\"id\":\"r1\",\"pattern\":\"shop.example/old\"}]");
    api.refuses("PUT shop/routes", 403, 10000, "Authentication error")
        .gives(ZONE, "[{\"id\":\"z1\"}]")
        .gives(
            ZONE_ROUTES,
            "[{\"id\":\"r1\",\"pattern\":\"shop.example/old\",\"script\":\"shop\"},"
                + "{\"id\":\"r2\",\"pattern\":\"shop.example/blog\",\"script\":\"blog\"}]")
        .gives("POST /zones/z1/workers/routes", "{}")
        .gives("DELETE /zones/z1/workers/routes/r1", "{}");
    LiveSetting routes =
        new LiveSetting("routes", "[{\"pattern\":\"shop.example/*\"}]", "the routes");

    set(List.of(routes));

    assertThat(writes())
        .containsExactly(
            "PUT shop/routes [{\"pattern\":\"shop.example/*\"}]",
            "POST /zones/z1/workers/routes {\"pattern\":\"shop.example/*\",\"script\":\"shop\"}",
            "DELETE /zones/z1/workers/routes/r1 ");
  }

  @Test
  void takesTheLastRouteAwayWithATokenThatMayNotReplaceThemAtOnce() {
    listsWorkers("[{\"id\":\"r1\",\"pattern\":\"shop.example/new\"}]");
    api.refuses("PUT shop/routes", 403, 10000, "Authentication error")
        .gives(ZONE, "[{\"id\":\"z1\"}]")
        .gives(
            ZONE_ROUTES,
            "[{\"id\":\"r1\",\"pattern\":\"shop.example/new\",\"script\":\"shop\"},"
                + "{\"id\":\"r2\",\"pattern\":\"shop.example/blog\",\"script\":\"blog\"}]")
        .gives("DELETE /zones/z1/workers/routes/r1", "{}");

    set(List.of(new LiveSetting("routes", "[]", "no routes")));

    assertThat(writes())
        .containsExactly("PUT shop/routes []", "DELETE /zones/z1/workers/routes/r1 ");
  }

  @Test
  void refusesASettingThatIsNotItsOwn() {
    LiveSetting foreign = new LiveSetting("replicas", "3", "three replicas");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class, () -> deployer.set(PRODUCTION, foreign, KEY, call));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_SENT);
    assertThat(refused).hasMessageContaining("replicas");
    assertThat(api.lines()).isEmpty();
  }

  private List<LiveSetting> changes() {
    return deployer.changes(deployer.prepare(new PrepareRequest(PRODUCTION), call), call);
  }

  private void set(List<LiveSetting> settings) {
    settings.forEach(setting -> deployer.set(PRODUCTION, setting, KEY, call));
  }

  private List<String> writes() {
    return api.writes().stream().map(asked -> asked.line() + " " + asked.body()).toList();
  }

  private void listsWorkers(String routes) {
    api.gives(
        "GET /accounts/acc/workers/scripts",
        "[{\"id\":\"blog\"},{\"id\":\"shop\",\"routes\":" + routes + "}]");
  }
}
