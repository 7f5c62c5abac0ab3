package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DispatchTest {

  private static final String NAMESPACES = "/accounts/acc/workers/dispatch/namespaces";
  private static final String WORKER = NAMESPACES + "/tenants/scripts/shop";
  private static final String PUT = "PUT " + WORKER + "?excludeScript=true&bindings_inherit=strict";
  private static final String UPLOADED = "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}";

  @TempDir private Path folder;
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(ManualTime.create());
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    project("");
  }

  @Test
  void putsANewWorkerIntoANamespaceAndSetsNothingElse() throws IOException {
    project("\"triggers\": {\"crons\": [\"0 * * * *\"]}, \"route\": \"shop.example/*\"");
    api.refuses("GET " + WORKER, 404, 10092, "no").gives(PUT, UPLOADED);

    DeployedWorker deployed = deployInto("tenants");

    assertThat(deployed.created()).isTrue();
    assertThat(deployed.version()).contains("01234567-89ab-cdef-0123-456789abcdef");
    assertThat(deployed.warnings())
        .singleElement()
        .asString()
        .contains("reached only by its dispatcher; not set: routes, schedules");
    assertThat(api.lines()).containsExactly("GET " + WORKER, PUT);
    assertThat(api.writes().get(0).body())
        .contains("\"code_update_strategy\":{\"mode\":\"deferred\",\"max_delay\":300}");
  }

  @Test
  void sendsTheMigrationsThatTheWorkerOfTheNamespaceHasNot() throws IOException {
    project(
        "\"migrations\": [{\"tag\": \"v1\", \"new_classes\": [\"A\"]},"
            + " {\"tag\": \"v2\", \"new_classes\": [\"B\"]}]");
    api.gives("GET " + WORKER, "{\"script\":{\"migration_tag\":\"v1\"}}").gives(PUT, UPLOADED);

    assertThat(deployInto("tenants").created()).isFalse();

    assertThat(api.writes().get(0).body())
        .contains(
            "\"migrations\":{\"old_tag\":\"v1\",\"new_tag\":\"v2\","
                + "\"steps\":[{\"new_classes\":[\"B\"]}]}");
  }

  @Test
  void goesOnlyToTheWorkerThatIsMeant() {
    api.gives("GET " + WORKER, "{\"script\":{\"tag\":\"cafe\"}}");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class,
            () ->
                Wrangler.with(workers)
                    .deployInto(
                        "tenants",
                        WorkerProject.in(folder).onlyTo("beef"),
                        DeployNote.none(),
                        call));

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused).hasMessageContaining("no Worker of this name with the tag beef");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void saysWhatWasMadeWhenTheUploadIsRefused() throws IOException {
    project("\"r2_buckets\": [{\"binding\": \"B\", \"bucket_name\": \"pics\"}]");
    api.refuses("GET " + WORKER, 404, 10092, "no")
        .refuses("GET /accounts/acc/r2/buckets/pics", 404, 10006, "none")
        .gives("POST /accounts/acc/r2/buckets", "{}")
        .refuses(PUT, 400, 10021, "bad script");

    assertThatThrownBy(
            () ->
                Wrangler.with(workers)
                    .deployInto(
                        "tenants",
                        WorkerProject.in(folder).makingResources(),
                        DeployNote.none(),
                        call))
        .hasMessageContaining("bad script")
        .hasMessageEndingWith("nothing is taken back: the R2 bucket pics is made");
  }

  @Test
  void bringsSecretsAlong() {
    api.refuses("GET " + WORKER, 404, 10092, "no").gives(PUT, UPLOADED);
    WorkerProject project =
        WorkerProject.in(folder).secret("KEY", Secret.of("KEY", () -> "p4ssw0rd"));

    DeployedWorker unused =
        Wrangler.with(workers).deployInto("tenants", project, DeployNote.none(), call);

    assertThat(api.writes().get(0).body())
        .contains("{\"name\":\"KEY\",\"type\":\"secret_text\",\"text\":\"p4ssw0rd\"}");
  }

  @Test
  void sendsAgainWhatBrokeDown() {
    api.refuses("GET " + WORKER, 404, 10092, "no")
        .refuses(PUT, 500, 10013, "oh")
        .gives(PUT, UPLOADED);

    assertThat(deployInto("tenants").version()).isPresent();
    assertThat(api.writes()).hasSize(2);
  }

  @Test
  void sendsNothingWhereItCannotLook() {
    api.refuses("GET " + WORKER, 403, 10000, "no");

    assertThat(catchThrowableOfType(ProviderException.class, () -> deployInto("tenants")).kind())
        .isEqualTo(FailureKind.FORBIDDEN);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void makesListsRenamesAndDeletesNamespaces() {
    api.gives("POST " + NAMESPACES, "{\"namespace_id\":\"1\"}")
        .gives("GET " + NAMESPACES, "[{\"namespace_name\":\"tenants\"}]")
        .gives("GET " + NAMESPACES + "/tenants", "{\"namespace_name\":\"tenants\"}")
        .gives("PUT " + NAMESPACES + "/tenants", "{}")
        .gives("DELETE " + NAMESPACES + "/shops", "null");
    DispatchNamespaces namespaces = workers.dispatchNamespaces();

    JsonNode made = namespaces.create("tenants", call);
    namespaces.rename("tenants", "shops", call);
    namespaces.delete("shops", call);

    assertThat(made.path("namespace_id").asText()).isEqualTo("1");
    assertThat(namespaces.all(call)).hasSize(1);
    assertThat(namespaces.namespace("tenants", call).path("namespace_name").asText())
        .isEqualTo("tenants");
    assertThat(api.writes())
        .extracting(asked -> asked.line() + " " + asked.body())
        .containsExactly(
            "POST " + NAMESPACES + " {\"name\":\"tenants\"}",
            "PUT " + NAMESPACES + "/tenants {\"name\":\"shops\"}",
            "DELETE " + NAMESPACES + "/shops ");
  }

  // snippet: dispatch
  private DeployedWorker deployInto(String namespace) {
    return Wrangler.with(workers)
        .deployInto(namespace, WorkerProject.in(folder), DeployNote.none(), call);
  }

  // end

  private void project(String more) throws IOException {
    ShopProject.write(folder, more);
  }
}
