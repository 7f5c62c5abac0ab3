package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that go with an upload. */
class GivenSecretsTest {

  private static final String PUT = "PUT shop?excludeScript=true&bindings_inherit=strict";
  private static final String ADD = "POST shop/versions?bindings_inherit=strict";

  @TempDir private Path folder;
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(ManualTime.create());

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    api.gives("GET /accounts/acc/workers/subdomain", "{\"subdomain\":\"us\"}");
  }

  @Test
  void areSentWithAFirstDeployAndShownNowhere() throws IOException {
    project("\"secrets\": {\"required\": [\"API_KEY\"]}");
    nothingThere();
    WorkerProject project = WorkerProject.in(folder).secret("API_KEY", secret("p4ssw0rd"));

    DeployedWorker deployed = Wrangler.with(workers).deploy(project, call);

    assertThat(api.writes().get(0).body())
        .contains("{\"name\":\"API_KEY\",\"type\":\"secret_text\",\"text\":\"p4ssw0rd\"}")
        .doesNotContain("inherit\"}");
    assertThat(deployed + " " + project.secrets()).doesNotContain("p4ssw0rd");
  }

  @Test
  void areNotToldByAVendorThatRepeatsThem() throws IOException {
    project("\"logpush\": false");
    nothingThere();
    api.insteadRefuses(PUT, 400, 10021, "API_KEY p4ssw0rd is too short");
    WorkerProject project = WorkerProject.in(folder).secret("API_KEY", secret("p4ssw0rd"));

    assertThatThrownBy(() -> Wrangler.with(workers).deploy(project, call))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("too short")
        .hasMessageNotContaining("p4ssw0rd");
  }

  @Test
  void mustBeThereForAWorkerThatIsNot() throws IOException {
    project("\"secrets\": {\"required\": [\"API_KEY\", \"DB_PASS\"]}");
    nothingThere();
    WorkerProject project = WorkerProject.in(folder);

    assertThatThrownBy(() -> Wrangler.with(workers).deploy(project, call))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("API_KEY, DB_PASS");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void stayWhereTheyAreRequiredAndNotGiven() throws IOException {
    project(
        "\"vars\": {\"J\": {\"name\": \"API_KEY\"}},"
            + " \"secrets\": {\"required\": [\"API_KEY\", \"DB_PASS\"]}");
    thereAlready();
    WorkerProject project = WorkerProject.in(folder).secret("DB_PASS", secret("p4ssw0rd"));

    UploadedVersion unused =
        Wrangler.with(workers).uploadVersion(project, VersionNote.none(), call);

    assertThat(api.writes().get(0).body())
        .contains("{\"name\":\"API_KEY\",\"type\":\"inherit\"}")
        .contains("{\"name\":\"DB_PASS\",\"type\":\"secret_text\",\"text\":\"p4ssw0rd\"}");
  }

  @Test
  void standAfterTheVariablesAndThoseThatStayBeforeThem() throws IOException {
    project(
        "\"vars\": {\"N\": 3, \"OVER\": \"o\", \"T\": \"t\"},"
            + " \"ai\": {\"binding\": \"AI\"},"
            + " \"secrets\": {\"required\": [\"Z\", \"A\"]}");
    thereAlready();
    WorkerProject project =
        WorkerProject.in(folder)
            .secret("NEW", secret("1"))
            .secret("OVER", secret("2"))
            .secret("A", secret("3"));

    UploadedVersion unused =
        Wrangler.with(workers).uploadVersion(project, VersionNote.none(), call);

    assertThat(bindingsSent())
        .containsExactly(
            "Z inherit",
            "T plain_text",
            "N json",
            "OVER secret_text",
            "NEW secret_text",
            "A secret_text",
            "AI ai");
  }

  @Test
  void areNotRequiredOfWhatTheCallerGivesAsAVariable() throws IOException {
    project("\"secrets\": {\"required\": [\"A\"]}");
    thereAlready();

    UploadedVersion unused =
        Wrangler.with(workers)
            .uploadVersion(WorkerProject.in(folder).var("A", "1"), VersionNote.none(), call);

    assertThat(bindingsSent()).containsExactly("A plain_text");
  }

  @Test
  void areNotRequiredOfAFirstDeployEither() throws IOException {
    project("\"secrets\": {\"required\": [\"A\"]}");
    nothingThere();
    WorkerProject project = WorkerProject.in(folder).var("A", "1");

    assertThat(Wrangler.with(workers).deploy(project, call).created()).isTrue();

    assertThat(bindingsSent()).containsExactly("A plain_text");
  }

  @Test
  void areNoBindingsBesidesThoseOfTheFile() throws IOException {
    project("\"vars\": {\"A\": \"1\"}, \"secrets\": {\"required\": [\"A\"]}");

    assertThatThrownBy(() -> WorkerProject.in(folder).check())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("more than one binding A");
  }

  private static Secret secret(String value) {
    return Secret.of("a secret", () -> value);
  }

  /** Name and type of each binding of the only upload. */
  private List<String> bindingsSent() throws IOException {
    String body = api.writes().get(0).body();
    String metadata =
        body.lines().filter(line -> line.startsWith("{\"main_module\"")).findFirst().orElseThrow();
    return StreamSupport.stream(
            new ObjectMapper().readTree(metadata).path("bindings").spliterator(), false)
        .map(binding -> binding.path("name").asText() + " " + binding.path("type").asText())
        .toList();
  }

  private void thereAlready() {
    api.gives("GET shop/script-settings", "{\"tags\":[]}")
        .gives("GET shop/versions", "{\"items\":[]}")
        .gives(ADD, "{\"id\":\"v1\"}");
  }

  private void nothingThere() {
    api.refuses("GET shop/script-settings", 404, 10007, "none")
        .refuses("GET shop/versions", 404, 10007, "none")
        .gives(PUT, "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}")
        .gives("PATCH shop/script-settings", "{}")
        .gives("POST shop/subdomain", "{}");
  }

  private void project(String more) throws IOException {
    ShopProject.write(folder, more);
  }
}
