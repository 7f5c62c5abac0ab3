package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real wrangler cannot tell the sandbox from Cloudflare. */
class WranglerIT {

  private static final String HOST = "http://greeter.sandbox.workers.dev/";

  @TempDir Path project;

  private final CloudflareSandbox sandbox =
      CloudflareSandbox.builder().zone("example.com").workerd(NodeTools.workerd()).start();
  private final Client client = new Client(sandbox);

  @BeforeEach
  void copyProject() throws IOException {
    for (String file : List.of("wrangler.jsonc", "src/index.js", "src/release.js")) {
      Path target = project.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(Path.of("src/test/resources/worker").resolve(file), target);
    }
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void deploysUpdatesAndRollsBackAWorkerThatRunsForReal() throws IOException {
    NodeTools.Ran first = wrangler("deploy", "--env=");
    JsonNode afterFirst = client.visitJson(HOST);
    release("2");
    NodeTools.Ran second = wrangler("deploy", "--env=", "--message", "the second");
    JsonNode afterSecond = client.visitJson(HOST);
    NodeTools.Ran back = wrangler("rollback", "--env=", "--message", "back");
    JsonNode afterRollback = client.visitJson(HOST);

    assertThat(List.of(first, second, back)).allSatisfy(WranglerIT::succeeded);
    assertThat(Stream.of(afterFirst, afterSecond, afterRollback).map(WranglerIT::release))
        .containsExactly("1", "2", "1");
    assertThat(afterSecond.path("greeting").asText()).isEqualTo("hello");
    assertThat(afterRollback.path("version")).isEqualTo(afterFirst.path("version"));
    assertThat(sandbox.deployments("greeter")).hasSize(3);
    assertThat(sandbox.versions("greeter")).hasSize(2);
    assertThat(sandbox.log()).allSatisfy(call -> assertThat(call.known()).isTrue());
  }

  @Test
  void readsItsDeploymentsAndVersionsBack() throws IOException {
    wrangler("deploy", "--env=");
    release("2");
    wrangler("deploy", "--env=", "--tag", "v2", "--message", "the second");

    NodeTools.Ran list = wrangler("deployments", "list", "--env=", "--json");
    NodeTools.Ran status = wrangler("deployments", "status", "--env=");
    NodeTools.Ran versions = wrangler("versions", "list", "--env=");
    NodeTools.Ran view =
        wrangler("versions", "view", sandbox.versions("greeter").get(0).id(), "--env=");
    NodeTools.Ran whoami = wrangler("whoami");

    assertThat(List.of(list, status, versions, view, whoami)).allSatisfy(WranglerIT::succeeded);
    List<WorkerVersion> known = sandbox.versions("greeter");
    assertThat(list.output()).contains(known.get(0).id(), known.get(1).id());
    assertThat(status.output()).contains(known.get(0).id(), "the second");
    assertThat(versions.output()).contains("v2");
    assertThat(view.output()).contains(known.get(0).id(), "Compatibility Date");
    assertThat(whoami.output()).contains(sandbox.accountId());
  }

  @Test
  void deploysAnEnvironmentBehindItsRoute() {
    NodeTools.Ran deployed = wrangler("deploy", "--env", "staging");

    JsonNode answer = client.visitJson("http://staging.example.com/");

    succeeded(deployed);
    assertThat(answer.path("greeting").asText()).isEqualTo("hello from staging");
    assertThat(sandbox.workers()).containsExactly("greeter-staging");
    assertThat(sandbox.routes("greeter-staging")).containsExactly("staging.example.com/*");
  }

  @Test
  void uploadsAVersionAndSplitsTheTraffic() throws IOException {
    wrangler("deploy", "--env=");
    release("2");
    wrangler("versions", "upload", "--env=", "--tag", "v2");
    List<WorkerVersion> versions = sandbox.versions("greeter");
    String newer = versions.get(0).id();
    String older = versions.get(1).id();

    NodeTools.Ran split =
        wrangler("versions", "deploy", newer + "@25%", older + "@75%", "--env=", "-y");

    succeeded(split);
    assertThat(sandbox.active("greeter").orElseThrow().shares())
        .containsEntry(newer, 25.0)
        .containsEntry(older, 75.0);
    JsonNode named = client.visitJson(HOST, Overrides.HEADER, "greeter=\"" + newer + "\"");
    assertThat(release(named)).isEqualTo("2");
  }

  @Test
  void isToldWhyAWorkerDoesNotStart() throws IOException {
    Files.writeString(
        project.resolve("src/index.js"), "throw new Error('no config'); export default {};");

    NodeTools.Ran refused = wrangler("deploy", "--env=");

    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.output()).contains("Uncaught Error: no config").contains("10021");
    assertThat(sandbox.workers()).isEmpty();
  }

  @Test
  void keepsSecretsOverDeploys() throws IOException {
    Files.writeString(
        project.resolve("src/index.js"),
        "export default { fetch: (request, env) => Response.json({ secret: env.KEY }) };");
    Files.writeString(project.resolve("secrets.json"), "{\"KEY\": \"s3cret\"}");
    wrangler("deploy", "--env=", "--secrets-file", "secrets.json");

    NodeTools.Ran update = wrangler("deploy", "--env=");
    NodeTools.Ran list = wrangler("secret", "list", "--env=");

    succeeded(update);
    assertThat(list.output()).contains("KEY").doesNotContain("s3cret");
    assertThat(client.visitJson(HOST).path("secret").asText()).isEqualTo("s3cret");
  }

  private NodeTools.Ran wrangler(String... arguments) {
    return NodeTools.wrangler(sandbox, project, arguments);
  }

  private void release(String name) throws IOException {
    Files.writeString(
        project.resolve("src/release.js"), "export const release = \"" + name + "\";\n");
  }

  private static String release(JsonNode answer) {
    return answer.path("release").asText();
  }

  private static void succeeded(NodeTools.Ran ran) {
    assertThat(ran.exit()).as(ran.output()).isZero();
  }
}
