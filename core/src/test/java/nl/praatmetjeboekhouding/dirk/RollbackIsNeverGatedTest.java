package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.model.ApprovalPolicy;
import nl.praatmetjeboekhouding.dirk.model.ErrorBudgetPolicy;
import nl.praatmetjeboekhouding.dirk.model.FailedDeploysPolicy;
import nl.praatmetjeboekhouding.dirk.model.FreezeWindow;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import nl.praatmetjeboekhouding.dirk.spi.Uptime;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the gates are, they stop deploys and never a way back. */
final class RollbackIsNeverGatedTest {

  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final Duration MONTH = Duration.ofDays(30);

  static IntStream seeds() {
    return IntStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRollbackAsksNoGate(int seed) {
    Random random = new Random(seed);
    Scene scene = scene(random);
    history(scene, random);
    String before = scene.serving().orElseThrow();
    close(scene, random);

    RunReport blocked = scene.deploy("99");
    RunReport back = scene.rollbackTo("1", "back");

    assertThat(blocked.outcome()).isIn(Outcome.BLOCKED, Outcome.WAITING);
    assertThat(back.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(before).isNotEqualTo("1");
    assertThat(scene.serving()).contains("1");
    assertThat(back.steps())
        .extracting(StepReport::name)
        .noneMatch(name -> name.contains("gate") || name.contains("approval"));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theWayBackOfADeployAsksNoGate(int seed) {
    Random random = new Random(seed);
    Scene scene = scene(random);
    history(scene, random);
    String before = scene.serving().orElseThrow();
    AtomicBoolean isDown = new AtomicBoolean();
    scene.uptime =
        Optional.of(
            (target, from, to, call) ->
                Optional.of(
                    isDown.get()
                        ? new Uptime(Duration.ZERO, MONTH)
                        : new Uptime(MONTH, Duration.ZERO)));
    LocalDateTime soon = LocalDateTime.ofInstant(scene.time.instant(), UTC).plusMinutes(30);
    scene.gates =
        GatesPolicy.standard()
            .withErrorBudget(ErrorBudgetPolicy.standard())
            .withFreeze(
                FreezeWindow.of("soon", new FreezeWindow.Once(soon, soon.plusDays(9)), UTC));
    scene.sickInProduction("99");
    scene.whenStepEnded =
        Scene.once(
            "activate production",
            () -> {
              isDown.set(true);
              scene.time.advance(Duration.ofMinutes(30 + random.nextInt(10)));
            });

    RunReport report = scene.deploy("99");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains(before);
    assertThat(scene.deploy("100").outcome()).isEqualTo(Outcome.BLOCKED);
  }

  private static Scene scene(Random random) {
    InMemoryDeployer.Shape[] shapes = {
      InMemoryDeployer.Shape.SPLITTING, InMemoryDeployer.Shape.SWITCHING
    };
    return new Scene(shapes[random.nextInt(shapes.length)]);
  }

  private static void history(Scene scene, Random random) {
    scene.deploy("1");
    scene.deploy("2");
    for (int label = 3; label < 3 + random.nextInt(4); label++) {
      if (random.nextBoolean()) {
        scene.sickInProduction(String.valueOf(label));
      }
      scene.deploy(String.valueOf(label));
    }
  }

  /** At least one gate that lets no deploy through. */
  private static void close(Scene scene, Random random) {
    GatesPolicy gates = GatesPolicy.standard();
    int closed = 1 + random.nextInt(15);
    if ((closed & 1) != 0) {
      gates =
          gates.withFreeze(
              FreezeWindow.of(
                  "always",
                  new FreezeWindow.Once(
                      LocalDateTime.parse("2020-01-01T00:00"),
                      LocalDateTime.parse("2030-01-01T00:00")),
                  UTC));
    }
    if ((closed & 2) != 0) {
      gates = gates.withErrorBudget(ErrorBudgetPolicy.standard());
      scene.uptime =
          Optional.of((target, from, to, call) -> Optional.of(new Uptime(Duration.ZERO, MONTH)));
    }
    if ((closed & 4) != 0) {
      gates =
          gates.withFailedDeploys(new FailedDeploysPolicy(BigDecimal.ZERO, Duration.ofDays(30), 1));
      scene.sickInProduction("98");
      scene.deploy("98");
    }
    if ((closed & 8) != 0) {
      gates = gates.withApproval(ApprovalPolicy.always());
    }
    scene.gates = gates;
  }
}
