package nl.praatmetjeboekhouding.dirk.examples;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.CloudflareSandbox;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.Workerd;
import nl.praatmetjeboekhouding.dirk.command.Command;
import nl.praatmetjeboekhouding.dirk.command.CommandTask;
import nl.praatmetjeboekhouding.dirk.command.Task;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A copy of the demo's project, to be worked on.
 *
 * @param original where it was copied from
 * @param folder where the copy is
 */
record DemoProject(Path original, Path folder) {

  /** Makes the copy afresh: what an earlier demo left in the folder is deleted. */
  static DemoProject copy(Path original, Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> found = Files.walk(folder)) {
        for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    DemoProject project = new DemoProject(original, folder);
    for (String part : List.of("api", "docs", "dirk.jsonc")) {
      project.take(part, part);
    }
    return project;
  }

  Path runbook() {
    return folder.resolve("dirk.jsonc");
  }

  /** Has npm fetch what the Worker is built, tested and run with. */
  void install(PrintStream out) {
    Command command =
        Command.of(
            folder.resolve("api"),
            "npm",
            "ci",
            "--ignore-scripts",
            "--prefer-offline",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--loglevel=error");
    Task.Worked worked =
        CommandTask.of(command.withTimeout(Duration.ofMinutes(5)), TimeSource.system(), List.of())
            .run(out::println, Cancellation.create());
    if (!worked.succeeded()) {
      throw new IllegalStateException(
          "npm ci failed: " + worked.detail() + ". The demo needs Node.js 20 with its npm");
    }
  }

  /** Starts the local Cloudflare, running Workers for real, and writes its ports into the file. */
  CloudflareSandbox cloudflare() throws IOException {
    Workerd workerd =
        Workerd.find(folder.resolve("api").resolve("node_modules"))
            .orElseThrow(
                () -> new IllegalStateException("npm brought no workerd for this machine"));
    CloudflareSandbox cloudflare =
        CloudflareSandbox.builder().zone("example.com").workerd(workerd).start();
    Files.writeString(
        runbook(),
        Files.readString(runbook())
            .replace("http://127.0.0.1:8787/client/v4", cloudflare.apiUri().toString())
            .replace("127.0.0.1:8788", "127.0.0.1:" + cloudflare.edgePort()));
    return cloudflare;
  }

  /** Does what a colleague's commit would do: brings the next version's files. */
  void change() throws IOException {
    take("next", "api");
  }

  private void take(String from, String to) throws IOException {
    Path source = original.resolve(from);
    try (Stream<Path> found = Files.walk(source)) {
      for (Path path : found.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(to).resolve(source.relativize(path).toString()).normalize();
        Files.createDirectories(copy.resolveSibling(""));
        Files.copy(path, copy, REPLACE_EXISTING);
      }
    }
  }
}
