package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.Bundler;
import nl.praatmetjeboekhouding.dirk.cloudflare.Bundler.Bundled;
import nl.praatmetjeboekhouding.dirk.cloudflare.DeployedWorker;
import nl.praatmetjeboekhouding.dirk.cloudflare.WorkerProject;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.cloudflare.Wrangler;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Worker in TypeScript over several modules, bundled by real tools, answers in real workerd. */
final class BundlerIT {

  private final CloudflareSandbox sandbox =
      CloudflareSandbox.builder().workerd(NodeTools.workerd()).start();
  private final CallContext call = CallContext.of(Duration.ofSeconds(30));

  @TempDir private Path folder;
  @TempDir private Path into;

  @BeforeEach
  void project() throws IOException {
    write(
        "wrangler.jsonc",
        """
        {
          "name": "shop",
          "main": "src/index.ts",
          "compatibility_date": "2026-01-01",
          "define": {"RELEASE": "'seven'"}
        }
        """);
    write(
        "src/index.ts",
        """
        import { greet } from "greeter";
        import text from "./legal.txt";

        declare const RELEASE: string;

        export default {
          async fetch(request: Request): Promise<Response> {
            return new Response(`${greet(RELEASE)} ${text}`);
          },
        } satisfies { fetch(request: Request): Promise<Response> };
        """);
    write("src/legal.txt", "All rights");
    write("node_modules/greeter/package.json", "{\"name\": \"greeter\", \"main\": \"main.js\"}");
    write("node_modules/greeter/main.js", "exports.greet = name => 'hello ' + name + '.';");
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrangler", "esbuild"})
  void answersHoweverItWasBundled(String tool) throws IOException {
    NodeTools.installIn(folder, tool);

    String said = deploy();

    assertThat(said).startsWith(tool + " ");
    String answer = new Client(sandbox).visit("http://shop.sandbox.workers.dev/").body();
    assertThat(answer).isEqualTo("hello seven. All rights");
  }

  private String deploy() {
    List<String> heard = new ArrayList<>();
    try (Workers workers =
        Workers.open(
            sandbox.apiUri(),
            Secret.of("token", () -> CloudflareSandbox.TOKEN),
            sandbox.accountId(),
            TimeSource.system())) {
      // snippet: bundle
      Bundled bundled =
          Bundler.by(TimeSource.system())
              .bundle(WorkerProject.in(folder), into, heard::add, Cancellation.create());
      DeployedWorker deployed = Wrangler.with(workers).deploy(bundled.project(), call);
      // end
      assertThat(deployed.warnings()).isEmpty();
      return bundled.tool().orElse("nothing");
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
