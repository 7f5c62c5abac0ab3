package nl.praatmetjeboekhouding.dirk.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Minutes that come again. 2026-01-01 is a Thursday. */
final class CronTest {

  @ParameterizedTest
  @CsvSource({
    "0 16 * * FRI,        2026-01-01T00:00, 2026-01-02T16:00, 2025-12-26T16:00",
    "0 16 * * 5,          2026-01-02T16:00, 2026-01-02T16:00, 2026-01-02T16:00",
    "0 16 * * fri,        2026-01-02T16:01, 2026-01-09T16:00, 2026-01-02T16:00",
    "'*/20 9-17 * * 1-5', 2026-01-02T17:45, 2026-01-05T09:00, 2026-01-02T17:40",
    "'0,30 0 1 * *',      2026-01-01T00:10, 2026-01-01T00:30, 2026-01-01T00:00",
    "0 0 * * 0,           2026-01-01T00:00, 2026-01-04T00:00, 2025-12-28T00:00",
    "0 0 * * 7,           2026-01-01T00:00, 2026-01-04T00:00, 2025-12-28T00:00",
    "0 0 * * SAT-SUN,     2026-01-03T12:00, 2026-01-04T00:00, 2026-01-03T00:00",
    "0 0 * * SUN-MON,     2026-01-06T00:00, 2026-01-11T00:00, 2026-01-05T00:00",
    "0 0 * * */3,         2026-01-02T00:00, 2026-01-03T00:00, 2025-12-31T00:00",
    "0 0 29 FEB *,        2026-01-01T00:00, 2028-02-29T00:00, 2024-02-29T00:00",
    "0 0 31 * *,          2026-02-01T00:00, 2026-03-31T00:00, 2026-01-31T00:00",
    "0 0 20 DEC *,        2026-01-01T00:00, 2026-12-20T00:00, 2025-12-20T00:00",
    "10-50/20 * * * *,    2026-01-01T00:51, 2026-01-01T01:10, 2026-01-01T00:50",
    "59 23 31 12 *,       2026-01-01T00:00, 2026-12-31T23:59, 2025-12-31T23:59"
  })
  void comesNextAndCameLast(String text, LocalDateTime at, LocalDateTime next, LocalDateTime last) {
    Cron cron = Cron.parse(text);

    assertThat(cron.next(at)).contains(next);
    assertThat(cron.last(at)).contains(last);
  }

  @Test
  void takesEitherDayWhereBothAreGiven() {
    Cron cron = Cron.parse("0 0 13 * FRI");

    assertThat(cron.next(LocalDateTime.parse("2026-01-03T00:00"))).contains(at("2026-01-09T00:00"));
    assertThat(cron.next(LocalDateTime.parse("2026-01-10T00:00"))).contains(at("2026-01-13T00:00"));
  }

  @Test
  void isNotBeforeASecondThatIsGone() {
    Cron cron = Cron.parse("0 12 * * *");

    assertThat(cron.next(at("2026-01-01T12:00:00.001"))).contains(at("2026-01-02T12:00"));
    assertThat(cron.last(at("2026-01-01T12:00:59"))).contains(at("2026-01-01T12:00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0 16 * *",
        "0 16 * * FRI 2026",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * 32 * *",
        "* * * 13 *",
        "* * * * 8",
        "* * * * FRY",
        "* * * * FRI-MON",
        "30-10 * * * *",
        "5/10 * * * *",
        "*/0 * * * *",
        "1,,2 * * * *",
        "-1 * * * *",
        "@daily",
        "0 16 * * L"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> Cron.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("five fields");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 *"})
  void refusesADayThatNeverComes(String text) {
    assertThatThrownBy(() -> Cron.parse(text)).hasMessageContaining("never");
  }

  @Test
  void isTheSameHoweverItIsSpaced() {
    assertThat(Cron.parse(" 0  16 * * fri"))
        .isEqualTo(Cron.parse("0 16 * * FRI"))
        .hasToString("0 16 * * FRI");
  }

  private static LocalDateTime at(String text) {
    return LocalDateTime.parse(text);
  }
}
