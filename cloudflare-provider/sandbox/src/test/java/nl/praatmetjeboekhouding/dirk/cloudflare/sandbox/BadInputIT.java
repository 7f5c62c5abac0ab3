package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong ends in a clear outcome, with production as it was. */
class BadInputIT {

  @TempDir private Path folder;
  private final ApiToken everything = ApiToken.of(CloudflareSandbox.TOKEN);
  private final CloudflareSandbox sandbox = start(everything);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aTokenWithoutScopeIsToldBeforeAnythingIsUploaded() {
    try (CloudflareSandbox strict = start(everything.without(Permission.WORKERS_SCRIPTS_WRITE))) {
      RunReport report = new Shop(strict, folder).deploy("1.0.0");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.reason()).contains("FORBIDDEN");
      assertThat(report.summary()).containsIgnoringCase("Workers Scripts");
      assertThat(strict.workers()).isEmpty();
      assertThat(Shop.texts(report)).noneMatch(text -> text.contains(CloudflareSandbox.TOKEN));
    }
  }

  @Test
  void aTokenThatNobodyKnowsIsTold() {
    try (CloudflareSandbox other = start(ApiToken.of("another-token"))) {
      RunReport report = new Shop(other, folder).deploy("1.0.0");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.reason()).contains("UNAUTHENTICATED");
      assertThat(other.workers()).isEmpty();
    }
  }

  @Test
  void anUnknownAccountIsTold() {
    RunReport report =
        new Shop(sandbox, folder).ofAccount("ffffffffffffffffffffffffffffffff").deploy("1.0.0");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.summary()).contains("ffffffffffffffffffffffffffffffff");
  }

  @Test
  void aRollbackOfAnUnknownWorkerSaysThatNothingEverServed() {
    RunReport report = new Shop(sandbox, folder).rollback("back-1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("NOTHING_TO_GO_BACK_TO");
    assertThat(report.summary()).contains("nothing ever served");
  }

  @Test
  void aWorkerThatDoesNotCompileNeverLeavesStaging() {
    Shop shop = new Shop(sandbox, folder);
    shop.deploy("1.0.0");

    RunReport report = shop.deploy("1.1.0", "export default { fetch( {");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.summary()).contains("SyntaxError").contains("index.js");
    assertThatProductionIsAsItWas();
  }

  @Test
  void aHealthUrlThatRedirectsFailsTheGate() {
    Shop shop = new Shop(sandbox, folder);
    shop.deploy("1.0.0");
    sandbox.plant(
        Shop.STAGING, EdgeFault.redirect(URI.create("https://login.example.com/")).times(1000));

    RunReport report = shop.deploy("1.1.0");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.summary()).contains("redirects (302) to login.example.com");
    assertThatProductionIsAsItWas();
  }

  @Test
  void aHealthUrlThatHangsFailsTheGate() {
    Shop shop = new Shop(sandbox, folder);
    shop.deploy("1.0.0");
    sandbox.plant(Shop.STAGING, EdgeFault.hang().times(1000));

    RunReport report = shop.deploy("1.1.0");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.summary()).contains("no answer");
    assertThatProductionIsAsItWas();
  }

  @Test
  void aHealthUrlThatSendsAGigabyteFailsTheGateAndIsNotRead() {
    Shop shop = new Shop(sandbox, folder);
    shop.deploy("1.0.0");
    sandbox.plant(Shop.STAGING, EdgeFault.huge(1L << 30).times(1000));
    long before = System.nanoTime();

    RunReport report = shop.deploy("1.1.0");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("NO_IDENTITY");
    assertThat(System.nanoTime() - before).isLessThan(30_000_000_000L);
    assertThatProductionIsAsItWas();
  }

  @Test
  void aHealthUrlOnAPrivateAddressIsNotLookedAt() {
    Shop shop = new Shop(sandbox, folder);
    shop.deploy("1.0.0");

    RunReport report = shop.lookingAtPublicAddressesOnly().deploy("1.1.0");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.summary()).contains("127.0.0.1").contains("allowPrivateAddresses");
    assertThatProductionIsAsItWas();
  }

  @Test
  void whatOnlyBreaksInProductionIsSeenInTheDark() {
    Shop shop = new Shop(sandbox, folder);
    shop.deploy("1.0.0");
    Map<String, Double> before = sandbox.active("shop-production").orElseThrow().shares();

    RunReport report = shop.deploy("1.1.0", breakingWhere("true"));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.summary()).contains("in the dark");
    assertThat(sandbox.active("shop-production").orElseThrow().shares()).isEqualTo(before);
  }

  @Test
  void whatOnlyBreaksUnderTrafficIsPutBack() {
    Shop shop = new Shop(sandbox, folder);
    shop.deploy("1.0.0");
    Map<String, Double> before = sandbox.active("shop-production").orElseThrow().shares();

    RunReport report =
        shop.deploy(
            "1.1.0", breakingWhere("!request.headers.has('Cloudflare-Workers-Version-Overrides')"));

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(report.deployed().get(0).label()).contains("1.0.0");
    assertThat(sandbox.active("shop-production").orElseThrow().shares()).isEqualTo(before);
  }

  private static String breakingWhere(String condition) {
    return """
    export default {
      fetch(request) {
        if (request.url.includes("production") && %s) throw new Error("no such binding");
        return Response.json({ version: "1.1.0" });
      }
    };
    """
        .formatted(condition);
  }

  private void assertThatProductionIsAsItWas() {
    assertThat(sandbox.deployments("shop-production")).hasSize(1);
    assertThat(sandbox.versions("shop-production")).hasSize(1);
  }

  private static CloudflareSandbox start(ApiToken token) {
    return CloudflareSandbox.builder().token(token).workerd(NodeTools.workerd()).start();
  }
}
