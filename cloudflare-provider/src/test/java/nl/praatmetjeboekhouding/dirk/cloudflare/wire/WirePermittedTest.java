package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is declared holds for scenarios of a kind, whatever they are called, and for no others. */
class WirePermittedTest {

  private static final String SCRIPT = "/accounts/acc/workers/scripts/shop";

  private JsonNode permitted;

  @BeforeEach
  void read() throws IOException {
    permitted = new ObjectMapper().readTree(Path.of("src/test/wire-permitted.json").toFile());
  }

  @Test
  void saysWhyOfEach() {
    permitted.forEach(entry -> assertThat(entry.path("reason").asText()).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deploy-route-conflict",
        "deploy-route-no-zone",
        "route-env-conflict",
        "wd-false-route-nozone",
        "route-taken-second",
        "conflicting-route",
        "unknown-zone-crons",
        "route-zone-missing",
        "route-owned-by-sibling",
        "routes-other-worker",
        "nonexistent-zone"
      })
  void letsNothingBeSentWhereARouteCannotBeSet(String scenario) {
    assertThat(permits(scenario, "missing", "PUT", SCRIPT)).isTrue();
    assertThat(permits(scenario, "missing", "POST", SCRIPT + "/versions")).isTrue();
    assertThat(permitsState(scenario, "/scripts/shop")).isTrue();
    assertThat(permitsState(scenario, "/scripts/shop/versions/1")).isTrue();

    assertThat(permits(scenario, "missing", "PUT", SCRIPT + "/schedules")).isFalse();
    assertThat(permits(scenario, "missing", "PUT", SCRIPT + "/secrets")).isFalse();
    assertThat(permits(scenario, "different", "PUT", SCRIPT)).isFalse();
    assertThat(permits(scenario, "extra", "PUT", SCRIPT)).isFalse();
    assertThat(permitsState(scenario, "/kv/0a")).isFalse();
    assertThat(permitsState(scenario, "/scripts/shop/secrets/A")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "deploy-route-conflict, true",
    "route-conflict-workers-dev, true",
    "deploy-route-no-zone, false",
    "unknown-zone-crons, false",
    "deploy-route-single, false"
  })
  void letsARouteBeWhereItLeadsToAnotherWorker(String scenario, boolean permitted) {
    assertThat(permits(scenario, "missing", "PUT", SCRIPT + "/routes")).isEqualTo(permitted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deploy-minimal-new",
        "deploy-minimal-update",
        "deploy-toml",
        "deploy-env-staging",
        "deploy-three-bindings-cron-route",
        "deploy-route-single",
        "deploy-routes-workers-dev",
        "routes-other-zone",
        "deploy-workers-dev-false",
        "deploy-env-unknown",
        "deploy-queue-missing",
        "deploy-service-worker",
        "deploy-binding-conflict",
        "deploy-custom-domain-conflict",
        "workers-dev-conflict",
        "deploy-route-without-zone-id",
        "service-read-binding",
        "dash-d1-changed",
        "guard-last-deployed-dash",
        "get-deployments",
        "service-binding",
        "rollback-default",
        "secret-put-list-delete"
      })
  void hidesNothingElsewhere(String scenario) {
    for (String kind : List.of("missing", "extra", "different")) {
      assertThat(permits(scenario, kind, "PUT", SCRIPT)).as(kind).isFalse();
      assertThat(permits(scenario, kind, "POST", SCRIPT + "/versions")).as(kind).isFalse();
      assertThat(permits(scenario, kind, "PUT", SCRIPT + "/routes")).as(kind).isFalse();
    }
    assertThat(permitsState(scenario, "/scripts/shop")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "fail-upload-400, true",
    "domain-upload-error, true",
    "version-deploy-dies, true",
    "deploy-custom-domain, false"
  })
  void letsDomainsBeLookedAtWhereTheUploadFails(String scenario, boolean permitted) {
    assertThat(permits(scenario, "extra", "POST", SCRIPT + "/domains/changeset"))
        .isEqualTo(permitted);
    assertThat(permits(scenario, "extra", "PUT", SCRIPT + "/domains/records")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "subdomain-breaks, true",
    "fail-workers-dev-500, true",
    "deploy-subdomain-unregistered, false",
    "deploy-workers-dev-false, false",
    "fail-upload-400, false"
  })
  void letsOtherTriggersBeSetWhereWorkersDevCannotBe(String scenario, boolean permitted) {
    assertThat(permits(scenario, "extra", "PUT", SCRIPT + "/schedules")).isEqualTo(permitted);
    assertThat(permitsState(scenario, "/scripts/shop/schedules/0")).isEqualTo(permitted);
    assertThat(permits(scenario, "missing", "PUT", SCRIPT + "/schedules")).isFalse();
    assertThat(permits(scenario, "different", "PUT", SCRIPT + "/schedules")).isFalse();
    assertThat(permits(scenario, "extra", "PUT", SCRIPT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "assets-link-out, true",
    "symlink-escapes-assets, true",
    "assets-link-in, false",
    "assets-symlinks, false",
    "assets-without-worker, false"
  })
  void letsNothingBeSentWhereALinkLeadsOutOfTheAssets(String scenario, boolean permitted) {
    assertThat(permits(scenario, "missing", "POST", SCRIPT + "/assets-upload-session"))
        .isEqualTo(permitted);
    assertThat(permits(scenario, "missing", "PUT", SCRIPT)).isEqualTo(permitted);
    assertThat(permitsState(scenario, "/assetHashes/0a")).isEqualTo(permitted);
    assertThat(permits(scenario, "different", "PUT", SCRIPT)).isFalse();
    assertThat(permits(scenario, "missing", "PUT", SCRIPT + "/schedules")).isFalse();
    assertThat(permitsState(scenario, "/kv/0a")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"secrets-required-assets, true", "missing-secret, true", "assets-worker, false"})
  void letsAssetsStayWhereASecretIsMissing(String scenario, boolean permitted) {
    assertThat(permits(scenario, "missing", "POST", SCRIPT + "/assets-upload-session"))
        .isEqualTo(permitted);
    assertThat(permits(scenario, "missing", "PUT", SCRIPT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"fail-service-get-500", "service-get-503", "services-500", "fault-get-service"})
  void letsMoreBeSentWhereOnlyWranglersOwnLookFails(String scenario) {
    assertThat(permits(scenario, "extra", "PUT", SCRIPT)).isTrue();
    assertThat(permits(scenario, "missing", "PUT", SCRIPT)).isFalse();
    assertThat(permits(scenario, "different", "PUT", SCRIPT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "dispatch-env, true",
    "tenants-env, true",
    "deploy-staging-dispatch, true",
    "dispatch-deploy, false",
    "deploy-env-staging, false"
  })
  void letsTheWorkerBesideADispatchNamespaceKeepItsTags(String scenario, boolean permitted) {
    assertThat(permits(scenario, "missing", "PATCH", SCRIPT + "/script-settings"))
        .isEqualTo(permitted);
    assertThat(permits(scenario, "missing", "PUT", SCRIPT)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "deploy-latest-flag, true",
    "latest, true",
    "versions-upload-latest, true",
    "rollback-latest, false",
    "deploy-latest-version, false",
    "deploy-compat-flags, false"
  })
  void letsTheNewestDateBeTodays(String scenario, boolean permitted) {
    String date = "/body/parts/metadata/json/compatibility_date";

    assertThat(permits(scenario, "different", "PUT", SCRIPT, date)).isEqualTo(permitted);
    assertThat(permitsState(scenario, "/scripts/shop/compatibility_date")).isEqualTo(permitted);
    assertThat(permits(scenario, "different", "PUT", SCRIPT, date + "/0")).isFalse();
    assertThat(
            permits(
                scenario,
                "different",
                "PUT",
                SCRIPT,
                "/body/parts/metadata/json/bindings/0/json/compatibility_date"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"strict-dash-d1, true", "dash-db-strict, true", "strict-dash-d1-changed, false"})
  void letsAWorkerWithTheSameDatabasesBeDeployed(String scenario, boolean permitted) {
    assertThat(permits(scenario, "extra", "PUT", SCRIPT)).isEqualTo(permitted);
    assertThat(permitsState(scenario, "/scripts/shop/versions/1")).isEqualTo(permitted);
    assertThat(permitsState(scenario, "/scripts/shop/secrets/A")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"delete-consumer, true", "queue-delete-worker, true", "delete-worker, false"})
  void letsAConsumerBeDeletedByForce(String scenario, boolean permitted) {
    String service = "/accounts/acc/workers/services/shop";

    assertThat(permits(scenario, "different", "DELETE", service, "/query/0")).isEqualTo(permitted);
    assertThat(permits(scenario, "missing", "DELETE", service)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "kv-title-exists, true",
    "deploy-kv-already-there, true",
    "existing-kv-namespace, true",
    "kv-namespace, false",
    "deploy-bindings-storage, false"
  })
  void letsANamespaceThatIsThereBeBound(String scenario, boolean permitted) {
    String namespaces = "/accounts/acc/storage/kv/namespaces";
    String bound = "/body/parts/metadata/json/bindings/0/namespace_id";

    assertThat(permits(scenario, "missing", "POST", namespaces)).isEqualTo(permitted);
    assertThat(permits(scenario, "different", "PUT", SCRIPT, bound)).isEqualTo(permitted);
    assertThat(permitsState(scenario, "/kv/0a")).isEqualTo(permitted);
    assertThat(permits(scenario, "extra", "POST", namespaces)).isFalse();
    assertThat(permits(scenario, "missing", "PUT", SCRIPT)).isFalse();
  }

  private boolean permits(String scenario, String kind, String method, String path) {
    return permits(scenario, kind, method, path, "");
  }

  private boolean permitsState(String scenario, String at) {
    return permits(scenario, "state", "", "", at);
  }

  private boolean permits(String scenario, String kind, String method, String path, String at) {
    for (JsonNode entry : permitted) {
      if (entry.path("kind").asText().equals(kind)
          && fits(entry, "scenario", scenario)
          && fits(entry, "method", method)
          && fits(entry, "path", path)
          && fits(entry, "at", at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(JsonNode entry, String member, String text) {
    return !entry.has(member) || Pattern.compile(entry.path(member).asText()).matcher(text).find();
  }
}
