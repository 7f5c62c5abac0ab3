package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be set afterwards is found out before anything is uploaded. */
class RefusedDeployTest {

  @TempDir private Path folder;

  @Test
  void aWorkerForWorkersDevOfAnAccountThatHasNoneIsNotUploaded() {
    try (CloudflareSandbox sandbox = CloudflareSandbox.builder().withoutSubdomain().start()) {

      RunReport report = new Shop(sandbox, folder).deploy("1.0.0");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.summary())
          .contains("has no workers.dev subdomain; register one")
          .endsWith("Production is as it was.");
      assertThat(sandbox.workers()).isEmpty();
    }
  }

  @Test
  void aWorkerWhoseRouteLeadsToAnotherIsNotUploadedAnywhere() throws IOException {
    try (CloudflareSandbox sandbox = CloudflareSandbox.builder().zone("example.com").start()) {
      Client client = new Client(sandbox);
      client.deployNew("blog", Shop.telling("1"));
      client.send(
          "PUT",
          client.workers("scripts/blog/routes"),
          Json.array(Stream.of(Json.object().put("pattern", "example.com/*"))));
      Shop shop = new Shop(sandbox, folder);
      Files.writeString(
          folder.resolve("wrangler.jsonc"),
          """
          { "name": "shop", "main": "index.js", "compatibility_date": "2026-03-01",
            "env": { "staging": {}, "production": { "routes": ["example.com/*"] } } }
          """);

      RunReport report = shop.deploy("1.0.0");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
      assertThat(report.summary())
          .contains("the route example.com/* leads to the Worker blog; free it first");
      assertThat(sandbox.workers()).containsExactly("blog");
      assertThat(sandbox.routes("blog")).containsExactly("example.com/*");
    }
  }

  @Test
  void whatATokenMayNotLookAtIsANoteOfTheReport() throws IOException {
    try (CloudflareSandbox sandbox =
        CloudflareSandbox.builder()
            .zone("example.com")
            .behaviour("shop-staging", request -> WorkerAnswer.json("{\"version\":\"1.0.0\"}"))
            .behaviour("shop-production", request -> WorkerAnswer.json("{\"version\":\"1.0.0\"}"))
            .start()) {
      sandbox.plant(Fault.refusal(403, 10000, "Authentication error").on("GET", "/zones"));
      Shop shop = new Shop(sandbox, folder);
      Files.writeString(
          folder.resolve("wrangler.jsonc"),
          """
          { "name": "shop", "main": "index.js", "compatibility_date": "2026-03-01",
            "env": {
              "staging": {},
              "production": { "routes": ["example.com/*"], "workers_dev": true } } }
          """);

      RunReport report = shop.deploy("1.0.0");

      assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(report.notes())
          .anySatisfy(
              note -> assertThat(note).startsWith("The routes were not checked before the upload"));
      assertThat(sandbox.routes("shop-production")).containsExactly("example.com/*");
    }
  }
}
