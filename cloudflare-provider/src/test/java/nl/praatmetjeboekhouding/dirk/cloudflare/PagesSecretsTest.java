package nl.praatmetjeboekhouding.dirk.cloudflare;

import static nl.praatmetjeboekhouding.dirk.cloudflare.PagesSecrets.Environment.PREVIEW;
import static nl.praatmetjeboekhouding.dirk.cloudflare.PagesSecrets.Environment.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The secrets of a Pages project. */
class PagesSecretsTest {

  private static final String SITE = "/accounts/acc/pages/projects/site";
  private static final Secret VALUE = Secret.of("STRIPE_KEY", () -> "sk_live_1");

  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Pages pages = api.pages(ManualTime.create());
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void open() throws IOException {
    api.gives(
            "GET " + SITE,
            """
            {"name": "site", "deployment_configs": {
              "production": {"wrangler_config_hash": "c0ffee", "env_vars": {
                "B": {"type": "secret_text", "value": ""},
                "PLAIN": {"type": "plain_text", "value": "1"},
                "A": {"type": "secret_text", "value": ""}}},
              "preview": {}}}
            """)
        .gives("PATCH " + SITE, "{}");
  }

  @Test
  void areListedWithoutTheVariablesThatAreNone() {
    assertThat(pages.secrets().names("site", PRODUCTION, call)).containsExactly("B", "A");
    assertThat(pages.secrets().names("site", PREVIEW, call)).isEmpty();
  }

  @Test
  void areSetAndTakenAwayWithTheHashOfTheWranglerFile() {
    pages.secrets().put("site", PRODUCTION, "STRIPE", VALUE, call);
    pages.secrets().remove("site", PRODUCTION, "OLD", call);

    assertThat(api.writes())
        .extracting(RecordingApi.Asked::body)
        .containsExactly(
            "{\"deployment_configs\":{\"production\":{\"env_vars\":{\"STRIPE\":"
                + "{\"type\":\"secret_text\",\"value\":\"sk_live_1\"}},"
                + "\"wrangler_config_hash\":\"c0ffee\"}}}",
            "{\"deployment_configs\":{\"production\":{\"env_vars\":{\"OLD\":null},"
                + "\"wrangler_config_hash\":\"c0ffee\"}}}");
  }

  @Test
  void areChangedTogetherAndWithoutAHashWhereNoFileMadeTheSettings() {
    Map<String, Optional<Secret>> changes = new TreeMap<>();
    changes.put("A", Optional.of(VALUE));
    changes.put("B", Optional.empty());

    pages.secrets().change("site", PREVIEW, changes, call);

    assertThat(api.lines()).containsExactly("GET " + SITE, "PATCH " + SITE);
    assertThat(api.writes())
        .extracting(RecordingApi.Asked::body)
        .containsExactly(
            "{\"deployment_configs\":{\"preview\":{\"env_vars\":{\"A\":"
                + "{\"type\":\"secret_text\",\"value\":\"sk_live_1\"},\"B\":null}}}}");
  }

  @Test
  void areNotSentWhereThereIsNoSuchProject() {
    api.instead404("GET " + SITE, 8000007);

    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class,
            () -> pages.secrets().put("site", PRODUCTION, "STRIPE", VALUE, call));

    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void areNotShownByARefusalThatRepeatsThem() {
    api.insteadRefuses("PATCH " + SITE, 400, 8000000, "sk_live_1 is too short");

    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class,
            () -> pages.secrets().put("site", PRODUCTION, "STRIPE", VALUE, call));

    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).doesNotContain("sk_live_1");
    assertThat(api.writes()).hasSize(1);
  }
}
