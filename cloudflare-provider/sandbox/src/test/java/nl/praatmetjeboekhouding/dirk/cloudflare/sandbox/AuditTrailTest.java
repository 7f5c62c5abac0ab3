package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.spi.VendorRequest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Cloudflare's support asks for stands in the journal beside each step. */
class AuditTrailTest {

  @TempDir private Path folder;

  @Test
  void namesTheRayOfEachRequest() {
    try (CloudflareSandbox sandbox =
        CloudflareSandbox.builder()
            .behaviour("shop-staging", request -> WorkerAnswer.json("{\"version\":\"1.0.0\"}"))
            .behaviour("shop-production", request -> WorkerAnswer.json("{\"version\":\"1.0.0\"}"))
            .start()) {
      sandbox.plant(
          Fault.refusal(503, 10013, "unknown error").on("GET", "**/deployments").times(1));

      assertThat(new Shop(sandbox, folder).deploy("1.0.0").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    List<VendorRequest> sent = sent();
    assertThat(sent)
        .isNotEmpty()
        .allSatisfy(request -> assertThat(request.ids()).containsOnlyKeys("cf-ray"));
    assertThat(sent).extracting(request -> request.ids().get("cf-ray")).doesNotHaveDuplicates();
    assertThat(sent)
        .extracting(VendorRequest::what)
        .anyMatch(what -> what.startsWith("PUT ") && what.endsWith("/scripts/shop-production"));
    assertThat(sent).extracting(VendorRequest::status).contains(503);
    assertThat(sent.toString()).doesNotContain(CloudflareSandbox.TOKEN);
  }

  private List<VendorRequest> sent() {
    try (FileJournal journal = FileJournal.open(folder.resolve("journal"), TimeSource.system())) {
      return journal.read("run:deploy-1.0.0", 1).stream()
          .map(entry -> RunRecord.of(entry.record()))
          .flatMap(
              record ->
                  record instanceof RunRecord.Result result
                      ? result.requests().sent().stream()
                      : record instanceof RunRecord.Decision decision
                          ? decision.requests().sent().stream()
                          : List.<VendorRequest>of().stream())
          .toList();
    }
  }
}
