package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Projects with static assets. */
class ProjectAssetsTest {

  private static final String SESSION = "POST shop/assets-upload-session";
  private static final String PUT = "PUT shop?excludeScript=true&bindings_inherit=strict";

  @TempDir private Path folder;
  private final ManualTime time = ManualTime.create();
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(time);

  @BeforeEach
  void open() throws IOException {
    Files.createDirectories(folder.resolve("public"));
    Files.writeString(folder.resolve("public/a.txt"), "a\n");
    api.gives("GET /accounts/acc/workers/subdomain", "{\"subdomain\":\"us\"}")
        .refuses("GET shop/script-settings", 404, 10007, "none")
        .refuses("GET shop/versions", 404, 10007, "none")
        .gives(SESSION, "{\"jwt\":\"all there\",\"buckets\":[]}")
        .gives(PUT, "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}")
        .gives("PATCH shop/script-settings", "{}")
        .gives("POST shop/subdomain", "{}");
  }

  @Test
  void haveATokenThatIsShownToNobody() throws IOException {
    project("\"assets\": {\"directory\": \"public\"}");
    api.insteadRefuses(PUT, 400, 10021, "no assets for all there");

    assertThatThrownBy(() -> Wrangler.with(workers).deploy(WorkerProject.in(folder), call))
        .hasMessageContaining("no assets for (secret)")
        .hasMessageNotContaining("all there");
  }

  @Test
  void areAWorkerWithoutCodeOfWhichNothingElseIsSent() throws IOException {
    Files.writeString(folder.resolve("public/_headers"), "/*\n  X-A: b\n");
    project("\"assets\": {\"directory\": \"public\", \"html_handling\": \"none\"}");

    DeployedWorker deployed = Wrangler.with(workers).deploy(WorkerProject.in(folder), call);

    assertThat(deployed.created()).isTrue();
    assertThat(upload())
        .contains("\"assets\":{\"jwt\":\"all there\",\"config\":{\"html_handling\":\"none\"")
        .contains("\"_headers\":\"/*\\n  X-A: b\\n\"")
        .doesNotContain("bindings", "keep_bindings", "code_update_strategy", "main_module");
  }

  @Test
  void bringNoSecretsAlongAndSaySo() throws IOException {
    project("\"assets\": {\"directory\": \"public\"}");
    WorkerProject project =
        WorkerProject.in(folder).secret("KEY", Secret.of("KEY", () -> "p4ssw0rd"));

    DeployedWorker deployed = Wrangler.with(workers).deploy(project, call);

    assertThat(deployed.warnings())
        .containsExactly("Static assets alone have no secrets; these were not sent: KEY.");
    assertThat(upload()).doesNotContain("p4ssw0rd", "bindings\"");
  }

  @Test
  void areBoundForTheCodeThatGoesWithThem() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    project(
        "\"main\": \"worker.js\", \"assets\": {\"directory\": \"./public\", \"binding\": \"ASSETS\","
            + " \"run_worker_first\": [\"/api/*\", \"!/api/docs/*\"]}");

    DeployedWorker unused = Wrangler.with(workers).deploy(WorkerProject.in(folder), call);

    assertThat(upload())
        .contains("{\"name\":\"ASSETS\",\"type\":\"assets\"}")
        .contains("\"run_worker_first\":[\"/api/*\",\"!/api/docs/*\"]")
        .contains("code_update_strategy");
  }

  @Test
  void areThoseOfTheFolderThatTheCallerNames() throws IOException {
    WorkerProject project =
        WorkerProject.in(folder).named("shop").assets("public").compatibilityDate("2026-01-01");

    DeployedWorker unused = Wrangler.with(workers).deploy(project, call);

    assertThat(upload()).contains("\"assets\":{\"jwt\":\"all there\",\"config\":{}}");
  }

  @Test
  void keepAnythingFromBeingSentWhenTheirFolderIsNotThere() throws IOException {
    project("\"assets\": {\"directory\": \"dist\"}");
    WorkerProject project = WorkerProject.in(folder);

    assertThatThrownBy(() -> Wrangler.with(workers).deploy(project, call))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("dist")
        .hasMessageContaining("build it first");
    assertThatThrownBy(project::check).isInstanceOf(ConfigurationException.class);
    assertThat(api.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | needs a \"directory\"",
        "{\"directory\": \"public\", \"binding\": \"A\"} | there is no \"main\"",
        "{\"directory\": \"public\", \"run_worker_first\": true} | there is no \"main\"",
        "{\"directory\": \"public\", \"run_worker_first\": [\"api\"]} | must begin with / or !/",
        "{\"directory\": \"public\", \"run_worker_first\": [\"!/a\"]} | at least one rule without !",
        "{\"directory\": \"public\", \"run_worker_first\": [\"/a\", \"/a\"]} | which is there twice",
        "{\"directory\": \"public\", \"run_worker_first\": 3} | true, false, or a list",
        "{\"directory\": \"public\", \"html_handling\": \"no\"} | html_handling",
        "{\"directory\": 3} | must be a text"
      })
  void areRefusedWithThePlaceInTheFile(String assets, String why) throws IOException {
    project("\"assets\": " + assets);
    WorkerProject project = WorkerProject.in(folder);

    assertThatThrownBy(project::check)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("wrangler.jsonc")
        .hasMessageContaining(why);
  }

  private String upload() {
    List<RecordingApi.Asked> sent =
        api.writes().stream().filter(asked -> asked.line().equals(PUT)).toList();
    assertThat(sent).hasSize(1);
    return sent.get(0).body();
  }

  private void project(String more) throws IOException {
    Files.writeString(
        folder.resolve("wrangler.jsonc"),
        "{\"name\": \"shop\", \"compatibility_date\": \"2026-01-01\", " + more + "}");
  }
}
