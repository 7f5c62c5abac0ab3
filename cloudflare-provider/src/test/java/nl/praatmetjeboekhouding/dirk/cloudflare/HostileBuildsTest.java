package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A project's own bundler that does not behave: it is held within time, memory and disk, and told
 * of in words.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
final class HostileBuildsTest {

  /** This machine's time, which can be moved on. */
  private static final class MovedTime implements TimeSource {
    private volatile Duration more = Duration.ZERO;

    @Override
    public Instant instant() {
      return TimeSource.system().instant().plus(more);
    }

    @Override
    public long nanoTime() {
      return TimeSource.system().nanoTime() + more.toNanos();
    }

    @Override
    public boolean pause(Duration wait, Cancellation cancellation) {
      return TimeSource.system().pause(wait, cancellation);
    }
  }

  private static final String CHILD = "(trap '' TERM; sleep 600) & echo child $!; ";

  @TempDir private Path home;
  private final MovedTime time = new MovedTime();
  private final List<String> heard = new ArrayList<>();
  private final Cancellation cancellation = Cancellation.create();
  private Path folder;
  private Path into;

  @BeforeEach
  void project() throws IOException {
    folder = Files.createDirectories(home.resolve("shop"));
    into = home.resolve("built");
    write("index.ts", "export default { fetch(): Response { return new Response('1') } }");
    write(
        "wrangler.jsonc",
        "{\"name\": \"shop\", \"main\": \"index.ts\", \"compatibility_date\": \"2026-01-01\"}");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "yes",
        "yes >&2",
        "tr '\\0' x < /dev/zero",
        "cat /dev/urandom",
        "yes '' | tr -d x"
      })
  void thatWritesWithoutEndIsEndedAfterTenMinutes(String script) throws IOException {
    tool(script);
    int[] count = new int[2];

    ConfigurationException told =
        fails(
            line -> {
              count[0] = Math.max(count[0], line.length());
              if (count[1]++ == 0) {
                time.more = Duration.ofMinutes(11);
              }
            });

    assertThat(told)
        .hasMessageContaining("was not bundled, and nothing was sent")
        .hasMessageContaining("took longer than 600.0 s");
    assertThat(told.getMessage()).hasSizeLessThan(4_000);
    assertThat(count[0]).isLessThan(2_100);
  }

  @Test
  void thatHangsIsEndedAfterTenMinutesWithAllThatItStarted() throws IOException {
    tool(CHILD + "sleep 600");

    ConfigurationException told =
        fails(
            line -> {
              heard.add(line);
              time.more = Duration.ofMinutes(11);
            });

    assertThat(told).hasMessageContaining("took longer than 600.0 s");
    assertThat(isChildAlive()).isFalse();
  }

  @Test
  void thatLeavesAChildBehindWhichKeepsItsOutputOpenIsNotWaitedFor() throws IOException {
    tool(CHILD + "mkdir -p '" + into + "'; echo 'export default {}' > '" + into + "/index.js'");

    assertThat(bundle(heard::add).tool()).isPresent();
    assertThat(isChildAlive()).isFalse();
  }

  @Test
  void isEndedWithAllThatItStartedWhenItsThreadIsInterrupted() throws IOException {
    tool(CHILD + "sleep 600");
    Thread here = Thread.currentThread();

    ConfigurationException told =
        fails(
            line -> {
              heard.add(line);
              here.interrupt();
            });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(told).hasMessageContaining("was ended");
    assertThat(isChildAlive()).isFalse();
  }

  @Test
  void isEndedWithAllThatItStartedWhenSomebodyCancels() throws IOException {
    tool(CHILD + "sleep 600");

    ConfigurationException told =
        fails(
            line -> {
              heard.add(line);
              cancellation.cancel("enough");
            });

    assertThat(told).hasMessageContaining("was ended");
    assertThat(isChildAlive()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "yes 0123456789abcdef > INTO/index.js",
        "while :; do mktemp INTO/XXXXXXXXXX > /dev/null; done",
        "while :; do mktemp -d INTO/XXXXXXXXXX > /dev/null; done",
        "truncate -s 20G INTO/index.js"
      })
  void thatFillsTheDiskIsEndedWhileThereIsRoom(String script) throws IOException {
    tool("mkdir -p '" + into + "'; " + script.replace("INTO", "'" + into + "'"));

    assertThat(fails(heard::add))
        .hasMessageContaining("was not bundled, and nothing was sent")
        .hasMessageContaining("wrangler 4.164.0 wrote more into " + into)
        .hasMessageContaining("1048576 bytes or 50 files")
        .hasMessageContaining("delete that folder");
  }

  @Test
  void mayWriteIntoAFolderThatIsFullAlready() throws IOException {
    Files.createDirectories(into);
    for (int number = 0; number < 100; number++) {
      Files.writeString(into.resolve("old" + number + ".txt"), "old");
    }
    tool("echo 'export default {}' > '" + into + "/index.js'");

    assertThat(bundle(heard::add).tool()).isPresent();
  }

  @Test
  void thatIsKilledHasBundledNothing() throws IOException {
    tool("mkdir -p '" + into + "'; echo half > '" + into + "/index.js'; kill -9 $$");

    assertThat(fails(heard::add))
        .hasMessageContaining("was not bundled, and nothing was sent")
        .hasMessageContaining("ended with exit 137");
  }

  @Test
  void thatEndsWellButWritesNothingHasBundledNothing() throws IOException {
    tool("exit 0");

    assertThat(fails(heard::add))
        .hasMessageContaining("was not bundled, and nothing was sent")
        .hasMessageContaining(
            "wrangler 4.164.0 ended well, but wrote no " + into.resolve("index.js"));
  }

  @Test
  void doesNotPassOffWhatAnEarlierBundleLeft() throws IOException {
    Files.createDirectories(into);
    Files.writeString(into.resolve("index.js"), "export default 'old'");
    tool("exit 0");

    assertThat(fails(heard::add)).hasMessageContaining("ended well, but wrote no");
  }

  @Test
  void mayNotWriteOverTheScriptItself() throws IOException {
    write("index.js", "import 'x'; export default {}");
    tool("exit 0");
    WorkerProject project = WorkerProject.in(folder).main("index.js");

    assertThatThrownBy(() -> bundler().bundle(project, folder, heard::add, cancellation))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("would be overwritten");
    assertThat(folder.resolve("index.js")).exists();
  }

  @Test
  void getsNoneOfCloudflaresCredentialsAndShowsNone() throws IOException {
    tool(
        "echo \"[$CLOUDFLARE_API_TOKEN$CF_API_TOKEN${CF_API_KEY-given}${CLOUDFLARE_EMAIL-given}]\";"
            + " echo read elsewhere: t0ken-of-old; exit 3");

    ConfigurationException told = fails(heard::add);

    assertThat(heard).containsExactly("[]", "read elsewhere: ***");
    assertThat(told).hasMessageNotContaining("t0ken").hasMessageContaining("exit 3");
  }

  @Test
  void doesNotPassOffTheCodeOfPagesThatAnEarlierBuildLeft() throws IOException {
    write("functions/api.js", "");
    write("public/index.html", "");
    Files.createDirectories(into);
    for (String old :
        List.of("_worker.bundle", "_routes.json", "functions-filepath-routing-config.json")) {
      Files.writeString(into.resolve(old), "old");
    }
    tool("exit 0");
    PagesUpload upload = PagesUpload.of("site", folder.resolve("public"));

    assertThatThrownBy(() -> bundler().bundle(upload, into, heard::add, cancellation))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ended well, but wrote no " + into.resolve("_worker.bundle"));
    assertThat(into).isEmptyDirectory();
  }

  private ConfigurationException fails(Consumer<String> output) {
    return catchThrowableOfType(ConfigurationException.class, () -> bundle(output));
  }

  private Bundler.Bundled bundle(Consumer<String> output) {
    return bundler().bundle(WorkerProject.in(folder), into, output, cancellation);
  }

  private Bundler bundler() {
    return new Bundler(
        time, Map.of("CF_API_TOKEN", "t0ken-of-old"), new WrittenSize.Limit(1024 * 1024, 50));
  }

  /** Whether the child that the tool told of is there and has not ended. */
  private boolean isChildAlive() throws IOException {
    String pid = heard.get(0).replace("child ", "");
    Path stat = Path.of("/proc", pid, "stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  private void tool(String script) throws IOException {
    Path modules = folder.resolve("node_modules");
    Path program = Files.createDirectories(modules.resolve(".bin")).resolve("wrangler");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path described = Files.createDirectories(modules.resolve("wrangler"));
    Files.writeString(described.resolve("package.json"), "{\"version\": \"4.164.0\"}");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
