package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SightingsTest {

  private static final Target PRODUCTION = new Target("shop", Environment.PRODUCTION);
  private static final StepKey KEY = new StepKey("run-7", "activate production");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final Workers workers = api.workers(TimeSource.system());
  private final Sightings sightings = new Sightings(workers);
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @Test
  void noPageComesBeforeTheFirst() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> workers.versions("shop", 0, call))
        .withMessage("page must be at least 1: 0");
    assertThat(api.lines()).isEmpty();
  }

  @Test
  void findsAnActivationThatStands() {
    listsDeployments(deployment(KEY.text() + " because", NOON));

    assertThat(activation(NOON)).isInstanceOf(Sighting.Done.class);
  }

  @Test
  void findsAnActivationThatWasReplaced() {
    listsDeployments(
        deployment("by hand", NOON.plusSeconds(60)), deployment(KEY.text() + " because", NOON));

    assertThat(activation(NOON)).isInstanceOf(Sighting.Superseded.class);
  }

  @Test
  void doesNotTakeAKeyThatOnlyBeginsAlikeForItsOwn() {
    listsDeployments(deployment(KEY.text() + "-2 because", NOON));

    assertThat(activation(NOON)).isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void tellsThatAnActivationIsAbsentWhenTheListIsShorterThanCloudflareEverCutsIt() {
    listsDeployments(times(9, deployment("by hand", NOON.plusSeconds(60))));

    assertThat(activation(NOON)).isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void tellsThatAnActivationIsAbsentWhereNothingWasEverDeployed() {
    api.refuses("GET shop/deployments", 404, 10007, "no Worker");

    assertThat(activation(NOON)).isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void tellsThatAnActivationIsAbsentWhenAFullListReachesBackBeyondTheIntent() {
    listsDeployments(times(10, deployment("by hand", NOON.minusSeconds(61))));

    assertThat(activation(NOON)).isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void cannotTellOfAnActivationWhenAFullListEndsBeforeTheIntent() {
    listsDeployments(times(10, deployment("by hand", NOON.plusSeconds(1))));

    assertThat(activation(NOON))
        .isInstanceOfSatisfying(
            Sighting.CannotTell.class,
            cannot -> assertThat(cannot.why()).contains("10 deployments").contains("12:00:00Z"));
  }

  @Test
  void allowsForClocksThatDifferByAMinute() {
    listsDeployments(times(10, deployment("by hand", NOON.minusSeconds(59))));

    assertThat(activation(NOON)).isInstanceOf(Sighting.CannotTell.class);
  }

  @Test
  void takesDeploymentsWithoutADateForNoProof() {
    listsDeployments(
        times(10, deployment("by hand", NOON).replace(NOON.toString(), "one of these days")));

    assertThat(activation(NOON)).isInstanceOf(Sighting.CannotTell.class);
  }

  @Test
  void findsAnUploadOnALaterPage() {
    api.gives("GET shop/versions", page(10, "o", "dirk:other", NOON.plusSeconds(60)))
        .gives("GET shop/versions?page=2", page(1, "ours", KEY.text(), NOON));

    Sighting<Version> found = upload(NOON);

    assertThat(found)
        .isInstanceOfSatisfying(
            Sighting.Done.class,
            done -> assertThat(((Version) done.value()).id()).isEqualTo("ours0"));
  }

  @Test
  void looksForAnUploadNoFurtherBackThanTheIntent() {
    api.gives("GET shop/versions", page(10, "o", "dirk:other", NOON.minusSeconds(61)));

    assertThat(upload(NOON)).isInstanceOf(Sighting.Absent.class);

    assertThat(api.lines()).containsExactly("GET shop/versions");
  }

  @Test
  void tellsThatAnUploadIsAbsentWhenThereAreNoMoreVersions() {
    api.gives("GET shop/versions", page(10, "o", "dirk:other", NOON.plusSeconds(60)))
        .gives("GET shop/versions?page=2", page(3, "p", "dirk:other", NOON.plusSeconds(30)));

    assertThat(upload(NOON)).isInstanceOf(Sighting.Absent.class);
  }

  @Test
  void cannotTellOfAnUploadWhenTooManyVersionsCameAfterTheIntent() {
    api.gives("GET shop/versions", page(10, "o", "dirk:other", NOON.plusSeconds(60)));
    for (int page = 2; page <= 10; page++) {
      api.gives(
          "GET shop/versions?page=" + page, page(10, "o", "dirk:other", NOON.plusSeconds(60)));
    }

    assertThat(upload(NOON)).isInstanceOf(Sighting.CannotTell.class);
  }

  private Sighting<Version> upload(Instant since) {
    return sightings.upload(new FindRequest(KEY, PRODUCTION, since), "shop", call);
  }

  private Sighting<?> activation(Instant since) {
    return sightings.activation(new FindRequest(KEY, PRODUCTION, since), "shop", call);
  }

  private void listsDeployments(String... deployments) {
    api.gives("GET shop/deployments", "{\"deployments\":[" + String.join(",", deployments) + "]}");
  }

  private static String[] times(int count, String json) {
    return Collections.nCopies(count, json).toArray(String[]::new);
  }

  private static String deployment(String message, Instant created) {
    return """
    {"id":"d1","created_on":"%s","annotations":{"workers/message":"%s"},
     "versions":[{"version_id":"v1","percentage":100}]}"""
        .formatted(created, message);
  }

  private static String page(int count, String id, String tag, Instant created) {
    String version =
        "{\"id\":\"%s\",\"metadata\":{\"created_on\":\"%s\"},\"annotations\":{\"workers/tag\":\"%s\"}}";
    return IntStream.range(0, count)
        .mapToObj(number -> version.formatted(id + number, created, tag))
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }
}
