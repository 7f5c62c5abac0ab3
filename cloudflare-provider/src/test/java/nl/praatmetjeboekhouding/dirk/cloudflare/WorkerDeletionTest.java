package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WorkerDeletionTest {

  private static final String ACCOUNT = "/accounts/acc";
  private static final String REFERENCES = "GET shop/references";
  private static final String TAILS = "GET " + ACCOUNT + "/workers/tails/by-consumer/shop";
  private static final String QUEUES = "GET " + ACCOUNT + "/queues?page=1";
  private static final String DELETE = "DELETE " + ACCOUNT + "/workers/services/shop?force=";
  private static final String TITLES =
      "GET " + ACCOUNT + "/storage/kv/namespaces?per_page=100&page=1";

  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(ManualTime.create());
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void open() throws IOException {
    api.gives(REFERENCES, "{\"services\":{\"incoming\":[]},\"durable_objects\":[]}")
        .gives(TAILS, "[]")
        .gives(QUEUES, "[]")
        .gives(TITLES, "[]")
        .gives(DELETE + "false", "null")
        .gives(DELETE + "true", "null");
  }

  @Test
  void asksForNoPageAfterItsTime() {
    ManualTime time = ManualTime.create();
    api.answers(
            "GET " + ACCOUNT + "/queues?name=jobs&page=1",
            200,
            "{\"success\":true,\"result\":[{\"queue_id\":\"q1\",\"queue_name\":\"jobs\"}],"
                + "\"result_info\":{\"total_count\":99}}")
        .whenAsked(() -> time.advance(call.timeout()));
    Workers slow = api.workers(time);

    ProviderException failure =
        catchThrowableOfType(
            ProviderException.class, () -> slow.queues().named(List.of("jobs"), call));

    assertThat(failure).hasMessageContaining("20000 ms are over");
  }

  @Test
  void deletesAWorkerThatNobodyUses() {
    assertThat(delete()).isEmpty();
    assertThat(written()).containsExactly(DELETE + "false");
  }

  @Test
  void refusesToDeleteOneThatOthersUseAndNamesThem() {
    api.instead(
            REFERENCES,
            "{\"services\":{\"incoming\":[{\"service\":\"front\",\"environment\":\"production\"},"
                + "{\"service\":\"back\",\"environment\":\"staging\"}],\"pages_function\":true},"
                + "\"durable_objects\":[{\"service\":\"shop\"},{\"service\":\"chat\","
                + "\"durable_object_namespace_name\":\"shop_Room\"}],"
                + "\"dispatch_outbounds\":[{\"service\":\"platform\",\"namespace\":\"tenants\"}]}")
        .instead(TAILS, "[{\"producer\":{\"script\":\"noisy\"}}]")
        .instead(
            QUEUES,
            "[{\"queue_name\":\"orders\",\"consumers\":[{\"script\":\"shop\"}]},"
                + "{\"queue_name\":\"mail\",\"consumers\":[{\"script\":\"other\"}]}]");

    ProviderException refused = catchThrowableOfType(ProviderException.class, this::delete);

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused)
        .hasMessageContaining(
            "in use: the Worker front is bound to it as a service; the Worker back (staging) is"
                + " bound to it as a service; a Pages project is bound to it as a service; the"
                + " Worker chat is bound to its Durable Objects shop_Room; the Worker platform"
                + " sends through it what leaves the dispatch namespace tenants; the Worker noisy"
                + " sends its logs to it; the queue orders is consumed by it;");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void deletesItAlthoughItIsUsedIfAskedSo() {
    api.instead(REFERENCES, "{\"services\":{\"incoming\":[{\"service\":\"front\"}]}}");

    assertThat(deleteAlthoughUsed()).isEmpty();
    assertThat(written()).containsExactly(DELETE + "true");
    assertThat(api.lines()).doesNotContain(REFERENCES);
  }

  @Test
  void tellsWhatTheTokenMayNotLookAtAndLeavesItToCloudflare() {
    api.insteadRefuses(REFERENCES, 403, 10000, "no").insteadRefuses(QUEUES, 403, 10000, "no");

    assertThat(delete())
        .hasSize(2)
        .allSatisfy(warning -> assertThat(warning).contains("the token may not"));
    assertThat(written()).containsExactly(DELETE + "false");
  }

  @Test
  void deletesNothingWhereItCannotLook() {
    api.insteadRefuses(TAILS, 400, 7003, "no");

    assertThat(catchThrowableOfType(ProviderException.class, this::delete).kind())
        .isEqualTo(FailureKind.NOT_FOUND);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void deletesWhatTheAssetsOfItsSiteWereKeptIn() {
    String namespace = "DELETE " + ACCOUNT + "/storage/kv/namespaces/";
    api.instead(
            TITLES,
            "[{\"id\":\"k1\",\"title\":\"__shop-workers_sites_assets\"},"
                + "{\"id\":\"k2\",\"title\":\"shop\"},"
                + "{\"id\":\"k3\",\"title\":\"__shop-workers_sites_assets_preview\"}]")
        .gives(namespace + "k1", "null")
        .gives(namespace + "k3", "null");

    assertThat(delete()).isEmpty();
    assertThat(written()).containsExactly(DELETE + "false", namespace + "k1", namespace + "k3");
  }

  @Test
  void tellsThatAssetsAreLeftOnceTheWorkerIsDeleted() {
    api.insteadRefuses(TITLES, 403, 10000, "no");
    assertThat(delete()).singleElement().asString().contains("The assets of its site");

    api.insteadRefuses(TITLES, 400, 7003, "no");
    ProviderException failure = catchThrowableOfType(ProviderException.class, this::delete);
    assertThat(failure)
        .hasMessageContaining("shop is deleted, but the assets of its site may be left");
    assertThat(failure.requestId()).contains(StubServer.RAY);
  }

  // snippet: delete
  private List<String> delete() {
    return Wrangler.with(workers).delete("shop", call);
  }

  private List<String> deleteAlthoughUsed() {
    return Wrangler.with(workers).deleteAlthoughUsed("shop", call);
  }

  // end

  private List<String> written() {
    return api.writes().stream().map(RecordingApi.Asked::line).toList();
  }
}
