package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.Approval;
import nl.praatmetjeboekhouding.dirk.run.OpenRun;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.Uptime;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gates of a runbook file, asked by one Dirk after the other over one folder. */
final class GatesOfDirkTest {

  private static final DeployRequest DEPLOY = DeployRequest.of("api").taskId("t-1").by("bob");

  @TempDir private Path folder;
  private final ManualTime time = ManualTime.create();
  private final InMemoryDeployer vendor =
      InMemoryDeployer.of(InMemoryDeployer.Shape.SPLITTING, time).building("one");
  private final CountedProbes probes =
      new CountedProbes(
          ScriptedProbe.healthy(time, endpoint -> vendor.serving(Scene.targetOf(endpoint))));

  @Test
  void aDeployIsApprovedElsewhereAndGoesOnElsewhere() throws IOException {
    gates("{ \"approval\": { \"by\": [\"anna\"], \"validFor\": \"4h\" } }");
    Digest plan;
    try (Dirk dirk = builder().open()) {
      RunReport waiting = dirk.deploy(DEPLOY);
      assertThat(waiting.reason()).contains("APPROVAL");
      assertThat(vendor.uploads(STAGING)).isZero();
      plan = waiting.plan().orElseThrow();
    }
    try (Dirk dirk = builder().open()) {
      Approval given = dirk.approve(ApproveRequest.of(plan).by("anna").because("looked at it"));
      assertThat(dirk.approvals(plan)).containsExactly(given);
    }

    try (Dirk dirk = builder().open()) {
      assertThat(dirk.openRuns()).extracting(OpenRun::taskId).containsExactly("t-1");
      List<RunReport> resumed = dirk.resume();

      assertThat(resumed).extracting(RunReport::outcome).containsExactly(Outcome.SUCCEEDED);
      assertThat(dirk.deploy(DEPLOY)).isEqualTo(resumed.get(0));
      assertThat(vendor.uploads(PRODUCTION)).isEqualTo(1);
    }
  }

  @Test
  void aDeployThatWaitsForAnApprovalStaysOpenWhoeverResumesIt() throws IOException {
    gates("{ \"approval\": {} }");
    try (Dirk dirk = builder().open()) {
      dirk.deploy(DEPLOY);

      assertThat(dirk.resume())
          .extracting(RunReport::reason)
          .containsExactly(Optional.of("APPROVAL"));
      assertThat(dirk.abandon(AbandonRequest.of("t-1")).outcome()).isEqualTo(Outcome.CANCELLED);
      assertThat(dirk.openRuns()).isEmpty();
    }
    assertThat(vendor.uploads(STAGING)).isZero();
  }

  @Test
  void theUptimeThatTheBuilderIsGivenIsHeld() throws IOException {
    gates("{ \"errorBudget\": { \"goal\": \"99.9 %\" } }");
    Uptime sick = new Uptime(Duration.ofDays(29), Duration.ofDays(1));
    Uptime well = new Uptime(Duration.ofDays(30), Duration.ZERO);
    try (Dirk dirk = builder().uptime((target, from, to, call) -> Optional.of(sick)).open()) {
      assertThat(dirk.deploy(DEPLOY).reason()).contains("ERROR_BUDGET");
    }

    try (Dirk dirk = builder().uptime((target, from, to, call) -> Optional.of(well)).open()) {
      assertThat(dirk.deploy(DeployRequest.of("api").taskId("t-2")).outcome())
          .isEqualTo(Outcome.SUCCEEDED);
    }
  }

  @Test
  void aFreezeOfTheFileStopsADeployAndNoRollback() throws IOException {
    gates("{}");
    try (Dirk dirk = builder().open()) {
      dirk.deploy(DEPLOY);
      building("two");
      dirk.deploy(DeployRequest.of("api").taskId("t-2"));
    }
    gates(
        """
        { "freeze": [ { "name": "night", "from": "0 0 * * *", "until": "0 6 * * *", "zone": "UTC" } ] }
        """);

    try (Dirk dirk = builder().open()) {
      building("three");
      RunReport frozen = dirk.deploy(DeployRequest.of("api").taskId("t-3"));
      RunReport back = dirk.rollback(RollbackRequest.of("api").taskId("t-4"));

      assertThat(frozen.reason()).contains("FREEZE");
      assertThat(back.outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
    assertThat(vendor.active(PRODUCTION, Scene.CALL).orElseThrow().key().orElseThrow())
        .contains("put-back");
  }

  @Test
  void oneThatIsClosedTakesNoApproval() throws IOException {
    gates("{}");
    Dirk dirk = builder().open();
    dirk.close();

    assertThatThrownBy(() -> dirk.approve(ApproveRequest.of(Digest.of("plan")).by("anna")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> dirk.approvals(Digest.of("plan")))
        .isInstanceOf(IllegalStateException.class);
  }

  private void building(String label) throws IOException {
    vendor.building(label);
    Files.writeString(folder.resolve("package.json"), "{\"version\": \"" + label + "\"}");
  }

  private Dirk.Builder builder() {
    return Dirk.builder()
        .file(folder.resolve("dirk.jsonc"))
        .time(time)
        .provider(vendor.provider("memory"))
        .provider(probes);
  }

  private void gates(String gates) throws IOException {
    building("one");
    Files.writeString(
        folder.resolve("dirk.jsonc"),
        """
        {
          "journal": { "folder": "state" },
          "gates": %s,
          "services": {
            "api": {
              "project": ".",
              "deployer": { "provider": "memory" },
              "probe": { "provider": "scripted" },
              "environments": {
                "staging": { "health": { "url": "https://staging.example.com/health",
                                         "identity": { "pointer": "/version" } } },
                "production": { "health": { "url": "https://api.example.com/health",
                                            "identity": { "pointer": "/version" } } }
              }
            }
          }
        }
        """
            .formatted(gates));
  }
}
