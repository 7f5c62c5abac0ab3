package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Starts a sandbox and serves until it is killed. Arguments: folders named {@code node_modules} in
 * which to look for workerd. The environment variables {@code API_PORT} and {@code EDGE_PORT}
 * choose ports; unset, any free one is taken.
 */
public final class SandboxMain {

  private SandboxMain() {}

  /** Starts a sandbox; see the class. */
  public static void main(String[] nodeModules) throws InterruptedException {
    Optional<Workerd> workerd =
        Workerd.find(Stream.of(nodeModules).map(Path::of).toArray(Path[]::new));
    SandboxBuilder builder =
        CloudflareSandbox.builder()
            .zone("example.com")
            .apiPort(port("API_PORT"))
            .edgePort(port("EDGE_PORT"));
    workerd.ifPresent(builder::workerd);
    try (CloudflareSandbox sandbox = builder.start()) {
      introduce(sandbox, workerd, System.out);
      new CountDownLatch(1).await();
    }
  }

  static void introduce(CloudflareSandbox sandbox, Optional<Workerd> workerd, PrintStream out) {
    out.print(
        """
        API   %s
        edge  %s
        runs  %s

        export CLOUDFLARE_API_BASE_URL=%s
        export CLOUDFLARE_ACCOUNT_ID=%s
        export CLOUDFLARE_API_TOKEN=%s
        export WRANGLER_SEND_METRICS=false
        npx wrangler deploy

        A Worker named hello then answers at
        http://%s.localhost:%d/
        """
            .formatted(
                sandbox.apiUri(),
                sandbox.edgeUri(),
                workerd
                    .map(found -> "Workers for real, in " + found.binary())
                    .orElse("declared behaviour only: no workerd was found"),
                sandbox.apiUri(),
                sandbox.accountId(),
                CloudflareSandbox.TOKEN,
                sandbox.workersDevHost("hello"),
                sandbox.edgePort()));
    out.flush();
  }

  private static int port(String variable) {
    return Optional.ofNullable(System.getenv(variable)).map(Integer::parseInt).orElse(0);
  }
}
