package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static nl.praatmetjeboekhouding.dirk.Scene.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.context.ContextCheck;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.report.PlanReport;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StagePlan;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deploy would do, told before it is done and held to when it is. */
final class PlanTest {

  private final Scene scene = new Scene();

  @Test
  void tellsWhatWouldHappenAndChangesNothing() {
    scene.deploy("1");
    int uploads = scene.deployer.uploads(PRODUCTION);

    DeployPlan plan = plan("2");

    assertThat(plan.label()).isEqualTo("2");
    assertThat(plan.stages())
        .extracting(StagePlan::environment)
        .containsExactly("staging", "production");
    assertThat(plan.production().serving()).contains("1");
    assertThat(plan.production().reversible()).isTrue();
    assertThat(plan.goesBackTo()).contains("1");
    assertThat(plan.objections()).isEmpty();
    assertThat(scene.deployer.uploads(PRODUCTION)).isEqualTo(uploads);
    assertThat(plan("2")).isEqualTo(plan);
  }

  @Test
  void hasNothingToGoBackToBeforeTheFirstDeploy() {
    DeployPlan plan = plan("1");

    assertThat(plan.goesBackTo()).isEmpty();
    assertThat(plan.production().base()).isEmpty();
    assertThat(PlanReport.toText(plan)).contains("serves now: nothing", "nothing to go back to");
  }

  @Test
  void isAppliedAsLongAsItStands() {
    scene.deploy("1");
    Digest hash = plan("2").hash();

    RunReport report = apply("2", hash);

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(Scene.step(report, "compare with the plan")).isPresent();
  }

  @Test
  void isStaleOnceSomebodyElseDeployed() {
    scene.deploy("1");
    Digest hash = plan("2").hash();
    scene.deployer.deployForeign(PRODUCTION, "hotfix");

    RunReport report = apply("2", hash);

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.reason()).contains("STALE_PLAN");
    assertThat(report.summary()).contains("production.base was", "production.serving was \"1\"");
    assertThat(scene.deployer.uploads(STAGING)).isEqualTo(1);
    assertThat(scene.serving()).contains("hotfix");
  }

  @Test
  void saysThatSomebodysRampIsUnderWay() {
    scene.deploy("1");
    String before = scene.deployer.servingVersion(PRODUCTION).orElseThrow().id();
    scene.deployer.deployForeign(PRODUCTION, "canary");
    BigDecimal half = BigDecimal.valueOf(50);
    scene.deployer.activate(
        new ActivateRequest(
            PRODUCTION,
            new Split(List.of(new Split.Share(before, half), new Split.Share("canary", half))),
            new ExpectedBase.Anything(),
            new StepKey("foreign", "canary"),
            "try it"),
        Scene.CALL);

    DeployPlan plan = plan("2");
    RunReport report = scene.deploy("2");

    assertThat(plan.objections())
        .singleElement()
        .asString()
        .contains("Production traffic is split", "canary 50%");
    assertThat(report.reason()).contains("SPLIT_TRAFFIC");
  }

  @Test
  void isStaleOnceTheBuildIsAnother() {
    Digest hash = plan("1").hash();
    scene.deployer.building("another");

    RunReport report = scene.runbook("1").run(DeployRequest.of("api").taskId("t").applying(hash));

    assertThat(report.reason()).contains("STALE_PLAN");
    assertThat(report.summary()).contains("production.artifact is another");
  }

  @Test
  void isStaleOnceALiveSettingIsAnother() {
    SettingsVendor vendor = new SettingsVendor(scene.deployer);
    scene.vendor = vendor;
    scene.deploy("1");
    vendor.wanted = "daily";
    Digest hash = plan("2").hash();
    vendor.wanted = "weekly";

    RunReport report = apply("2", hash);

    assertThat(report.summary())
        .containsSubsequence(
            "production.liveSettings no longer says",
            "daily",
            "production.liveSettings now says",
            "weekly");
  }

  @Test
  void isStaleOnceADocumentIsAnother(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("VERSION.md"), "1");
    scene.documents = ContextCheck.of(ContextRules.of(folder, List.of("VERSION.md"), List.of()));
    Digest hash = plan("1").hash();
    Files.writeString(folder.resolve("VERSION.md"), "2");

    RunReport report =
        scene
            .runbook("1")
            .run(
                DeployRequest.of("api")
                    .taskId("t")
                    .acknowledging(scene.documents.read().acknowledgement())
                    .applying(hash));

    assertThat(report.summary()).contains("documents.VERSION.md is another");
  }

  @Test
  void isNoPlanThatNobodyMade() {
    RunReport report = apply("1", Digest.of("a guess"));

    assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(report.summary()).contains("there is no plan");
  }

  @Test
  void saysWhyADeployWouldNotStart() {
    scene.deployer.buildingFor(PRODUCTION, "other");
    scene.journal.acquire("memory:api/production", "another", "deploy 3", Duration.ofHours(1));

    DeployPlan plan = scene.runbook("1").plan();

    assertThat(plan.objections())
        .anyMatch(why -> why.contains("different artifacts"))
        .anyMatch(why -> why.contains("held by another"));
    assertThat(PlanReport.toText(plan)).contains("! it would not start: ");
  }

  @Test
  void isPrintedForPeopleAndAsJson() throws IOException {
    scene.deploy("1");

    DeployPlan plan = plan("2");

    assertThat(PlanReport.toText(plan))
        .contains("deploy of api: 2", "serves now: 1", "1 is put back", plan.hash().hex());
    JsonNode json = new ObjectMapper().readTree(PlanReport.toJson(plan));
    assertThat(json.at("/stages/1/environment").asText()).isEqualTo("production");
    assertThat(json.at("/hash").asText()).isEqualTo(plan.hash().hex());
  }

  private DeployPlan plan(String label) {
    scene.deployer.building(label);
    return scene.runbook(label).plan();
  }

  private RunReport apply(String label, Digest hash) {
    scene.deployer.building(label);
    return scene
        .runbook(label)
        .run(DeployRequest.of("api").taskId("apply-" + label).applying(hash));
  }

  @Test
  void saysHowTrafficWouldComeAndWhatTheVendorCannotDo() {
    scene.rollout =
        RolloutPolicy.standard()
            .withRamp(List.of(10, 50), Duration.ZERO)
            .withSoak(SoakPolicy.lasting(Duration.ofMinutes(5)));
    scene.vendor = scene.deployer.reachable();
    scene.deploy("1");

    DeployPlan plan = scene.runbook("2").plan();
    scene.identity = new IdentityRule.None();
    DeployPlan unnamed = scene.runbook("2").plan();

    assertThat(plan.course()).containsExactly("dark", "10 %", "50 %", "100 %", "soak PT5M");
    assertThat(plan.wayBack()).contains("1 is still there");
    assertThat(unnamed.course()).doesNotContain("dark");
    assertThat(unnamed.production().warnings()).anyMatch(note -> note.contains("in the dark"));
    assertThat(PlanReport.toText(plan)).contains("production traffic: dark, 10 %");
  }
}
