package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.FailedDeploysPolicy;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import org.junit.jupiter.api.Test;

/** A service of which too many deploys failed: more than 25 % of at least 4 in 30 days. */
final class FailedDeploysTest {

  private final Scene scene = new Scene();

  FailedDeploysTest() {
    scene.gates =
        GatesPolicy.standard()
            .withFailedDeploys(
                new FailedDeploysPolicy(BigDecimal.valueOf(25), Duration.ofDays(30), 4));
  }

  @Test
  void blocksWhereMoreThanTheShareFailed() {
    good("1", "2", "3");
    sick("4", "5");
    int staged = scene.deployer.uploads(STAGING);

    RunReport report = scene.deploy("6");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("FAILED_DEPLOYS");
    assertThat(report.summary())
        .contains("2 of the 5 deploys of the last 30d failed, more than 25 %")
        .contains("excepting(\"failed-deploys\", why)");
    assertThat(scene.deployer.uploads(STAGING)).isEqualTo(staged);
  }

  @Test
  void passesWhereExactlyTheShareFailed() {
    good("1", "2", "3");
    sick("4");

    RunReport report = scene.deploy("5");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.notes()).noneMatch(note -> note.contains("failed"));
  }

  @Test
  void passesWithANoteWhereTooFewWereMade() {
    good("1");
    sick("2", "3");

    RunReport report = scene.deploy("4");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.notes())
        .containsOnlyOnce(
            "2 of the 3 deploys of the last 30d failed, which are fewer than 4 and tell nothing.");
  }

  @Test
  void forgetsDeploysThatAreOlder() {
    good("1", "2", "3");
    sick("4", "5");
    scene.time.advance(Duration.ofDays(30));

    RunReport report = scene.deploy("6");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.notes()).anyMatch(note -> note.contains("0 of the 0 deploys"));
  }

  @Test
  void countsADeployThatARollbackPutAwayLater() {
    good("1", "2", "3", "4");
    scene.rollbackTo("3", "back");
    sick("5");

    assertThat(scene.deploy("6").summary()).contains("2 of the 5 deploys");
  }

  @Test
  void countsNeitherRollbacksNorWhatNeverReachedProduction() {
    good("1", "2", "3");
    sick("4");
    scene.testFailure = Optional.of("a test failed");
    scene.deploy("5");
    scene.testFailure = Optional.empty();
    scene.rollbackTo("2", "back");

    assertThat(scene.deploy("6").summary()).contains("2 of the 4 deploys");
  }

  @Test
  void countsTheServicesOwnDeploysOnly() {
    good("1", "2", "3");
    sick("4", "5");

    RunReport report =
        Runbooks.of("web", scene.vendor, scene.looking, scene.journal)
            .time(scene.time)
            .gates(scene.gates)
            .production(
                nl.praatmetjeboekhouding.dirk.model.Endpoint.of(
                    java.net.URI.create("https://web.example.com/health"), scene.identity),
                nl.praatmetjeboekhouding.dirk.model.HealthPolicy.standard())
            .deploy()
            .label(() -> "1")
            .create()
            .run(DeployRequest.of("web").taskId("web-1"));

    assertThat(report.outcome()).isNotEqualTo(Outcome.BLOCKED);
  }

  @Test
  void isPassedByName() {
    good("1", "2", "3");
    sick("4", "5");
    scene.asking = request -> request.excepting("failed-deploys", "the cure");

    RunReport report = scene.deploy("6");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.notes())
        .anyMatch(
            note -> note.startsWith("Failed-deploys did not stop") && note.contains("the cure"));
  }

  private void good(String... labels) {
    for (String label : labels) {
      assertThat(scene.deploy(label).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
  }

  private void sick(String... labels) {
    for (String label : labels) {
      scene.sickInProduction(label);
      assertThat(scene.deploy(label).outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }
  }
}
