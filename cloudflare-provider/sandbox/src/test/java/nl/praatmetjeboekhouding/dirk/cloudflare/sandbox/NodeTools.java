package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real wrangler and workerd that the build has installed. */
final class NodeTools {

  record Ran(int exit, String output) {}

  private static final Path MODULES = Path.of("target/node/node_modules");

  private NodeTools() {}

  static Workerd workerd() {
    return Workerd.find(MODULES)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "workerd is missing in "
                        + MODULES.toAbsolutePath()
                        + ": run 'mvn generate-test-resources', which installs it with npm"));
  }

  /** Runs wrangler against a sandbox in a project's folder. */
  static Ran wrangler(CloudflareSandbox sandbox, Path project, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(node());
    command.add(MODULES.resolve("wrangler/bin/wrangler.js").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("CLOUDFLARE_"));
    environment.put("CI", "1");
    environment.put("HOME", project.resolve("home").toString());
    environment.put("WRANGLER_SEND_METRICS", "false");
    environment.put("CLOUDFLARE_API_BASE_URL", sandbox.apiUri().toString());
    environment.put("CLOUDFLARE_ACCOUNT_ID", sandbox.accountId());
    environment.put("CLOUDFLARE_API_TOKEN", CloudflareSandbox.TOKEN);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ran(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The Node that came with wrangler, or where none came, the one on the path. */
  private static String node() {
    try (Stream<Path> packages = Files.list(MODULES)) {
      return packages
          .filter(folder -> folder.getFileName().toString().startsWith("node-"))
          .map(folder -> folder.resolve("bin/node").toAbsolutePath())
          .filter(Files::isExecutable)
          .map(Path::toString)
          .findFirst()
          .orElse("node");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "wrangler is missing: run 'mvn generate-test-resources', which installs it with npm", e);
    }
  }
}
