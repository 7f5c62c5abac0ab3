package nl.praatmetjeboekhouding.dirk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "5s, PT5S",
    "2m, PT2M",
    "1h, PT1H",
    "0s, PT0S",
    "007m, PT7M",
    "PT2M, PT2M",
    "PT0.25S, PT0.25S",
    "P1DT2H, PT26H",
    "P1D, PT24H",
    "999999999h, PT999999999H"
  })
  void readsWhatPeopleAndIsoWrite(String text, Duration expected) {
    assertThat(Durations.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "s",
        "5 s",
        " 5s",
        "5S",
        "5sec",
        "1.5s",
        "-5s",
        "+5s",
        "1d",
        "5m30s",
        "P",
        "PT",
        "P1DT",
        "pt5s",
        "PT-5S",
        "P1M",
        "P1Y",
        "1e3s",
        "9999999999s",
        "\u0665s"
      })
  void readsNothingElse(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }
}
