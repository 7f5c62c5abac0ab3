package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkerSecretsTest {

  private static final Secret VALUE = Secret.of("STRIPE_KEY", () -> "sk_live_1");

  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(ManualTime.create());
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @Test
  void setsAndRemovesOne() {
    api.gives("PUT shop/secrets", "{}").gives("DELETE shop/secrets/OLD?url_encoded=true", "null");

    workers.secrets().put("shop", "STRIPE", VALUE, call);
    workers.secrets().remove("shop", "OLD", call);

    assertThat(api.writes())
        .extracting(asked -> asked.line() + " " + asked.body())
        .containsExactly(
            "PUT shop/secrets {\"name\":\"STRIPE\",\"text\":\"sk_live_1\",\"type\":\"secret_text\"}",
            "DELETE shop/secrets/OLD?url_encoded=true ");
  }

  @Test
  void changesSeveralAtOnce() {
    api.gives("PATCH shop/secrets-bulk", "{}");

    workers
        .secrets()
        .change(
            "shop", new TreeMap<>(Map.of("A", Optional.of(VALUE), "B", Optional.empty())), call);

    assertThat(api.writes().get(0).headers().get("Content-type"))
        .containsExactly("application/merge-patch+json");
    assertThat(api.writes().get(0).body())
        .isEqualTo(
            "{\"secrets\":{\"A\":{\"name\":\"A\",\"text\":\"sk_live_1\",\"type\":\"secret_text\"},"
                + "\"B\":null}}");
  }

  @Test
  void namesThemWithoutTheirValues() {
    api.gives("GET shop/secrets", "[{\"name\":\"A\",\"type\":\"secret_text\"}]");

    assertThat(workers.secrets().names("shop", call)).containsExactly("A");
  }

  @Test
  void makesAnEmptyWorkerFirstIfAsked() {
    api.refuses("PUT shop/secrets", 404, 10007, "no such Worker")
        .gives("PUT shop/secrets", "{}")
        .gives("PUT shop", "{}");

    workers.secrets().makingWorkers().put("shop", "STRIPE", VALUE, call);

    assertThat(api.lines()).containsExactly("PUT shop/secrets", "PUT shop", "PUT shop/secrets");
    assertThat(api.writes().get(1).body())
        .contains("{\"main_module\":\"shop\",\"bindings\":[],\"logpush\":false}")
        .contains("export default { fetch() {} }")
        .doesNotContain("sk_live_1");
  }

  @Test
  void makesAnEmptyWorkerForSeveralToo() {
    api.refuses("PATCH shop/secrets-bulk", 404, 10090, "no such Worker")
        .gives("PATCH shop/secrets-bulk", "{}")
        .gives("PUT shop", "{}");

    workers
        .secrets()
        .makingWorkers()
        .change("shop", Map.of("A", Optional.of(VALUE), "B", Optional.empty()), call);

    assertThat(api.lines())
        .containsExactly("PATCH shop/secrets-bulk", "PUT shop", "PATCH shop/secrets-bulk");
  }

  @Test
  void makesNoWorkerUnasked() {
    api.refuses("PUT shop/secrets", 404, 10007, "no such Worker");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class, () -> workers.secrets().put("shop", "STRIPE", VALUE, call));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(api.lines()).containsExactly("PUT shop/secrets");
  }

  @Test
  void makesNoWorkerToTakeSecretsAway() {
    api.refuses("PATCH shop/secrets-bulk", 404, 10007, "no such Worker");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class,
            () ->
                workers
                    .secrets()
                    .makingWorkers()
                    .change("shop", Map.of("A", Optional.empty()), call));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(api.lines()).containsExactly("PATCH shop/secrets-bulk");
  }

  @Test
  void saysThatAnEmptyWorkerStays() {
    api.refuses("PUT shop/secrets", 404, 10007, "no such Worker")
        .refuses("PUT shop/secrets", 400, 10021, "cannot bind sk_live_1")
        .gives("PUT shop", "{}");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class,
            () -> workers.secrets().makingWorkers().put("shop", "STRIPE", VALUE, call));

    assertThat(refused)
        .hasMessageContaining("cannot bind (secret)")
        .hasMessageContaining("stays: the empty Worker shop");
    assertThat(refused.vendorCodes()).containsExactly("10021");
    assertThat(refused.requestId()).contains(StubServer.RAY);
  }

  @Test
  void doesNotRepeatAValueWhenItIsRefused() {
    api.refuses("PUT shop/secrets", 400, 10215, "latest version is not deployed");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class, () -> workers.secrets().put("shop", "STRIPE", VALUE, call));

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused)
        .hasMessageContaining("after a rollback")
        .hasMessageContaining("Workers.versionSecrets()");
    assertThat(refused.toString()).doesNotContain("sk_live_1");
  }

  @Test
  void hidesAValueThatCloudflareRepeats() {
    api.refuses("PUT shop/secrets", 400, 10021, "cannot bind sk_live_1");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class, () -> workers.secrets().put("shop", "STRIPE", VALUE, call));

    assertThat(refused).hasMessageContaining("cannot bind (secret)");
    assertThat(refused.vendorCodes()).containsExactly("10021");
  }

  @Test
  void tellsAVaultThatFailsByTheNameOfTheSecretAlone() {
    Secret locked =
        Secret.of(
            "STRIPE_KEY",
            () -> {
              throw new IllegalStateException("vault says sk_live_1");
            });

    ProviderException failed =
        catchThrowableOfType(
            ProviderException.class,
            () -> workers.secrets().change("shop", Map.of("STRIPE", Optional.of(locked)), call));

    assertThat(failed.kind()).isEqualTo(FailureKind.NOT_SENT);
    assertThat(failed)
        .hasMessageContaining("STRIPE_KEY could not be looked up")
        .hasMessageNotContaining("sk_live_1")
        .hasNoCause();
    assertThat(api.asked()).isEmpty();
  }

  @Test
  @SuppressWarnings("NullAway") // A vault that breaks its word is what is tried.
  void sendsNoNull() {
    Secret missing = Secret.of("STRIPE_KEY", () -> null);

    ProviderException failed =
        catchThrowableOfType(
            ProviderException.class, () -> workers.secrets().put("shop", "STRIPE", missing, call));

    assertThat(failed).hasMessageContaining("the secret STRIPE_KEY has no value; set it");
    assertThat(api.asked()).isEmpty();
  }
}
