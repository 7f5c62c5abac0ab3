package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.cloudflare.Pages;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesSecrets;
import nl.praatmetjeboekhouding.dirk.cloudflare.PagesSecrets.Environment;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The secrets of a Pages project on the local Cloudflare. */
class PagesSecretsTest {

  private final ManualTime time = ManualTime.create();
  private final CloudflareSandbox sandbox = CloudflareSandbox.builder().time(time).start();
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  private final Pages pages =
      Pages.open(
          sandbox.apiUri(),
          Secret.of("TOKEN", () -> CloudflareSandbox.TOKEN),
          sandbox.accountId(),
          time);
  private final PagesSecrets secrets = pages.secrets();

  @BeforeEach
  void makeProject() {
    pages.createProject(Json.object().put("name", "site").put("production_branch", "main"), call);
  }

  @AfterEach
  void close() {
    pages.close();
    sandbox.close();
  }

  @Test
  void areKeptForEachEnvironmentAndToldByTheirNamesAlone() {
    secrets.put("site", Environment.PRODUCTION, "A", secret("one"), call);
    secrets.put("site", Environment.PREVIEW, "B", secret("two"), call);

    assertThat(secrets.names("site", Environment.PRODUCTION, call)).containsExactly("A");
    assertThat(secrets.names("site", Environment.PREVIEW, call)).containsExactly("B");
    assertThat(pages.project("site", call).toString()).doesNotContain("one", "two");
  }

  @Test
  void areSetAndTakenAwayTogether() {
    secrets.put("site", Environment.PRODUCTION, "A", secret("one"), call);
    Map<String, Optional<Secret>> changes = new LinkedHashMap<>();
    changes.put("A", Optional.empty());
    changes.put("C", Optional.of(secret("three")));

    secrets.change("site", Environment.PRODUCTION, changes, call);

    assertThat(secrets.names("site", Environment.PRODUCTION, call)).containsExactly("C");
  }

  @Test
  void belongToAProjectThatIsThere() {
    assertThatThrownBy(() -> secrets.put("other", Environment.PRODUCTION, "A", secret("x"), call))
        .isInstanceOfSatisfying(
            ProviderException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.NOT_FOUND));
  }

  private static Secret secret(String value) {
    return Secret.of("A", () -> value);
  }
}
