package nl.praatmetjeboekhouding.dirk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a freeze is in force, also where clocks are changed. */
final class FreezeWindowTest {

  private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

  @Test
  void isInForceFromItsFirstMomentUntilTheOneAfterItsLast() {
    FreezeWindow christmas = once("2026-12-20T00:00", "2027-01-04T08:00");

    assertThat(christmas.at(instant("2026-12-19T22:59:59.999Z"))).isEmpty();
    assertThat(christmas.at(instant("2026-12-19T23:00:00Z")))
        .contains(frozen("2026-12-19T23:00:00Z", "2027-01-04T07:00:00Z"));
    assertThat(christmas.at(instant("2027-01-04T06:59:59.999Z"))).isPresent();
    assertThat(christmas.at(instant("2027-01-04T07:00:00Z"))).isEmpty();
  }

  @Test
  void comesAgainEveryWeek() {
    FreezeWindow weekend = recurring("0 16 * * FRI", "0 8 * * MON");

    assertThat(weekend.at(instant("2026-01-02T14:59:59Z"))).isEmpty();
    assertThat(weekend.at(instant("2026-01-02T15:00:00Z")))
        .contains(frozen("2026-01-02T15:00:00Z", "2026-01-05T07:00:00Z"));
    assertThat(weekend.at(instant("2026-01-05T06:59:59Z"))).isPresent();
    assertThat(weekend.at(instant("2026-01-05T07:00:00Z"))).isEmpty();
    assertThat(weekend.at(instant("2026-07-03T14:00:00Z")))
        .contains(frozen("2026-07-03T14:00:00Z", "2026-07-06T06:00:00Z"));
  }

  @Test
  void isAnHourShorterOverTheWeekendWhenClocksGoForward() {
    FreezeWindow weekend = recurring("0 16 * * FRI", "0 8 * * MON");

    assertThat(weekend.at(instant("2026-03-28T12:00:00Z")).map(FreezeWindowTest::length))
        .contains(Duration.ofHours(63));
    assertThat(weekend.at(instant("2026-10-24T12:00:00Z")).map(FreezeWindowTest::length))
        .contains(Duration.ofHours(65));
    assertThat(weekend.at(instant("2026-02-07T12:00:00Z")).map(FreezeWindowTest::length))
        .contains(Duration.ofHours(64));
  }

  @Test
  void beginsWhenClocksSkipItsBeginning() {
    FreezeWindow night = recurring("30 2 * * *", "0 5 * * *");

    assertThat(night.at(instant("2026-03-29T00:59:59Z"))).isEmpty();
    assertThat(night.at(instant("2026-03-29T01:00:00Z")))
        .contains(frozen("2026-03-29T01:00:00Z", "2026-03-29T03:00:00Z"));
  }

  @Test
  void endsWhenClocksSkipItsEnd() {
    FreezeWindow night = recurring("0 1 * * *", "30 2 * * *");

    assertThat(night.at(instant("2026-03-29T00:30:00Z")))
        .contains(frozen("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"));
    assertThat(night.at(instant("2026-03-29T01:00:00Z"))).isEmpty();
  }

  @Test
  void isNeverInForceWhereClocksSkipAllOfIt() {
    FreezeWindow short15 = recurring("30 2 * * *", "45 2 * * *");

    assertThat(short15.at(instant("2026-03-29T01:00:00Z"))).isEmpty();
    assertThat(short15.at(instant("2026-03-29T12:00:00Z"))).isEmpty();
    assertThat(once("2026-03-29T02:10", "2026-03-29T02:50").at(instant("2026-03-29T01:00:00Z")))
        .isEmpty();
  }

  @Test
  void beginsAtTheFirstAndEndsAtTheSecondOfATimeThatClocksShowTwice() {
    FreezeWindow night = recurring("30 2 * * *", "45 2 * * *");
    Optional<FreezeWindow.Frozen> frozen =
        Optional.of(frozen("2026-10-25T00:30:00Z", "2026-10-25T01:45:00Z"));

    assertThat(night.at(instant("2026-10-25T00:29:59Z"))).isEmpty();
    assertThat(night.at(instant("2026-10-25T00:30:00Z"))).isEqualTo(frozen);
    assertThat(night.at(instant("2026-10-25T01:10:00Z"))).isEqualTo(frozen);
    assertThat(night.at(instant("2026-10-25T01:45:00Z"))).isEmpty();
    assertThat(once("2026-10-25T02:30", "2026-10-25T02:45").at(instant("2026-10-25T01:10:00Z")))
        .isEqualTo(frozen);
  }

  @Test
  void goesByTheClocksOfItsZone() {
    ZoneId kiritimati = ZoneId.of("Pacific/Kiritimati");
    FreezeWindow day =
        FreezeWindow.of(
            "day",
            new FreezeWindow.Recurring(Cron.parse("0 0 * * SAT"), Cron.parse("0 0 * * SUN")),
            kiritimati);

    assertThat(day.at(instant("2026-01-02T10:00:00Z"))).isPresent();
    assertThat(day.at(instant("2026-01-03T10:00:00Z"))).isEmpty();
  }

  @Test
  void endsAtOnceWhereTheNextOneBegins() {
    FreezeWindow shifts = recurring("0 0,8 * * *", "0 8,16 * * *");

    assertThat(shifts.at(instant("2026-01-01T07:00:00Z")))
        .contains(frozen("2026-01-01T07:00:00Z", "2026-01-01T15:00:00Z"));
    assertThat(shifts.at(instant("2026-01-01T15:00:00Z"))).isEmpty();
  }

  @Test
  void isRefusedWhereItCanNeverBe() {
    assertThatThrownBy(() -> once("2026-01-02T00:00", "2026-01-02T00:00"))
        .hasMessageContaining("later");
    assertThatThrownBy(() -> recurring("0 0 * * *", "0 0 * * *")).hasMessageContaining("differ");
  }

  @Test
  void concernsAllServicesOrThoseItNames() {
    FreezeWindow window = once("2026-01-01T00:00", "2026-01-02T00:00");

    assertThat(window.concerns("api")).isTrue();
    assertThat(window.only("web").concerns("api")).isFalse();
    assertThat(window.only("web", "api").concerns("api")).isTrue();
  }

  private static FreezeWindow once(String from, String until) {
    return FreezeWindow.of(
        "once",
        new FreezeWindow.Once(LocalDateTime.parse(from), LocalDateTime.parse(until)),
        AMSTERDAM);
  }

  private static FreezeWindow recurring(String from, String until) {
    return FreezeWindow.of(
        "again", new FreezeWindow.Recurring(Cron.parse(from), Cron.parse(until)), AMSTERDAM);
  }

  private static Duration length(FreezeWindow.Frozen frozen) {
    return Duration.between(frozen.from(), frozen.until());
  }

  private static FreezeWindow.Frozen frozen(String from, String until) {
    return new FreezeWindow.Frozen(instant(from), instant(until));
  }

  private static Instant instant(String text) {
    return Instant.parse(text);
  }
}
