package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.model.ApprovalPolicy;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.report.OutputProtocol;
import nl.praatmetjeboekhouding.dirk.report.PlanReport;
import nl.praatmetjeboekhouding.dirk.run.Approval;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.Test;

/** A deploy that needs somebody else's word; bob asks for it. */
final class ApprovalTest {

  private final Scene scene = Scene.whereVersionsCanBeAddressed();

  ApprovalTest() {
    policy(ApprovalPolicy.always().withValidFor(Duration.ofHours(4)));
    scene.asking = request -> request.by("bob");
  }

  @Test
  void waitsForItAndChangesNothing() {
    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(report.reason()).contains("APPROVAL");
    assertThat(report.plan()).isPresent();
    assertThat(report.summary())
        .contains(report.plan().get().hex(), "needs 1 approval", "nobody has approved it");
    assertThat(OutputProtocol.toJson(report))
        .contains("\"plan\" : \"" + report.plan().get().hex() + "\"");
    assertThat(scene.deployer.uploads(STAGING)).isZero();
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.WAITING);
  }

  @Test
  void goesOnWhenTheSameTaskIsAskedForAgain() {
    Digest plan = scene.deploy("1").plan().orElseThrow();
    scene.heard.clear();

    approve(plan, request -> request.by("anna").because("looked at it"));
    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.plan()).contains(plan);
    assertThat(report.notes())
        .contains("Plan " + plan.abbreviated() + " was approved by anna (looked at it).");
    assertThat(scene.heard).doesNotContain("> test", "> plan", "> ask the gates");
    assertThat(scene.deploy("1")).isEqualTo(report);
  }

  @Test
  void isThePlanThatAnybodyCouldHaveMadeBefore() {
    scene.deployer.building("1");
    DeployPlan plan = scene.runbook("1").plan();
    approve(plan.hash(), request -> request.by("anna"));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.plan()).contains(plan.hash());
  }

  @Test
  void isOfThePlanThatADeployApplies() {
    scene.deployer.building("1");
    DeployPlan plan = scene.runbook("1").plan();
    scene.asking = request -> request.by("bob").applying(plan.hash());

    RunReport waiting = scene.deploy("1");
    approve(plan.hash(), request -> request.by("anna"));

    assertThat(waiting.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(waiting.plan()).contains(plan.hash());
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void ofAnotherPlanDoesNotCount() {
    scene.deployer.building("other");
    Digest other = scene.runbook("other").plan().hash();
    approve(other, request -> request.by("anna"));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(report.plan()).isPresent().get().isNotEqualTo(other);
    assertThat(report.summary())
        .contains("what anna approved is another plan, " + other.abbreviated());
  }

  @Test
  void doesNotCountAnyMoreOnceItRanOut() {
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by("anna"));
    scene.time.advance(Duration.ofHours(4));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(report.summary()).contains("what anna approved counted until 2026-01-01T04:00:00Z");

    approve(plan, request -> request.by("anna"));
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void countsUntilTheMomentBeforeItRunsOut() {
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by("anna"));
    scene.time.advance(Duration.ofHours(4).minusMinutes(10));

    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void thatRunsOutMeanwhileBlocksJustBeforeTrafficMoves() {
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by("anna"));
    scene.whenStepEnded =
        Scene.once("check staging", () -> scene.time.advance(Duration.ofHours(4)));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("APPROVAL");
    assertThat(report.summary()).contains("not approved any more", "counted until");
    assertThat(scene.serving()).isEmpty();
  }

  @Test
  void byWhoAskedForTheDeployDoesNotCount() {
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by(" Bob "));
    approve(plan, request -> request.by("bob").as("team:ops"));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(report.summary()).contains("bob asked for this deploy and may not approve it");
  }

  @Test
  void byWhoAskedForTheDeployDoesNotCountEitherIfAnotherAsksAgain() {
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by("bob"));
    scene.asking = request -> request.by("carol");

    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.WAITING);
  }

  @Test
  void byWhoAskedForTheDeployCountsIfThatIsAllowed() {
    policy(ApprovalPolicy.always().withOwnCounting());
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by("bob"));

    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void isNotWaitedForWhereNobodySaysWhoAsks() {
    scene.asking = UnaryOperator.identity();

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("APPROVAL");
    assertThat(report.summary()).contains("does not say who does", "by(name)");
  }

  @Test
  void byAnybodyElseThanThoseWhoMayDoesNotCount() {
    policy(ApprovalPolicy.always().withBy("anna", "team:ops"));
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by("carol"));
    approve(plan, request -> request.by("dave").as("team:dev"));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(report.summary())
        .contains("carol is not one of those who may approve, anna, team:ops", "dave is not one");
  }

  @Test
  void byOneOfThoseWhoMayCounts() {
    policy(ApprovalPolicy.always().withBy("anna", "team:ops"));
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by("Anna"));

    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void forAGroupThatMayCounts() {
    policy(ApprovalPolicy.always().withBy("anna", "team:ops"));
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by("carol").as("team:ops"));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.notes()).anyMatch(note -> note.contains("carol for team:ops"));
  }

  @Test
  void ofTwoNeedsTwoPeople() {
    policy(ApprovalPolicy.always().withCount(2));
    Digest plan = scene.deploy("1").plan().orElseThrow();
    approve(plan, request -> request.by("anna"));
    approve(plan, request -> request.by("anna").because("twice"));

    RunReport one = scene.deploy("1");
    approve(plan, request -> request.by("carol"));

    assertThat(one.outcome()).isEqualTo(Outcome.WAITING);
    assertThat(one.summary()).contains("only 1 of 2 approved it: anna");
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
  }

  @Test
  void doesNotHelpAPlanThatIsStaleByThen() {
    scene.deploy("1");
    Digest plan = scene.deploy("2", "t-2").plan().orElseThrow();
    approve(plan, request -> request.by("anna"));
    scene.deployer.deployForeign(Scene.PRODUCTION, "hotfix");

    RunReport report = scene.deploy("2", "t-2");

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("STALE_PLAN");
    assertThat(scene.serving()).contains("hotfix");
  }

  @Test
  void isRecordedAndTold() {
    Digest plan = scene.deploy("1").plan().orElseThrow();

    Approval given =
        approve(plan, request -> request.by("anna").as("team:ops").because("looked at it"));

    assertThat(given.service()).isEqualTo("api");
    assertThat(given.at()).isEqualTo(scene.time.instant());
    assertThat(scene.runbook("1").approvals(plan)).containsExactly(given);
    assertThat(scene.journal.read("approval:" + plan.hex(), 1)).hasSize(1);
    assertThat(scene.runbook("1").approvals(Digest.of("another"))).isEmpty();
  }

  @Test
  void isShownInThePlan() {
    scene.deployer.building("1");
    Digest plan = scene.runbook("1").plan().hash();
    assertThat(PlanReport.toText(scene.runbook("1").plan()))
        .contains("gate approval (always 1 by anybody, for 4h)")
        .contains("! needs an approval: nobody has approved it");

    approve(plan, request -> request.by("anna"));

    assertThat(PlanReport.toText(scene.runbook("1").plan()))
        .contains("passes: approved by anna", plan.hex());
  }

  @Test
  void isRefusedForAPlanThatNobodyMade() {
    assertThatThrownBy(() -> approve(Digest.of("a guess"), request -> request.by("anna")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("there is no plan of this hash");
  }

  @Test
  void isRefusedWhereNobodyGivesIt() {
    Digest plan = scene.deploy("1").plan().orElseThrow();

    assertThatThrownBy(() -> approve(plan, request -> request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("whose it is");
    assertThatThrownBy(() -> ApproveRequest.of(plan).as("ops"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("colon");
  }

  @Test
  void canBeWaitedForTooLong() {
    scene.asking = request -> request.by("bob").within(Duration.ofHours(1));
    Digest plan = scene.deploy("1").plan().orElseThrow();
    scene.time.advance(Duration.ofHours(2));
    approve(plan, request -> request.by("anna"));

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED_SAFE);
    assertThat(report.reason()).contains("DEADLINE");
  }

  @Test
  void isNotWaitedForAnyMoreOnceSomebodyCancels() {
    scene.deploy("1");
    scene.cancellation = Cancellation.create();
    scene.cancellation.cancel("no longer wanted");

    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.CANCELLED);
  }

  @Test
  void isNotNeededWhereNoGateAsksForIt() {
    policy(ApprovalPolicy.standard());
    scene.asking = UnaryOperator.identity();

    RunReport report = scene.deploy("1");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(report.plan()).isEmpty();
    assertThat(Scene.step(report, "see the approval")).isEmpty();
  }

  private void policy(ApprovalPolicy approval) {
    scene.gates = GatesPolicy.standard().withApproval(approval);
  }

  private Approval approve(Digest plan, UnaryOperator<ApproveRequest> by) {
    return scene.runbook("1").approve(by.apply(ApproveRequest.of(plan)));
  }
}
