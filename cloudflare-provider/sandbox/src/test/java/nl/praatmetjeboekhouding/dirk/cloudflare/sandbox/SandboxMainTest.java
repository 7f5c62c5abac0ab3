package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SandboxMainTest {

  @Test
  void aPortThatIsNoneIsToldByTheNameOfItsVariable() {
    assertThat(SandboxMain.port("API_PORT", Map.of("API_PORT", "8787"))).isEqualTo(8787);
    assertThat(SandboxMain.port("API_PORT", Map.of())).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SandboxMain.port("API_PORT", Map.of("API_PORT", "http")))
        .withMessageContaining("API_PORT");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SandboxMain.port("API_PORT", Map.of("API_PORT", "70000")))
        .withMessageContaining("65535");
  }

  @Test
  void saysHowToPointWranglerAtIt() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    try (CloudflareSandbox sandbox = CloudflareSandbox.start()) {
      SandboxMain.introduce(sandbox, Optional.empty(), new PrintStream(printed, true, UTF_8));

      assertThat(printed.toString(UTF_8))
          .contains("CLOUDFLARE_API_BASE_URL=" + sandbox.apiUri())
          .contains("CLOUDFLARE_ACCOUNT_ID=" + sandbox.accountId())
          .contains("http://hello.sandbox.workers.dev.localhost:" + sandbox.edgePort());
    }
  }
}
