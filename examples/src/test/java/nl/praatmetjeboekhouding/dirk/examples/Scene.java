package nl.praatmetjeboekhouding.dirk.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.CloudflareSandbox;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WorkerAnswer;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WorkerRequest;
import nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.WorkerVersion;

/**
 * A runbook file and a Worker's project in a folder, and a local Cloudflare to deploy to. The
 * Worker is a declared one that tells its release's label. What is printed is kept.
 */
final class Scene implements AutoCloseable {

  private final Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final CloudflareSandbox cloudflare =
      CloudflareSandbox.builder()
          .zone("example.com")
          .behaviour("invoice-api-staging", Scene::answer)
          .behaviour("invoice-api-production", Scene::answer)
          .start();

  /** Sets it up in an empty folder. */
  Scene(Path folder) {
    this.folder = folder;
    write("docs/RULES.md", "Read this before anything is deployed.\n");
    wrangler("");
    write(
        "dirk.jsonc",
        """
        {
          "context": { "files": ["docs/RULES.md"] },
          "journal": { "folder": "journal" },
          "services": {
            "api": {
              "project": "api",
              "deployer": {
                "provider": "cloudflare",
                "settings": { "account": "%1$s", "token": "${env:CLOUDFLARE_API_TOKEN}", "api": "%2$s" }
              },
              "probe": {
                "provider": "http",
                "settings": {
                  "allowPrivateAddresses": true,
                  "connect": {
                    "api.staging.example.com:80": "127.0.0.1:%3$d",
                    "api.example.com:80": "127.0.0.1:%3$d"
                  }
                }
              },
              "environments": {
                "staging": { "health": { "url": "http://api.staging.example.com/health", %4$s } },
                "production": { "health": { "url": "http://api.example.com/health", %4$s } }
              }
            }
          }
        }
        """
            .formatted(
                cloudflare.accountId(),
                cloudflare.apiUri(),
                cloudflare.edgePort(),
                "\"identity\": { \"pointer\": \"/version\" }, \"policy\": { \"identityMatches\": 1, "
                    + "\"readings\": 1, \"every\": \"50ms\", \"patience\": \"20s\" }"));
  }

  /** The project greets people in production so. */
  Scene greeting(String words) {
    wrangler(", \"vars\": { \"GREETING\": \"" + words + "\" }");
    return this;
  }

  private void wrangler(String production) {
    write(
        "api/wrangler.jsonc",
        """
        {
          "name": "invoice-api",
          "main": "index.js",
          "compatibility_date": "2026-11-01",
          "env": {
            "staging": { "route": "api.staging.example.com/*" },
            "production": { "route": "api.example.com/*"%s }
          }
        }
        """
            .formatted(production));
  }

  /** The next build of the project is this release. */
  Scene releasing(String label) {
    write("api/package.json", "{ \"version\": \"" + label + "\" }\n");
    write("api/index.js", "export default {}; // " + label + "\n");
    return this;
  }

  /** From now on the runbook has these gates. */
  Scene gated(String gates) {
    try {
      String text = Files.readString(runbook());
      write("dirk.jsonc", text.replaceFirst("\\{", "{\n  \"gates\": " + gates + ","));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The label of the release that serves production. */
  String serving() {
    var active = cloudflare.active("invoice-api-production").orElseThrow();
    return cloudflare.versions("invoice-api-production").stream()
        .filter(version -> active.shares().containsKey(version.id()))
        .map(Scene::label)
        .findFirst()
        .orElseThrow();
  }

  Path runbook() {
    return folder.resolve("dirk.jsonc");
  }

  PrintStream out() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    cloudflare.close();
  }

  private static WorkerAnswer answer(WorkerRequest request) {
    return WorkerAnswer.json("{ \"version\": \"" + label(request.version()) + "\" }");
  }

  /** What follows the digest in the message that the deployer writes. */
  private static String label(WorkerVersion version) {
    String message = version.annotations().getOrDefault("workers/message", "");
    return message.substring(message.indexOf(' ') + 1);
  }

  private void write(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
