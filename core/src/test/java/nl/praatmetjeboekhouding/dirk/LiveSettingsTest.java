package nl.praatmetjeboekhouding.dirk;

import static nl.praatmetjeboekhouding.dirk.Scene.PRODUCTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is set beside a version when it goes live, and put back with the version before. */
final class LiveSettingsTest {

  private final Scene scene = new Scene();
  private final SettingsVendor vendor = new SettingsVendor(scene.deployer);

  @BeforeEach
  void serveVersionOne() {
    scene.vendor = vendor;
    assertThat(scene.deploy("1").outcome()).isEqualTo(Outcome.SUCCEEDED);
    vendor.wanted = "daily";
  }

  @Test
  void areSetOnceTheVersionIsLive() {
    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(vendor.crons(PRODUCTION)).isEqualTo("daily");
  }

  @Test
  void arePutBackWithTheVersionBefore() {
    scene.sickInProduction("2");

    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(vendor.crons(PRODUCTION)).isEqualTo("hourly");
  }

  @ParameterizedTest
  @EnumSource(names = {"CONFLICT", "FORBIDDEN", "INVALID"})
  void makeTheVersionBeforeBePutBackWhenOneIsRefused(FailureKind kind) {
    scene.whenStepStarts = Scene.once("set crons of production", () -> vendor.failNextSet(kind));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void thatCouldNotBeComparedAreNotComparedAgainByWhoeverGoesOn() {
    scene.identity = new IdentityRule.None();
    scene.whenStepStarts =
        step -> {
          if (step.equals("compare settings of production")) {
            vendor.failNextChanges(FailureKind.FORBIDDEN);
          }
          if (step.equals("check production put back")) {
            scene.cancellation.detach("the process ends");
          }
        };
    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.WAITING);
    scene.whenStepStarts = step -> {};
    scene.cancellation = Cancellation.create();

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("1");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "TIMEOUT", "BROKEN_OFF", "UNREADABLE", "NOT_SENT"})
  void thatCannotBeReadForAWhileDoNotPutAHealthyReleaseBack(FailureKind kind) {
    scene.whenStepStarts =
        Scene.once(
            "compare settings of production",
            () -> IntStream.range(0, 10).forEach(count -> vendor.failNextChanges(kind)));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(vendor.crons(PRODUCTION)).isEqualTo("daily");
  }

  @Test
  void thatCannotBeReadForTooLongMakeTheVersionBeforeBePutBack() {
    scene.whenStepStarts =
        Scene.once(
            "compare settings of production",
            () ->
                IntStream.range(0, 1000)
                    .forEach(count -> vendor.failNextChanges(FailureKind.UNAVAILABLE)));

    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void arePutBackAlsoWhereTheyCannotBeReadForAWhile() {
    scene.sickInProduction("2");
    scene.whenStepStarts =
        Scene.once(
            "compare settings of production put back",
            () ->
                IntStream.range(0, 10)
                    .forEach(count -> vendor.failNextSnapshot(FailureKind.UNAVAILABLE)));

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(vendor.crons(PRODUCTION)).isEqualTo("hourly");
  }

  @Test
  void thatCannotBeReadDoNotStopARollback() {
    scene.deploy("2");
    vendor.failNextSnapshot(FailureKind.FORBIDDEN);

    assertThat(scene.rollback("back").outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(scene.serving()).contains("1");
  }

  @Test
  void thatAProviderGivesTwiceMakeTheVersionBeforeBePutBack() {
    scene.whenStepStarts =
        Scene.once("compare settings of production", () -> vendor.doubling = true);

    RunReport report = scene.deploy("2");

    assertThat(report.outcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(report.summary()).contains("two live settings called crons");
  }

  @Test
  void areSetOnceAlthoughTheAnswerIsLost() {
    scene.deployer.lagging(Duration.ofSeconds(1));
    scene.time.advance(Duration.ofMinutes(1));
    scene.whenStepStarts =
        Scene.once("set crons of production", () -> vendor.failNextSet(FailureKind.BROKEN_OFF));

    assertThat(scene.deploy("2").outcome()).isEqualTo(Outcome.SUCCEEDED);
    assertThat(vendor.crons(PRODUCTION)).isEqualTo("daily");
  }
}
