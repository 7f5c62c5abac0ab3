package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

  private static final String SHOP = "http://shop.sandbox.workers.dev/";

  @Test
  void uploadsDeploymentsAndVisitsAtOnceLoseNothing() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    try (CloudflareSandbox sandbox = CloudflareSandbox.start()) {
      Client client = new Client(sandbox);
      client.deployNew("shop", "export default {}");
      Callable<Integer> release =
          () -> {
            String version = client.version("shop", "export default {}");
            int deployed = client.split("shop", Map.of(version, 100.0)).status();
            return client.visit(SHOP).statusCode() == 200 ? deployed : 0;
          };

      List<Future<Integer>> releases =
          executor.invokeAll(IntStream.range(0, 100).mapToObj(count -> release).toList());

      for (Future<Integer> each : releases) {
        assertThat(each.get()).isEqualTo(200);
      }
      assertThat(sandbox.deployments("shop")).hasSize(101);
      assertThat(sandbox.versions("shop").stream().map(WorkerVersion::number))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, 101).map(count -> 102 - count).boxed().toList());
      Set<String> ids = new HashSet<>();
      sandbox.versions("shop").forEach(version -> ids.add(version.id()));
      assertThat(ids).hasSize(101);
      assertThat(sandbox.log().stream().map(ApiCall::number))
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, sandbox.log().size()).boxed().toList());
    } finally {
      executor.shutdownNow();
    }
  }
}
