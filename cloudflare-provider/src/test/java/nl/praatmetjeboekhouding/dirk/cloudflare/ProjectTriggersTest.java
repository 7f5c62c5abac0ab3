package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ProjectTriggersTest {

  private static final String ACCOUNT = "/accounts/acc/";
  private static final String PUT = "PUT shop?excludeScript=true&bindings_inherit=strict";
  private static final String DOMAIN = "{\"pattern\": \"shop.example\", \"custom_domain\": true}";
  private static final String WHO_HAS_IT =
      "GET " + ACCOUNT + "workers/domains?hostname=shop.example";
  private static final String CHANGES = "POST shop/domains/changeset?replace_state=true";
  private static final String JOBS = "GET " + ACCOUNT + "queues?name=jobs&page=1";
  private static final String CONSUMER = "\"queues\": {\"consumers\": [{\"queue\": \"jobs\"}]}";
  private static final String WORKFLOW =
      "\"workflows\": [{\"binding\": \"W\", \"name\": \"orders\", \"class_name\": \"Orders\"}]";

  @TempDir private Path folder;
  private final ManualTime time = ManualTime.create();
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(time);
  private final Wrangler wrangler = Wrangler.with(workers);

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    api.gives("GET " + ACCOUNT + "workers/subdomain", "{\"subdomain\":\"us\"}")
        .gives("POST shop/subdomain", "{}");
  }

  @Test
  void setsCustomDomainsWithoutTakingThemFromAnybody() throws IOException {
    isThere("\"routes\": [" + DOMAIN + "]");
    api.gives(WHO_HAS_IT, "[]")
        .gives(CHANGES, "{\"conflicting\":[]}")
        .gives("PUT shop/domains/records", "[]");

    List<String> warnings = triggers(same());

    assertThat(warnings).isEmpty();
    assertThat(writes())
        .containsExactlyInAnyOrder(
            CHANGES + " [{\"hostname\":\"shop.example\"}]",
            "POST shop/subdomain {\"enabled\":false}",
            "PUT shop/domains/records {\"override_scope\":true,\"override_existing_origin\":false,"
                + "\"override_existing_dns_record\":false,"
                + "\"origins\":[{\"hostname\":\"shop.example\"}]}");
  }

  @Test
  void setsNothingWhenACustomDomainBelongsToAnotherWorker() throws IOException {
    isThere("\"routes\": [" + DOMAIN + "]");
    api.gives(WHO_HAS_IT, "[{\"hostname\":\"shop.example\",\"service\":\"blog\"}]");

    ProviderException refused = refused(same());

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused).hasMessageContaining("shop.example belongs to the Worker blog");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void setsNothingWhenDnsRecordsStandInThePlaceOfACustomDomain() throws IOException {
    isThere("\"routes\": [" + DOMAIN + "]");
    api.gives(WHO_HAS_IT, "[]")
        .gives(CHANGES, "{\"conflicting\":[{\"hostname\":\"shop.example\"}]}");

    ProviderException refused = refused(same());

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused).hasMessageContaining("DNS records of shop.example");
    assertThat(writes()).containsExactly(CHANGES + " [{\"hostname\":\"shop.example\"}]");
  }

  @Test
  void takesCustomDomainsFromOthersIfAskedAndSaysFromWhom() throws IOException {
    isThere("\"routes\": [" + DOMAIN + "]");
    api.gives(WHO_HAS_IT, "[{\"hostname\":\"shop.example\",\"service\":\"blog\"}]")
        .gives(CHANGES, "{\"conflicting\":[{\"hostname\":\"shop.example\"}]}")
        .gives("PUT shop/domains/records", "[]");

    List<String> warnings = triggers(WorkerProject::takingDomains);

    assertThat(warnings)
        .hasSize(2)
        .anyMatch(text -> text.contains("from the Worker blog"))
        .anyMatch(text -> text.contains("DNS records of shop.example"));
    assertThat(writes())
        .anyMatch(
            line ->
                line.contains(
                    "\"override_existing_origin\":true,\"override_existing_dns_record\":true"));
  }

  @Test
  void setsCustomDomainsOfWhichItIsNotToBeKnownWhoHasThem() throws IOException {
    isThere("\"routes\": [" + DOMAIN + "]");
    api.refuses(WHO_HAS_IT, 403, 10000, "no")
        .refuses(CHANGES, 403, 10000, "no")
        .gives("PUT shop/domains/records", "[]");

    List<String> warnings = triggers(same());

    assertThat(warnings).hasSize(2).allMatch(text -> text.startsWith("It was not checked"));
    assertThat(writes()).anyMatch(line -> line.contains("\"override_existing_origin\":false"));
  }

  @Test
  void refusesCustomDomainsThatAreNoHost() throws IOException {
    project(
        "\"routes\": [{\"pattern\": \"*.shop.example\", \"custom_domain\": true},\n"
            + " {\"pattern\": \"shop.example/x\", \"custom_domain\": true}]");

    assertThatThrownBy(() -> triggers(same()))
        .isInstanceOfSatisfying(
            ConfigurationException.class, wrong -> assertThat(wrong.faults()).hasSize(2))
        .hasMessageContaining("wrangler.jsonc:2:2")
        .hasMessageContaining("shop.example/x");
  }

  @Test
  void makesTheWorkerAConsumerAndLeavesWhatIsNotSaidToCloudflare() throws IOException {
    isThere(CONSUMER);
    api.gives(JOBS, "[{\"queue_id\":\"q1\",\"queue_name\":\"jobs\",\"consumers\":[]}]")
        .gives("POST " + ACCOUNT + "queues/q1/consumers", "{}");

    triggers(same());

    assertThat(writes())
        .contains(
            "POST /accounts/acc/queues/q1/consumers"
                + " {\"type\":\"worker\",\"script_name\":\"shop\",\"settings\":{}}");
  }

  @Test
  void changesHowTheWorkerConsumesAQueue() throws IOException {
    isThere(
        "\"queues\": {\"consumers\": [{\"queue\": \"jobs\", \"max_batch_size\": 5,"
            + " \"max_batch_timeout\": 2, \"max_retries\": 3, \"max_concurrency\": 4,"
            + " \"retry_delay\": 6, \"dead_letter_queue\": \"dead\"}]}");
    api.gives(
            JOBS,
            "[{\"queue_id\":\"q1\",\"queue_name\":\"jobs\","
                + "\"consumers\":[{\"consumer_id\":\"c1\",\"script\":\"shop\"}]}]")
        .gives("PUT " + ACCOUNT + "queues/q1/consumers/c1", "{}");

    triggers(same());

    assertThat(writes())
        .contains(
            "PUT /accounts/acc/queues/q1/consumers/c1"
                + " {\"type\":\"worker\",\"dead_letter_queue\":\"dead\",\"script_name\":\"shop\","
                + "\"settings\":{\"batch_size\":5,\"max_retries\":3,\"max_wait_time_ms\":2000,"
                + "\"max_concurrency\":4,\"retry_delay\":6}}");
  }

  @Test
  void setsNothingWhenAQueueIsNotThere() throws IOException {
    isThere(CONSUMER);
    api.gives(JOBS, "[]");

    ProviderException refused = refused(same());

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(refused).hasMessageContaining("there is no queue jobs");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void definesWorkflows() throws IOException {
    isThere(
        "\"workflows\": [{\"binding\": \"W\", \"name\": \"orders\", \"class_name\": \"Orders\","
            + " \"schedules\": \"0 * * * *\", \"limits\": {\"steps\": 9}},"
            + " {\"binding\": \"B\", \"name\": \"bills\", \"class_name\": \"Bills\","
            + " \"script_name\": \"billing\"}]");
    api.refuses("GET " + ACCOUNT + "workflows/orders", 404, 10200, "none")
        .gives("PUT " + ACCOUNT + "workflows/orders", "{}");

    triggers(same());

    assertThat(writes())
        .contains(
            "PUT /accounts/acc/workflows/orders {\"script_name\":\"shop\",\"class_name\":"
                + "\"Orders\",\"limits\":{\"steps\":9},\"schedules\":[{\"cron\":\"0 * * * *\"}]}");
  }

  @Test
  void takesWorkflowsFromOthersOnlyIfAsked() throws IOException {
    isThere(WORKFLOW);
    api.gives("GET " + ACCOUNT + "workflows/orders", "{\"script_name\":\"old\"}")
        .gives("PUT " + ACCOUNT + "workflows/orders", "{}");

    ProviderException refused = refused(same());
    List<String> warnings = triggers(WorkerProject::takingWorkflows);

    assertThat(refused).hasMessageContaining("orders belongs to the Worker old");
    assertThat(warnings).singleElement().asString().contains("from the Worker old");
  }

  @Test
  void setsNothingWhenAWorkflowIsThereInAnotherJurisdiction() throws IOException {
    isThere(WORKFLOW.replace("\"Orders\"}", "\"Orders\", \"jurisdiction\": \"eu\"}"));
    api.gives("GET " + ACCOUNT + "workflows/orders", "{\"script_name\":\"shop\"}");

    assertThat(refused(WorkerProject::takingWorkflows))
        .hasMessageContaining("another jurisdiction");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void tellsTriggerByTriggerWhatWasSetAndWhatWasNot() throws IOException {
    isThere(
        "\"triggers\": {\"crons\": [\"0 * * * *\"]}, "
            + CONSUMER
            + ", "
            + WORKFLOW
            + ", \"routes\": [\"shop.example/*\", "
            + DOMAIN
            + "]");
    api.gives("GET /zones?name=shop.example&account.id=acc", "[{\"id\":\"z1\"}]")
        .gives("GET /zones/z1/workers/routes", "[]")
        .gives(WHO_HAS_IT, "[]")
        .gives(CHANGES, "{}")
        .gives(JOBS, "[{\"queue_id\":\"q1\",\"queue_name\":\"jobs\",\"consumers\":[]}]")
        .refuses("GET " + ACCOUNT + "workflows/orders", 404, 10200, "none")
        .gives("PUT shop/routes", "[]")
        .refuses("PUT shop/domains/records", 400, 100116, "certificate")
        .gives("PUT shop/schedules", "{}")
        .refuses("POST " + ACCOUNT + "queues/q1/consumers", 400, 11004, "has a consumer")
        .gives("PUT " + ACCOUNT + "workflows/orders", "{}");

    ProviderException refused = refused(same());

    assertThat(refused.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(refused.vendorCodes()).containsExactly("100116");
    assertThat(refused.getSuppressed()).hasSize(1);
    assertThat(refused)
        .hasMessageContaining("not set: custom domains, ")
        .hasMessageContaining("certificate")
        .hasMessageContaining("not set: the consumer of queue jobs, ")
        .hasMessageContaining("has a consumer")
        .hasMessageEndingWith("; set: workers.dev, routes, crons, the workflow orders");
  }

  @Test
  void doesNotSetTriggersOfAWorkerThatIsNotThere() throws IOException {
    project("\"routes\": []");
    api.refuses("GET shop/subdomain", 404, 10007, "none");

    assertThat(refused(same())).hasMessageContaining("deploy it first");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void looksForDnsRecordsAfterTheUploadOfAWorkerThatIsNew() throws IOException {
    project("\"routes\": [" + DOMAIN + "]");
    api.refuses("GET shop/script-settings", 404, 10007, "no Worker")
        .refuses("GET shop/versions", 404, 10007, "no Worker")
        .gives(WHO_HAS_IT, "[]")
        .gives(PUT, "{}")
        .gives(CHANGES, "{\"conflicting\":[{\"hostname\":\"shop.example\"}]}");

    ProviderException refused =
        catchThrowableOfType(
            ProviderException.class, () -> wrangler.deploy(WorkerProject.in(folder), call));

    assertThat(refused)
        .hasMessageContaining("not set: custom domains")
        .hasMessageContaining("nothing is taken back: the Worker shop is live");
    assertThat(writes()).noneMatch(line -> line.startsWith("PUT shop/domains"));
  }

  @Test
  void setsNothingWhereTheFolderOfAssetsIsNotToBeFound() throws IOException {
    isThere("\"assets\": {\"binding\": \"FILES\"}");
    assertThatThrownBy(() -> triggers(same()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("\"assets\" needs a \"directory\"");

    isThere("\"assets\": {\"directory\": \"dist\"}");
    assertThatThrownBy(() -> triggers(same()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is the folder of assets and is not there");
    assertThat(api.asked()).isEmpty();

    Files.createDirectory(folder.resolve("dist"));
    assertThat(triggers(same())).isEmpty();
  }

  private void isThere(String members) throws IOException {
    project(members);
    api.gives("GET shop/subdomain", "{\"enabled\":false}");
  }

  private void project(String members) throws IOException {
    ShopProject.write(folder, members);
  }

  private static UnaryOperator<WorkerProject> same() {
    return UnaryOperator.identity();
  }

  private List<String> triggers(UnaryOperator<WorkerProject> asked) {
    return wrangler.deployTriggers(asked.apply(WorkerProject.in(folder)), call);
  }

  private ProviderException refused(UnaryOperator<WorkerProject> asked) {
    return catchThrowableOfType(ProviderException.class, () -> triggers(asked));
  }

  private List<String> writes() {
    return api.writes().stream().map(one -> one.line() + " " + one.body()).toList();
  }
}
