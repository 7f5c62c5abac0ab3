package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ProjectSiteTest {

  private static final String KV = "/accounts/acc/storage/kv/namespaces";
  private static final String LIST = "GET " + KV + "?per_page=100&page=1";
  private static final String KEYS = "GET " + KV + "/ns1/keys?prefix=";
  private static final String BULK = KV + "/ns1/bulk";
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
    code("export default {}");
    project("\"site\": {\"bucket\": \"./public\"}");
    api.gives("GET /accounts/acc/workers/subdomain", "{\"subdomain\":\"us\"}")
        .refuses("GET shop/script-settings", 404, 10007, "none")
        .refuses("GET shop/versions", 404, 10007, "none")
        .gives(LIST, "[{\"id\":\"ns1\",\"title\":\"__shop-workers_sites_assets\"}]")
        .gives(KEYS, "[]")
        .gives("PUT " + BULK, "{\"successful_key_count\":1,\"unsuccessful_keys\":[]}")
        .gives("DELETE " + BULK, "{}")
        .gives(PUT, "{\"deployment_id\":\"0123456789abcdef0123456789abcdef\"}")
        .gives("PATCH shop/script-settings", "{}")
        .gives("POST shop/subdomain", "{}");
  }

  @Test
  void isToldAsMadeWithoutAnIdWhereCloudflareDoesNotSayIt() {
    api.instead(LIST, "[]").answers("POST " + KV, 200, StubServer.good("{}"));

    assertThatThrownBy(this::deploy)
        .hasMessageContaining("made the key-value namespace __shop-workers_sites_assets without")
        .hasMessageContaining("deploy again");
    assertThat(api.lines()).doesNotContain(PUT);
  }

  @Test
  void bringsItsFilesAndTellsTheCodeWhereTheyAre() {
    deploy();

    assertThat(written("PUT " + BULK))
        .isEqualTo("[{\"key\":\"a.2ff044ad49.txt\",\"value\":\"YQo=\",\"base64\":true}]");
    assertThat(written(PUT))
        .contains(
            "{\"name\":\"__STATIC_CONTENT\",\"type\":\"kv_namespace\",\"namespace_id\":\"ns1\"}",
            "name=\"__STATIC_CONTENT_MANIFEST\"",
            "{\"a.txt\":\"a.2ff044ad49.txt\"}");
  }

  @Test
  void makesItsNamespaceWhereThereIsNone() {
    api.instead(LIST, "[]").gives("POST " + KV, "{\"id\":\"ns1\"}");

    deploy();

    assertThat(written("POST " + KV)).isEqualTo("{\"title\":\"__shop-workers_sites_assets\"}");
    assertThat(written(PUT)).contains("\"namespace_id\":\"ns1\"");
  }

  @Test
  void sendsNothingThatIsThereAndDeletesTheOldOnlyOnceTheCodeIsLive() {
    api.instead(KEYS, "[{\"name\":\"a.2ff044ad49.txt\"},{\"name\":\"a.0000000000.txt\"}]");

    deploy();

    List<String> lines = api.writes().stream().map(RecordingApi.Asked::line).toList();
    assertThat(lines).doesNotContain("PUT " + BULK).containsSubsequence(PUT, "DELETE " + BULK);
    assertThat(written("DELETE " + BULK)).isEqualTo("[\"a.0000000000.txt\"]");
  }

  @Test
  void isDeployedAlsoIfTheOldFilesCannotBeDeleted() {
    api.instead(KEYS, "[{\"name\":\"old.txt\"}]")
        .insteadRefuses("DELETE " + BULK, 403, 10000, "no");

    DeployedWorker deployed = deploy();

    assertThat(deployed.warnings())
        .anyMatch(warning -> warning.startsWith("1 old files of the site may be left"));
  }

  @Test
  void givesAServiceWorkerItsManifestAsAText() throws IOException {
    code("addEventListener('fetch', () => {});");

    deploy();

    assertThat(written(PUT))
        .contains(
            "{\"name\":\"__STATIC_CONTENT_MANIFEST\",\"type\":\"text_blob\","
                + "\"part\":\"__STATIC_CONTENT_MANIFEST\"}");
  }

  @Test
  void bringsAServiceWorkerItsManifestBeforeItsScript() throws IOException {
    code("addEventListener('fetch', () => {});");

    deploy();

    String form = written(PUT);
    assertThat(form.indexOf("filename=\"__STATIC_CONTENT_MANIFEST\""))
        .isPositive()
        .isLessThan(form.indexOf("addEventListener"));
  }

  @Test
  void leadsModulesInFoldersToTheManifestToo() throws IOException {
    Files.createDirectories(folder.resolve("lib/deep"));
    Files.writeString(folder.resolve("lib/deep/files.js"), "export const a = 1;");
    project(
        "\"site\": {\"bucket\": \"./public\"}, \"no_bundle\": true, "
            + "\"rules\": [{\"type\": \"ESModule\", \"globs\": [\"lib/**/*.js\"]}]");

    deploy();

    assertThat(written(PUT))
        .contains(
            "name=\"lib/deep/__STATIC_CONTENT_MANIFEST\"",
            "export { default } from \"../../__STATIC_CONTENT_MANIFEST\";");
  }

  @Test
  void takesTheFolderAndTheRulesThatTheCallerNames() throws IOException {
    Files.createDirectories(folder.resolve("other"));
    Files.writeString(folder.resolve("other/b.txt"), "b\n");
    Files.writeString(folder.resolve("other/c.txt"), "c\n");
    Files.writeString(folder.resolve("other/d.md"), "d\n");
    project("\"site\": {\"bucket\": \"./public\", \"exclude\": [\"b.*\"]}");
    WorkerProject project =
        WorkerProject.in(folder)
            .site("other")
            .siteWithOnly(List.of("*.txt"))
            .siteWithout(List.of("c.*"));

    DeployedWorker unused = Wrangler.with(workers).deploy(project, DeployNote.none(), call);

    assertThat(written(PUT)).contains("{\"b.txt\":\"b.8e4995842c.txt\"}");
  }

  @Test
  void isNotDeployedWhenAFileWasNotTaken() {
    api.instead(
        "PUT " + BULK, "{\"successful_key_count\":0,\"unsuccessful_keys\":[\"a.2ff044ad49.txt\"]}");

    assertThatThrownBy(this::deploy)
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("a.2ff044ad49.txt");
    assertThat(api.lines()).doesNotContain(PUT);
  }

  @Test
  void makesNoVersionWithoutTraffic() {
    assertThatThrownBy(
            () ->
                Wrangler.with(workers)
                    .uploadVersion(WorkerProject.in(folder), VersionNote.none(), call))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("kept once for all versions of shop");
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void isRefusedBesideAssetsAndWithoutABucket() throws IOException {
    project("\"site\": {\"bucket\": \"public\"}, \"assets\": {\"directory\": \"public\"}");
    assertThatThrownBy(this::deploy)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("never both");

    project("\"site\": {\"include\": []}");
    assertThatThrownBy(this::deploy)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("needs a \"bucket\"");
    assertThat(api.asked()).isEmpty();
  }

  private DeployedWorker deploy() {
    return Wrangler.with(workers).deploy(WorkerProject.in(folder), call);
  }

  private String written(String line) {
    List<RecordingApi.Asked> sent =
        api.writes().stream().filter(asked -> asked.line().equals(line)).toList();
    assertThat(sent).hasSize(1);
    return sent.get(0).body();
  }

  private void code(String text) throws IOException {
    Files.writeString(folder.resolve("worker.js"), text);
  }

  private void project(String more) throws IOException {
    ShopProject.write(folder, more);
  }
}
