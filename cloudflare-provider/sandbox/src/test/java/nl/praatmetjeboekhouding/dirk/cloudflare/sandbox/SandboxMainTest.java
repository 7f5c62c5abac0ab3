package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SandboxMainTest {

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
