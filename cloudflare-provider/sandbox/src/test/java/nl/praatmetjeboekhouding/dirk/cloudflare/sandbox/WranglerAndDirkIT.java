package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whichever of wrangler and Dirk deploys or rolls back, the other sees exactly that. */
class WranglerAndDirkIT {

  /** What both tell of a deployment: its id, when it was made, and who gets how much. */
  private record Told(String id, Instant created, List<String> shares) {}

  private static final Target PRODUCTION = new Target("shop", Environment.PRODUCTION);
  private static final String HOST = "http://" + Shop.PRODUCTION + "/";

  @TempDir private Path folder;
  private final CloudflareSandbox sandbox =
      CloudflareSandbox.builder().workerd(NodeTools.workerd()).start();
  private final Client client = new Client(sandbox);
  private final CallContext call = CallContext.of(Duration.ofSeconds(30));

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void dirkSeesWhatWranglerDeployedSplitAndRolledBack() {
    Shop shop = new Shop(sandbox, folder);
    wranglerDeploys(shop, "1");
    wranglerDeploys(shop, "2");
    List<String> ids = wranglersVersions();
    wrangler("versions", "deploy", ids.get(0) + "@75%", ids.get(1) + "@25%", "-y");
    wrangler("rollback", ids.get(0), "--message", "back to the first", "-y");

    try (Deployer deployer = shop.deployer()) {
      List<Told> seen = seenByDirk(deployer);

      assertThat(seen).hasSize(4).isEqualTo(toldByWrangler());
      assertThat(seen.stream().map(Told::shares))
          .containsExactly(
              List.of(ids.get(0) + " 100"),
              List.of(ids.get(0) + " 75", ids.get(1) + " 25"),
              List.of(ids.get(1) + " 100"),
              List.of(ids.get(0) + " 100"));
      assertThat(deployer.active(PRODUCTION, call).map(WranglerAndDirkIT::told))
          .contains(seen.get(0));
      assertThat(ids)
          .allSatisfy(id -> assertThat(deployer.version(PRODUCTION, id, call)).isPresent());
      assertThat(served()).isEqualTo("1");
    }
  }

  @Test
  void wranglerSeesWhatDirkDeployedAndRolledBack() {
    Shop shop = new Shop(sandbox, folder);
    List<Outcome> outcomes =
        List.of(
            shop.deploy("1.0.0").outcome(),
            shop.deploy("1.1.0").outcome(),
            shop.rollback("back").outcome());

    List<Told> told = toldByWrangler();
    List<String> ids = wranglersVersions();

    assertThat(outcomes).containsExactly(Outcome.SUCCEEDED, Outcome.SUCCEEDED, Outcome.SUCCEEDED);
    assertThat(told.get(0).shares()).containsExactly(ids.get(0) + " 100");
    assertThat(told.get(told.size() - 1).shares()).containsExactly(ids.get(0) + " 100");
    assertThat(served()).isEqualTo("1.0.0");
    try (Deployer deployer = shop.deployer()) {
      assertThat(seenByDirk(deployer)).isEqualTo(told);
      assertThat(ids.stream().map(id -> deployer.version(PRODUCTION, id, call)))
          .extracting(version -> version.flatMap(Version::release).map(Release::label))
          .containsExactly(Optional.of("1.0.0"), Optional.of("1.1.0"));
    }
    assertThat(wrangler("versions", "list")).contains("1.0.0", "1.1.0");
    assertThat(wrangler("deployments", "status")).contains(ids.get(0));
  }

  @Test
  void dirkPutsTheKnownGoodBackAfterSomebodyDeployedByHand() {
    Shop shop = new Shop(sandbox, folder);
    shop.deploy("1.0.0");
    String good = wranglersVersions().get(0);
    wranglerDeploys(shop, "by hand");

    RunReport report = shop.rollback("back");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(toldByWrangler().get(0).shares()).containsExactly(good + " 100");
    assertThat(served()).isEqualTo("1.0.0");
  }

  private void wranglerDeploys(Shop shop, String version) {
    shop.write(Shop.telling(version));
    wrangler("deploy", "--message", version);
  }

  private String wrangler(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--env", "production"));
    NodeTools.Ran ran = NodeTools.wrangler(sandbox, folder, all.toArray(String[]::new));
    assertThat(ran.exit()).as(ran.output()).isZero();
    return ran.output();
  }

  /** The ids of the versions, oldest first, as wrangler lists them. */
  private List<String> wranglersVersions() {
    return json(wrangler("versions", "list", "--json")).findValuesAsText("id");
  }

  /** Newest first; wrangler lists them the other way round. */
  private List<Told> toldByWrangler() {
    List<Told> told = new ArrayList<>();
    for (JsonNode deployment : json(wrangler("deployments", "list", "--json"))) {
      List<String> shares = new ArrayList<>();
      deployment
          .path("versions")
          .forEach(
              share ->
                  shares.add(
                      share.path("version_id").asText() + " " + share.path("percentage").asText()));
      told.add(
          new Told(
              deployment.path("id").asText(),
              Instant.parse(deployment.path("created_on").asText()),
              shares));
    }
    Collections.reverse(told);
    return told;
  }

  private List<Told> seenByDirk(Deployer deployer) {
    return deployer.deployments(PRODUCTION, Optional.empty(), call).deployments().stream()
        .map(WranglerAndDirkIT::told)
        .toList();
  }

  private static Told told(Deployment deployment) {
    return new Told(
        deployment.id(),
        deployment.created().orElseThrow(),
        deployment.split().shares().stream()
            .map(share -> share.version() + " " + share.percent().toPlainString())
            .toList());
  }

  private String served() {
    return client.visitJson(HOST).path("version").asText();
  }

  private static JsonNode json(String text) {
    return ApiRequest.read(Bytes.utf8(text));
  }
}
