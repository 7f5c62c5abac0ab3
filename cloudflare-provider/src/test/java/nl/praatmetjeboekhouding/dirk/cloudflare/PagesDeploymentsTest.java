package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the runbooks find among the deployments of a Pages project. */
class PagesDeploymentsTest {

  private static final Target PRODUCTION = new Target("site", Environment.PRODUCTION);
  private static final Target STAGING = new Target("site", Environment.STAGING);
  private static final StepKey KEY = new StepKey("r", "up");
  private static final Instant SINCE = Instant.parse("2026-01-01T12:00:00Z");
  private static final String SITE = "/accounts/acc/pages/projects/site";
  private static final String PROJECT = "GET " + SITE;

  @TempDir private Path folder;
  private final CallContext call = CallContext.of(Duration.ofMinutes(2));
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private PagesDeployer deployer;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.jsonc"),
        "{\"name\": \"site\", \"pages_build_output_dir\": \"dist\"}");
    deployer =
        new PagesDeployer(
            api.pages(ManualTime.create()),
            new PagesSite(folder, Optional.empty(), Map.of()),
            Duration.ofSeconds(30));
  }

  @Test
  void anUploadIsFoundOnALaterPageAlsoIfTheClocksDifferByAMinute() {
    api.gives(page("production", 1), ten(production("d2", "2026-01-01T11:59:00Z", "other")))
        .gives(page("production", 2), list(production("d1", "2026-01-01T11:59:00Z", key())));

    Sighting<Version> found = find(PRODUCTION);

    assertThat(found)
        .isInstanceOfSatisfying(
            Sighting.Done.class, done -> assertThat(((Version) done.value()).id()).isEqualTo("d1"));
  }

  @Test
  void anUploadIsAbsentOnceTheDeploymentsAreOlderThanTheSearch() {
    api.gives(page("production", 1), ten(production("d2", "2026-01-01T11:58:59Z", "other")));

    assertThat(find(PRODUCTION)).isInstanceOf(Sighting.Absent.class);
    assertThat(api.lines()).containsExactly(page("production", 1));
  }

  @Test
  void anUploadIsAbsentWhereTheLastPageDoesNotHaveIt() {
    api.gives(page("production", 1), "[]");

    assertThat(find(PRODUCTION)).isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void nobodyCanTellWhereTwentyPagesDoNotReachBack() {
    for (int at = 1; at <= 21; at++) {
      api.gives(page("production", at), ten(production("d2", "2026-01-01T12:00:01Z", "other")));
    }

    assertThat(find(PRODUCTION)).isInstanceOf(Sighting.CannotTell.class);
    assertThat(api.lines()).hasSize(20);
  }

  @Test
  void anUploadToAnotherBranchIsNotTheOneThatIsLookedFor() {
    api.gives(
        page("preview", 1),
        list(preview("d1", "other", "success", key()), preview("d2", "staging", "idle", key())));

    assertThat(find(STAGING))
        .isInstanceOfSatisfying(
            Sighting.Done.class, done -> assertThat(((Version) done.value()).id()).isEqualTo("d2"));
  }

  @ParameterizedTest
  @CsvSource({
    "production, main, true, false",
    "preview, staging, false, true",
    "preview, other, false, false",
    "production, staging, true, false"
  })
  void aVersionIsOfOneTargetOnly(
      String environment, String branch, boolean production, boolean staging) {
    api.gives(
        "GET " + SITE + "/deployments/d1",
        deployment("d1", environment, branch, "2026-01-01T12:00:00Z", "success", "m"));

    assertThat(deployer.version(PRODUCTION, "d1", call).isPresent()).isEqualTo(production);
    assertThat(deployer.version(STAGING, "d1", call).isPresent()).isEqualTo(staging);
  }

  @Test
  void productionServesWhatTheProjectNamesOnceItIsThrough() {
    api.gives(PROJECT, project(production("d1", "2026-01-01T12:00:00Z", "m")));

    assertThat(deployer.active(PRODUCTION, call).map(Deployment::split)).contains(Split.all("d1"));

    api.instead(
        PROJECT,
        project(deployment("d1", "production", "main", "2026-01-01T12:00:00Z", "active", "m")));
    assertThat(deployer.active(PRODUCTION, call)).isEmpty();

    api.instead(PROJECT, project("null"));
    assertThat(deployer.active(PRODUCTION, call)).isEmpty();
  }

  @Test
  void aPreviewServesTheNewestOfItsBranchThatIsThrough() {
    api.gives(page("preview", 1), ten(preview("d9", "other", "success", "m")))
        .gives(
            page("preview", 2),
            list(
                preview("d3", "staging", "failure", "m"),
                preview("d2", "staging", "success", "m"),
                preview("d1", "staging", "success", "m")));

    assertThat(deployer.active(STAGING, call).map(Deployment::split)).contains(Split.all("d2"));
  }

  @Test
  void aPreviewServesNothingWhereNoneOfItsBranchIsThrough() {
    api.gives(page("preview", 1), list(preview("d1", "staging", "idle", "m")));

    assertThat(deployer.active(STAGING, call)).isEmpty();
    assertThat(api.lines()).containsExactly(page("preview", 1));
  }

  @Test
  void whatServesStandsFirstAndOnceThoughOthersAreNewer() {
    String serving = production("d1", "2026-01-01T10:00:00Z", "m");
    api.gives(PROJECT, project(serving))
        .gives(
            page("production", 1),
            list(
                production("d2", "2026-01-01T12:00:00Z", "m"),
                serving,
                production("d0", "2026-01-01T09:00:00Z", "m")));

    DeploymentPage page = deployer.deployments(PRODUCTION, Optional.empty(), call);

    assertThat(sole(page)).containsExactly("d1", "d2", "d0");
    assertThat(page.next()).isEmpty();
  }

  @Test
  void laterPagesLeaveOutWhatStoodFirst() {
    String serving = production("d1", "2026-01-01T10:00:00Z", "m");
    api.gives(PROJECT, project(serving))
        .gives(page("production", 1), ten(production("d2", "2026-01-01T12:00:00Z", "m")))
        .gives(page("production", 2), list(serving, production("d0", "2026-01-01T09:00:00Z", "m")));

    DeploymentPage first = deployer.deployments(PRODUCTION, Optional.empty(), call);
    DeploymentPage second = deployer.deployments(PRODUCTION, first.next(), call);

    assertThat(sole(first)).startsWith("d1", "d2").hasSize(11);
    assertThat(first.next()).contains("2");
    assertThat(sole(second)).containsExactly("d0");
    assertThat(second.next()).isEmpty();
  }

  @Test
  void previewsAreListedByTheirBranchAlone() {
    api.gives(
        page("preview", 1),
        list(preview("d2", "other", "success", "m"), preview("d1", "staging", "success", "m")));

    assertThat(sole(deployer.deployments(STAGING, Optional.empty(), call))).containsExactly("d1");
    assertThat(api.lines()).containsExactly(page("preview", 1));
  }

  private Sighting<Version> find(Target target) {
    return deployer.findUpload(new FindRequest(KEY, target, SINCE), call);
  }

  private static List<String> sole(DeploymentPage page) {
    return page.deployments().stream()
        .map(deployment -> deployment.split().sole().orElseThrow())
        .toList();
  }

  private static String key() {
    return PagesAnswers.message(KEY, new Release("1.0", Digest.of("content")));
  }

  private static String page(String environment, int number) {
    return "GET " + SITE + "/deployments?env=" + environment + "&page=" + number + "&per_page=10";
  }

  private static String list(String... deployments) {
    return "[" + String.join(",", deployments) + "]";
  }

  private static String ten(String deployment) {
    return "[" + String.join(",", Collections.nCopies(10, deployment)) + "]";
  }

  private static String production(String id, String created, String message) {
    return deployment(id, "production", "main", created, "success", message);
  }

  private static String preview(String id, String branch, String status, String message) {
    return deployment(id, "preview", branch, "2026-01-01T12:00:00Z", status, message);
  }

  private static String project(String canonical) {
    return "{\"name\":\"site\",\"production_branch\":\"main\",\"canonical_deployment\":"
        + canonical
        + "}";
  }

  private static String deployment(
      String id, String environment, String branch, String created, String status, String message) {
    return """
        {"id":"%s","environment":"%s","created_on":"%s",
         "latest_stage":{"name":"deploy","status":"%s"},
         "deployment_trigger":{"metadata":{"branch":"%s","commit_message":"%s"}}}
        """
        .formatted(id, environment, created, status, branch, message);
  }
}
