package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.DeployRequest;
import nl.praatmetjeboekhouding.dirk.RollbackRequest;
import nl.praatmetjeboekhouding.dirk.Runbooks;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.testing.ScriptedProbe;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What keeps the contract can be deployed to, found sick and put back, whatever kind of vendor it
 * is: a release that is good, one that is sick in production, and one that is good again.
 */
final class FourShapesTest {

  private static final Target STAGING = new Target("api", Environment.STAGING);
  private static final Target PRODUCTION = new Target("api", Environment.PRODUCTION);
  private static final String SICK = "2";

  private final ManualTime time = ManualTime.create();
  private final MemoryJournal journal = MemoryJournal.create(time);

  @ParameterizedTest
  @EnumSource(names = {"SPLITTING", "SWITCHING", "SLOW"})
  void putsTheVersionBeforeBackWhereThatCanBeDone(Shape shape) {
    InMemoryDeployer vendor = InMemoryDeployer.of(shape, time);

    RunReport good = deploy(vendor, "1");
    RunReport sick = deploy(vendor, SICK);
    Optional<String> servedAfterwards = vendor.serving(PRODUCTION);
    RunReport again = rollback(vendor, "again");
    RunReport mended = deploy(vendor, "3");

    assertThat(good.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(sick.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(servedAfterwards).contains("1");
    assertThat(again.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(mended.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(vendor.serving(PRODUCTION)).contains("3");
  }

  @ParameterizedTest
  @EnumSource(names = "AT_ONCE")
  void isHeldWhereThereIsNoWayBackAndGoesOnWithTheNextRelease(Shape shape) {
    InMemoryDeployer vendor = InMemoryDeployer.of(shape, time);

    RunReport good = deploy(vendor, "1");
    RunReport sick = deploy(vendor, SICK);
    Optional<String> servedAfterwards = vendor.serving(PRODUCTION);
    RunReport mended = deploy(vendor, "3");

    assertThat(good.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(sick.outcome()).isEqualTo(Outcome.HELD);
    assertThat(sick.reason()).contains("NO_WAY_BACK");
    assertThat(servedAfterwards).contains(SICK);
    assertThat(mended.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(vendor.serving(PRODUCTION)).contains("3");
  }

  private RunReport deploy(InMemoryDeployer vendor, String label) {
    vendor.building(label);
    return runbooks(vendor)
        .deploy()
        .label(() -> label)
        .create()
        .run(DeployRequest.of("api").taskId("deploy-" + label));
  }

  private RunReport rollback(InMemoryDeployer vendor, String task) {
    return runbooks(vendor).rollback().run(RollbackRequest.of("api").taskId("rollback-" + task));
  }

  private Runbooks runbooks(InMemoryDeployer vendor) {
    ScriptedProbe probe = ScriptedProbe.seeing(time, endpoint -> seen(vendor, endpoint));
    return Runbooks.of("api", vendor, probe, journal)
        .time(time)
        .staging(endpoint("staging"), HealthPolicy.standard())
        .production(endpoint("production"), HealthPolicy.standard());
  }

  private Reading seen(InMemoryDeployer vendor, Endpoint endpoint) {
    boolean staging = endpoint.uri().getHost().startsWith("staging");
    Optional<String> serving = vendor.serving(staging ? STAGING : PRODUCTION);
    if (serving.isEmpty()) {
      return Reading.of(Health.UNHEALTHY, "nobody answers", time.instant());
    }
    boolean sick = !staging && serving.get().equals(SICK);
    Reading reading =
        Reading.of(
            sick ? Health.UNHEALTHY : Health.HEALTHY, sick ? "answered 500" : "", time.instant());
    return reading.withIdentity(serving.get());
  }

  private static Endpoint endpoint(String name) {
    return Endpoint.of(
        URI.create("https://" + name + ".example.com/health"),
        new IdentityRule.Pointer("/version"));
  }
}
