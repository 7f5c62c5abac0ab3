package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The real wrangler and workerd, which the build installs before the integration tests. Where it
 * could not for want of npm, the test that asks is skipped and says so.
 */
final class NodeTools {

  record Ran(int exit, String output) {}

  private static final Path FOLDER = Path.of("target/node");
  private static final Path MODULES = FOLDER.resolve("node_modules");
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*", Pattern.DOTALL);

  private NodeTools() {}

  static Workerd workerd() {
    assumeInstalled();
    return Workerd.find(MODULES)
        .orElseThrow(() -> new IllegalStateException("npm brought no workerd for this machine"));
  }

  /** Runs wrangler against a sandbox in a project's folder. */
  static Ran wrangler(CloudflareSandbox sandbox, Path project, String... arguments) {
    assumeInstalled();
    List<String> command = new ArrayList<>();
    command.add(node());
    command.add(MODULES.resolve("wrangler/bin/wrangler.js").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("CLOUDFLARE_"));
    environment.put("CI", "1");
    environment.put("HOME", project.resolve("home").toString());
    environment.put("NODE_COMPILE_CACHE", FOLDER.resolve("cache").toAbsolutePath().toString());
    environment.put("WRANGLER_SEND_METRICS", "false");
    environment.put("CLOUDFLARE_API_BASE_URL", sandbox.apiUri().toString());
    environment.put("CLOUDFLARE_ACCOUNT_ID", sandbox.accountId());
    environment.put("CLOUDFLARE_API_TOKEN", CloudflareSandbox.TOKEN);
    return run(builder);
  }

  /**
   * Gives a project some of what was installed, as {@code npm install} would.
   *
   * @param programs such as {@code wrangler}
   */
  static void installIn(Path project, String... programs) throws IOException {
    assumeInstalled();
    Path modules = MODULES.toAbsolutePath();
    Path own = project.resolve("node_modules");
    Path shims = Files.createDirectories(own.resolve(".bin"));
    for (String program : programs) {
      link(shims.resolve(program), modules.resolve(".bin").resolve(program));
      link(own.resolve(program), modules.resolve(program));
    }
    Path node = modules.resolve(".bin/node");
    if (Files.exists(node)) {
      link(shims.resolve("node"), node);
    }
  }

  private static void link(Path from, Path to) throws IOException {
    Path unused = Files.createSymbolicLink(from, to.toRealPath());
  }

  private static void assumeInstalled() {
    Path missing = FOLDER.resolve("missing.txt");
    assumeFalse(Files.exists(missing), () -> read(missing));
    if (!Files.exists(FOLDER.resolve("installed.json"))) {
      throw new IllegalStateException(
          "wrangler and workerd are missing: run 'mvn pre-integration-test', which installs them"
              + " with npm in "
              + FOLDER.toAbsolutePath());
    }
  }

  /** The Node that came with wrangler, or where none came, the one on the path if it will do. */
  private static String node() {
    Optional<String> brought = broughtNode();
    if (brought.isPresent()) {
      return brought.get();
    }
    String version = run(new ProcessBuilder("node", "--version")).output();
    Matcher numbers = VERSION.matcher(version);
    boolean newEnough =
        numbers.matches()
            && Integer.parseInt(numbers.group(1)) * 100 + Integer.parseInt(numbers.group(2))
                >= 2212;
    assumeTrue(newEnough, () -> "wrangler needs Node 22.12, this one is " + version.strip());
    return "node";
  }

  private static Optional<String> broughtNode() {
    try (Stream<Path> packages = Files.list(MODULES)) {
      return packages
          .filter(folder -> folder.getFileName().toString().startsWith("node-"))
          .map(folder -> folder.resolve("bin/node").toAbsolutePath())
          .filter(Files::isExecutable)
          .map(Path::toString)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Ran run(ProcessBuilder builder) {
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ran(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
