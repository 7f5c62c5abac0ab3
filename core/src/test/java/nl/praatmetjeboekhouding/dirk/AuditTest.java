package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.journal.SentRequests;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.VendorRequest;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingDeployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Call;
import org.junit.jupiter.api.Test;

/** What stands in the journal for whoever has to say who did what, from where, why and when. */
final class AuditTest {

  private final Scene scene = new Scene();

  /** Tells of a request for each call, as a provider over HTTP does. */
  private final class Telling extends ForwardingDeployer {

    private int count;
    private int times = 1;

    Telling() {
      super(scene.deployer);
    }

    private void tell(CallContext call, String what, int status) {
      for (int time = 0; time < times; time++) {
        count++;
        call.audit()
            .accept(
                new VendorRequest(
                    what, status, Duration.ofMillis(7), Map.of("cf-ray", "ray-" + count)));
      }
    }

    @Override
    public Deployment activate(ActivateRequest request, CallContext call) {
      try {
        Deployment made = super.activate(request, call);
        tell(call, "POST /deployments", 200);
        return made;
      } catch (ProviderException e) {
        tell(call, "POST /deployments", 502);
        throw e;
      }
    }

    @Override
    public Optional<Deployment> active(Target target, CallContext call) {
      tell(call, "GET /deployments", 200);
      return super.active(target, call);
    }

    @Override
    public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
      tell(call, "GET /deployments?tag", 200);
      return super.findActivation(request, call);
    }
  }

  private <R extends RunRecord> List<R> records(String run, Class<R> type) {
    return scene.journal.read("run:" + run, 1).stream()
        .map(Entry::record)
        .map(RunRecord::of)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private SentRequests sentFor(String step) {
    return records("task-2", RunRecord.Result.class).stream()
        .filter(result -> result.step().equals(step))
        .findFirst()
        .orElseThrow()
        .requests();
  }

  @Test
  void namesTheVendorsRequestsOfEachStep() {
    scene.vendor = new Telling();
    scene.deploy("1");

    scene.deploy("2");

    assertThat(sentFor("activate production").sent())
        .extracting(VendorRequest::what)
        .containsExactly("GET /deployments", "POST /deployments");
    assertThat(sentFor("activate production").sent().get(1))
        .satisfies(
            request -> {
              assertThat(request.ids()).containsOnlyKeys("cf-ray");
              assertThat(request.status()).isEqualTo(200);
              assertThat(request.took()).isEqualTo(Duration.ofMillis(7));
            });
    assertThat(records("task-2", RunRecord.Decision.class))
        .filteredOn(decision -> decision.step().equals("read production"))
        .allMatch(decision -> decision.requests().sent().size() == 1);
  }

  @Test
  void namesTheRequestsThatFailed() {
    scene.vendor = new Telling();
    scene.deploy("1");
    scene.whenStepStarts =
        Scene.once(
            "activate production",
            () -> scene.deployer.loseNextAnswer(Call.ACTIVATE, FailureKind.UNAVAILABLE));

    scene.deploy("2");

    assertThat(sentFor("activate production").sent())
        .extracting(VendorRequest::status)
        .containsExactly(200, 502, 200);
  }

  @Test
  void namesTheRequestsOfAnEffectWhoseFateNobodyKnows() {
    scene.vendor = new Telling();
    scene.deploy("1");
    scene.whenStepStarts =
        Scene.once(
            "activate production",
            () -> {
              scene.deployer.loseNextAnswer(Call.ACTIVATE, FailureKind.TIMEOUT);
              IntStream.range(0, 1000)
                  .forEach(count -> scene.deployer.failNext(Call.FIND, FailureKind.UNAVAILABLE));
            });

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.HELD);
    assertThat(records("task-2", RunRecord.Tried.class))
        .singleElement()
        .satisfies(
            tried -> {
              assertThat(tried.step()).isEqualTo("activate production");
              assertThat(tried.requests().sent()).extracting(VendorRequest::status).contains(502);
            });
  }

  @Test
  void keepsTheFirstAndTheLastOfMany() {
    Telling telling = new Telling();
    scene.vendor = telling;
    scene.deploy("1");
    scene.whenStepStarts = step -> telling.times = step.equals("activate production") ? 500 : 1;

    scene.deploy("2");

    assertThat(sentFor("activate production").sent()).hasSize(20);
    assertThat(sentFor("activate production").leftOut()).isEqualTo(980);
  }

  @Test
  void saysWhoAskedFromWhereAndWhy() {
    scene.deployer.building("1");
    scene
        .runbook("1")
        .run(DeployRequest.of("api").taskId("task-1").by("ada").because("the new prices"));

    assertThat(records("task-1", RunRecord.Started.class))
        .singleElement()
        .satisfies(
            started -> {
              assertThat(started.by()).isEqualTo("ada");
              assertThat(started.reason()).isEqualTo("the new prices");
              assertThat(started.from())
                  .contains("process " + ProcessHandle.current().pid() + "/")
                  .doesNotContain(System.getProperty("user.home"));
            });
  }

  @Test
  void saysWhichPlanWasApplied() {
    scene.deployer.building("1");
    DeployRunbook runbook = scene.runbook("1");
    var plan = runbook.plan();

    runbook.run(DeployRequest.of("api").taskId("task-1").applying(plan.hash()));

    assertThat(records("task-1", RunRecord.Started.class).get(0).request().path("plan").asText())
        .isEqualTo(plan.hash().hex());
  }

  @Test
  void saysUnderWhichEpochsItRan() {
    scene.deploy("1");
    scene.deploy("2");

    assertThat(records("task-2", RunRecord.Leased.class).get(0).epochs())
        .containsEntry(scene.deployer.resource(PRODUCTION), 2L);
  }

  @Test
  void saysWhatServedBeforeAndAfter() {
    scene.deploy("1");
    scene.sickInProduction("2");

    scene.deploy("2");

    RunRecord.Ended ended = records("task-2", RunRecord.Ended.class).get(0);
    assertThat(ended.before().at("/production/label").asText()).isEqualTo("1");
    assertThat(ended.before().at("/production/deployment").asText()).isEqualTo("d4");
    assertThat(ended.after().at("/production/label").asText()).isEqualTo("1");
    assertThat(ended.after().at("/production/deployment").asText()).isNotEqualTo("d4");
    assertThat(ended.after().at("/staging/label").asText()).isEqualTo("2");
    assertThat(ended.after().at("/production/status").asText()).isEqualTo("ROLLED_BACK");
  }
}
