package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets of versions without traffic. */
class VersionSecretsTest {

  private static final String PATCH = "PATCH /accounts/acc/workers/workers/shop/versions/latest";
  private static final Secret VALUE = Secret.of("STRIPE_KEY", () -> "sk_live_1");

  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(ManualTime.create());
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @Test
  void areNotAskedOfAVersionWhoseIdWasNotTold() {
    api.answers(
        "GET shop/deployments",
        200,
        StubServer.good("{\"deployments\":[{\"versions\":[{\"percentage\":100}]}]}"));

    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class, () -> workers.versionSecrets().serving("shop", call));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
    assertThat(failure).hasMessageContaining("without the version_id");
  }

  @Test
  void addAVersionWithOneMore() {
    api.gives(PATCH, "{\"id\":\"v2\"}");
    DeployNote note = DeployNote.none().withTag("t").withMessage("rotated");

    String version = workers.versionSecrets().put("shop", "STRIPE", VALUE, note, call);

    assertThat(version).isEqualTo("v2");
    assertThat(api.lines()).containsExactly(PATCH);
    assertThat(api.writes().get(0).headers().get("Content-type"))
        .containsExactly("application/merge-patch+json");
    assertThat(api.writes().get(0).body())
        .isEqualTo(
            "{\"env\":{\"STRIPE\":{\"type\":\"secret_text\",\"text\":\"sk_live_1\"}},"
                + "\"annotations\":{\"workers/message\":\"Dirk, secrets: rotated\","
                + "\"workers/tag\":\"t\"}}");
  }

  @Test
  void addAVersionWithOneLess() {
    api.gives(PATCH, "{\"id\":\"v2\"}");

    workers.versionSecrets().remove("shop", "STRIPE", DeployNote.none(), call);

    assertThat(api.writes().get(0).body())
        .startsWith("{\"env\":{\"STRIPE\":null},")
        .contains("Deleted secret \\\"STRIPE\\\"");
  }

  @Test
  void changeTogether() {
    api.gives(PATCH, "{\"id\":\"v2\"}");
    Map<String, Optional<Secret>> changes = new LinkedHashMap<>();
    changes.put("B", Optional.of(VALUE));
    changes.put("A", Optional.empty());

    workers.versionSecrets().change("shop", changes, DeployNote.none(), call);

    assertThat(api.writes().get(0).body())
        .startsWith(
            "{\"env\":{\"B\":{\"type\":\"secret_text\",\"text\":\"sk_live_1\"},\"A\":null},")
        .contains("Bulk updated 2 secrets");
  }

  @Test
  void areOfAWorkerThatHasAVersion() {
    api.refuses(PATCH, 404, 10222, "none of STRIPE=sk_live_1");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class,
            () -> workers.versionSecrets().put("shop", "STRIPE", VALUE, DeployNote.none(), call));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(refused)
        .hasMessageContaining("upload one first")
        .hasMessageNotContaining("sk_live_1");
  }

  @Test
  void failWhereCloudflareDoesNotSayWhichVersionItTook() {
    api.gives(PATCH, "{}");

    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class,
            () -> workers.versionSecrets().put("shop", "STRIPE", VALUE, DeployNote.none(), call));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
  }

  @Test
  void areListedForEachVersionThatServes() {
    api.gives(
            "GET shop/deployments",
            "{\"deployments\":[{\"id\":\"d2\",\"versions\":["
                + "{\"version_id\":\"v1\",\"percentage\":90},"
                + "{\"version_id\":\"v2\",\"percentage\":10}]},{\"id\":\"d1\"}]}")
        .gives("GET shop/versions/v1", version("v1", "A"))
        .gives("GET shop/versions/v2", version("v2", "B"));

    assertThat(workers.versionSecrets().serving("shop", call))
        .containsExactly(Map.entry("v1", List.of("A")), Map.entry("v2", List.of("B")));
  }

  @Test
  void areListedForTheNewestVersion() {
    api.gives("GET shop/versions", "{\"items\":[{\"id\":\"v2\"},{\"id\":\"v1\"}]}")
        .gives("GET shop/versions/v2", version("v2", "B"));

    assertThat(workers.versionSecrets().newest("shop", call)).containsExactly("B");
  }

  @Test
  void areNotListedWhereThereIsNoVersion() {
    api.gives("GET shop/versions", "{\"items\":[]}");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class, () -> workers.versionSecrets().newest("shop", call));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(refused).hasMessageContaining("shop; upload one first");
  }

  private static String version(String id, String secret) {
    return "{\"id\":\"%s\",\"resources\":{\"bindings\":[".formatted(id)
        + "{\"name\":\"V\",\"type\":\"plain_text\",\"text\":\"1\"},"
        + "{\"name\":\"%s\",\"type\":\"secret_text\"}]}}".formatted(secret);
  }
}
