package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollback comes over a deploy that is under way in another process. */
final class PreemptionTest {

  private final Scene scene = new Scene();
  private final List<RunReport> rollbacks = new ArrayList<>();

  @BeforeEach
  void serveTwoGoodVersions() {
    scene.deploy("1");
    scene.deploy("2");
  }

  private static boolean isProductionGetting(String label, ActivateRequest request) {
    return request.target().equals(PRODUCTION) && request.reason().equals("release " + label);
  }

  private void rollBack() {
    rollbacks.add(scene.rollback("back"));
  }

  @Test
  void putsTheNewVersionAwayAndEndsTheDeployAsSuperseded() {
    scene.whenStepStarts = Scene.once("check production", this::rollBack);

    RunReport deploy = scene.deploy("3");

    assertThat(rollbacks.get(0).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(deploy.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(deploy.summary()).contains("rollback back");
    assertThat(scene.serving()).contains("2");
  }

  @Test
  void leavesTheDeployNothingToGoOnWith() {
    scene.whenStepStarts = Scene.once("check production", this::rollBack);
    scene.deploy("3");
    int activations = scene.deployer.activations(PRODUCTION);

    RunReport again = scene.deploy("3");

    assertThat(again.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(scene.deployer.activations(PRODUCTION)).isEqualTo(activations);
  }

  @Test
  void letsTheDeploySendNothingMoreAlsoWhileItSettles() {
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean sent;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (!sent && isProductionGetting("3", request)) {
              sent = true;
              scene.time.after(Duration.ofMillis(500), PreemptionTest.this::rollBack);
              throw ProviderException.of(FailureKind.UNAVAILABLE, "status 503");
            }
            return super.activate(request, call);
          }
        };

    RunReport deploy = scene.deploy("3");

    assertThat(deploy.outcome()).isEqualTo(Outcome.SUPERSEDED);
    assertThat(rollbacks.get(0).outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void endsInConflictWhenACallOfTheDeployLandsAllTheSame() {
    Duration window = Duration.ofSeconds(30);
    scene.deployer.lagging(window);
    scene.time.advance(window);
    scene.vendor =
        new ForwardingDeployer(scene.deployer) {
          private boolean sent;

          @Override
          public Deployment activate(ActivateRequest request, CallContext call) {
            if (!sent && isProductionGetting("3", request)) {
              sent = true;
              scene.time.after(Duration.ofSeconds(1), PreemptionTest.this::rollBack);
              scene.time.after(Duration.ofSeconds(40), () -> super.activate(request, call));
              throw ProviderException.of(FailureKind.TIMEOUT, "no answer in time");
            }
            return super.activate(request, call);
          }
        };

    scene.deploy("3");

    assertThat(rollbacks.get(0).outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(scene.serving()).contains("3");
  }

  @Test
  void doesNotComeOverAnotherRollback() {
    scene.whenStepStarts =
        Scene.once("check production put back", () -> rollbacks.add(scene.rollback("second")));

    RunReport first = scene.rollback("first");

    assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(rollbacks.get(0).outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(rollbacks.get(0).reason()).contains("LEASED");
  }

  @Test
  void isTriedForADeployThatIsInTheWayOfADeployButOnlyToldWhoItIs() {
    List<RunReport> second = new ArrayList<>();
    scene.whenStepStarts =
        Scene.once("check production", () -> second.add(scene.deploy("4", "second")));

    RunReport first = scene.deploy("3", "first");

    assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(second.get(0).outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(second.get(0).summary())
        .contains("run first")
        .contains("step 'activate production'");
  }

  @Test
  void countsTheVersionThatWasPutAwayAsBad() {
    scene.whenStepStarts = Scene.once("check production", this::rollBack);
    scene.deploy("3");
    scene.deploy("5");

    RunReport back = scene.rollback("again");

    assertThat(back.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("2");
  }
}
