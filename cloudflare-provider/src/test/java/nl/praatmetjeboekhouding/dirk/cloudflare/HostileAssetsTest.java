package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.Overrides;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Folders that somebody made to do harm: each is refused in words, and nobody is asked anything.
 */
class HostileAssetsTest {

  /** Does something to a folder of assets. */
  private interface Harm {
    void to(Path folder) throws IOException, InterruptedException;
  }

  private static final String SESSION = "POST shop/assets-upload-session";
  private static final String PUT = "PUT shop?excludeScript=true&bindings_inherit=strict";

  @TempDir private Path temp;
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  private Path folder;
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(ManualTime.create());

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectories(temp.resolve("project/public"));
    Files.writeString(folder.resolve("a.txt"), "a\n");
    project("assets\": {\"directory\": \"public\"}");
  }

  static Stream<Arguments> harms() {
    return Stream.of(
        harm("large.bin", "at most 26214400", in -> large(in.resolve("large.bin"))),
        harm("odd", "not UTF-8", in -> shell("printf x > \"" + in + "/$(printf 'odd\\377')\"")),
        harm("key", "leads out", in -> link(in.resolve("key"), Path.of("../../secret"))),
        harm("all", "leads out", in -> link(in.resolve("all"), Path.of("/"))),
        harm("loop", "leads back", in -> link(in.resolve("loop"), Path.of("."))),
        harm("self", "leads nowhere", in -> link(in.resolve("self"), Path.of("self"))),
        harm("gone", "leads nowhere", in -> link(in.resolve("gone"), Path.of("none"))),
        harm("pipe", "no file", in -> shell("mkfifo \"" + in + "/pipe\"")),
        harm("_headers", "leads out", in -> link(in.resolve("_headers"), Path.of("../../secret"))),
        harm(".assetsignore", "not UTF-8", in -> bytes(in.resolve(".assetsignore"))),
        harm("_redirects", "not UTF-8", in -> bytes(in.resolve("_redirects"))),
        harm("depths/d", "in more than 1000 ways", HostileAssetsTest::doubling));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("harms")
  void areRefusedInWordsBeforeAnythingIsAsked(String what, String why, Harm harm)
      throws IOException, InterruptedException {
    Files.writeString(temp.resolve("secret"), "s3cret");
    harm.to(folder);
    WorkerProject project = WorkerProject.in(temp.resolve("project"));

    assertThatThrownBy(() -> Wrangler.with(workers).deploy(project, call))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(why);
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void areRefusedByARunbookTooWhenItPlans() throws IOException {
    large(folder.resolve("large.bin"));
    Projects projects = new Projects(temp.resolve("project"), Map.of(), Overrides.none());

    try (Deployer deployer = new CloudflareDeployer(workers, projects, Duration.ofSeconds(1))) {
      assertThatThrownBy(
              () ->
                  deployer.prepare(
                      new PrepareRequest(new Target("shop", Environment.PRODUCTION)), call))
          .isInstanceOfSatisfying(
              ProviderException.class,
              refused -> assertThat(refused.kind()).isEqualTo(FailureKind.NOT_SENT))
          .hasMessageContaining("large.bin");
    }
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void areTakenWhenThereAreOnlyVeryMany() throws IOException {
    for (int number = 0; number < 24_999; number++) {
      Files.createFile(folder.resolve("f" + number));
    }
    api.gives("GET /accounts/acc/workers/subdomain", "{\"subdomain\":\"us\"}")
        .refuses("GET shop/script-settings", 404, 10007, "none")
        .refuses("GET shop/versions", 404, 10007, "none")
        .gives(SESSION, "{\"jwt\":\"all there\",\"buckets\":[]}")
        .gives(PUT, "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}")
        .gives("PATCH shop/script-settings", "{}")
        .gives("POST shop/subdomain", "{}");

    DeployedWorker unused =
        Wrangler.with(workers).deploy(WorkerProject.in(temp.resolve("project")), call);

    String manifest = api.writes().get(0).body();
    assertThat(manifest.split("\"hash\"", -1)).hasSize(25_001);
  }

  private static Arguments harm(String what, String why, Harm harm) {
    return Arguments.of(what, why, harm);
  }

  /** Each folder twice in the next, without a circle: 2 to the power of 40 ways lead down. */
  private static void doubling(Path folder) throws IOException {
    Path depths = Files.createDirectory(folder.resolve("depths"));
    for (int depth = 0; depth < 40; depth++) {
      Path here = Files.createDirectory(depths.resolve("d" + depth));
      if (depth > 0) {
        link(here.resolve("l"), Path.of("../d" + (depth - 1)));
        link(here.resolve("r"), Path.of("../d" + (depth - 1)));
      }
    }
  }

  private static void link(Path link, Path target) throws IOException {
    Files.createSymbolicLink(link, target);
  }

  private static void bytes(Path file) throws IOException {
    Files.write(file, new byte[] {'a', (byte) 0xff});
  }

  private static void large(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(30L * 1024 * 1024);
    }
  }

  private static void shell(String script) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
    process.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertThat(process.waitFor()).isZero();
  }

  private void project(String more) throws IOException {
    Files.writeString(
        temp.resolve("project/wrangler.jsonc"),
        "{\"name\": \"shop\", \"compatibility_date\": \"2026-01-01\", \"" + more + "}");
  }
}
