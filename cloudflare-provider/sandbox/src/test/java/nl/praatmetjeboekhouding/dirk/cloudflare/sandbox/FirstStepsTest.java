package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;

/** What {@code docs/sandbox.md} shows. */
class FirstStepsTest {

  @Test
  void aTestStartsOneAndCountsWhatWasAsked() {
    // snippet: start
    try (CloudflareSandbox cloudflare =
        CloudflareSandbox.builder()
            .zone("example.com")
            .behaviour("shop", request -> WorkerAnswer.json("{\"version\": \"1.0.0\"}"))
            .start()) {
      deploy("shop", cloudflare);

      assertThat(cloudflare.deployments("shop")).hasSize(1);
      assertThat(cloudflare.log("PUT", "**/workers/scripts/shop")).hasSize(1);
      assertThat(answer("http://shop.sandbox.workers.dev/", cloudflare)).contains("1.0.0");
      assertThat(cloudflare.visits("shop.sandbox.workers.dev")).hasSize(1);
    }
    // end
  }

  @Test
  void whatGoesWrongIsPlanted() {
    ManualTime time = ManualTime.create();
    try (CloudflareSandbox cloudflare = CloudflareSandbox.builder().time(time).start()) {
      // snippet: faults
      cloudflare.plant(Fault.dropAfter().on("POST", "**/deployments"));
      cloudflare.plant(Fault.tooMany(Duration.ofSeconds(30)).on("GET", "**").after(3).times(2));
      cloudflare.plant(Fault.refusal(400, 10021, "Uncaught SyntaxError").on("PUT", "**"));
      cloudflare.plant("shop.sandbox.workers.dev", EdgeFault.status(503).times(5));
      cloudflare.propagation(Duration.ofSeconds(10));
      cloudflare.listLag(Duration.ofSeconds(5));
      // end
      Client client = new Client(cloudflare);

      Client.Reply refused = client.put("shop", Client.metadata(), Map.of("index.js", ""));

      assertThat(refused.code()).isEqualTo(10021);
    }
  }

  private static void deploy(String worker, CloudflareSandbox cloudflare) {
    new Client(cloudflare).deployNew(worker, "export default {}");
  }

  private static String answer(String address, CloudflareSandbox cloudflare) {
    return new Client(cloudflare).visit(address).body();
  }
}
