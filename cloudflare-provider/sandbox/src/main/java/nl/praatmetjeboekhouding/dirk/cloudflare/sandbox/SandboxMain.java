package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Starts a sandbox with the zone {@code example.com} and serves until it is killed. Arguments:
 * folders named {@code node_modules} in which to look for workerd. The environment variables {@code
 * API_PORT} and {@code EDGE_PORT} choose ports; unset, any free one is taken.
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
            .apiPort(port("API_PORT", System.getenv()))
            .edgePort(port("EDGE_PORT", System.getenv()));
    workerd.ifPresent(builder::workerd);
    CloudflareSandbox sandbox = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "cloudflare-sandbox-end"));
    introduce(sandbox, workerd, System.out);
    new CountDownLatch(1).await();
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
        http://%s.localhost:%d/ in a browser, and to
        curl --connect-to ::127.0.0.1:%d http://%s/
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
                sandbox.edgePort(),
                sandbox.edgePort(),
                sandbox.workersDevHost("hello")));
    out.flush();
  }

  static int port(String variable, Map<String, String> environment) {
    String text = environment.getOrDefault(variable, "0");
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below, as a port out of range is
    }
    throw new IllegalArgumentException(variable + " must be a port from 0 to 65535: " + text);
  }
}
