package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingWordsTest {

  private static final String SETTINGS =
      "{\"logpush\":true,\"observability\":{\"enabled\":true,\"head_sampling_rate\":0.5,"
          + "\"logs\":{\"enabled\":false}},\"tags\":[\"a\",\"b\"],"
          + "\"tail_consumers\":[{\"service\":\"tail\"}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "schedules | [{\"cron\":\"0 * * * *\"}] | [] | crons '0 * * * *' instead of none",
        "schedules | [] | [{\"cron\":\"1,2 * * * *\"},{\"cron\":\"3 * * * *\"}]"
            + " | crons none instead of '1,2 * * * *', '3 * * * *'",
        "routes | [{\"pattern\":\"a.example/*\",\"zone_id\":\"z\"}] | [{\"pattern\":\"b.example/*\"}]"
            + " | routes a.example/* instead of b.example/*",
        "subdomain | {\"enabled\":false} | {\"enabled\":true,\"previews_enabled\":true}"
            + " | workers.dev off instead of on",
        "subdomain | {\"enabled\":true,\"previews_enabled\":true} | {\"enabled\":true}"
            + " | preview URLs on instead of off",
        "script-settings | {\"observability\":{\"enabled\":true,\"head_sampling_rate\":1},\"tags\":[\"a\"]}"
            + " | {\"observability\":{\"enabled\":true,\"head_sampling_rate\":0.5},\"tags\":[]}"
            + " | observability head_sampling_rate 1 instead of 0.5; tags a instead of none",
        "script-settings | {\"tail_consumers\":[{\"service\":\"tail\"}],\"logpush\":true} | {}"
            + " | tail consumers tail instead of none; logpush on instead of off"
      })
  void tellsFromWhatToWhatAndOnlyWhatDiffers(
      String setting, String wanted, String now, String words) {
    assertThat(SettingWords.change(setting, json(wanted), json(now))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "schedules | [] | crons none",
        "subdomain | {\"enabled\":true,\"previews_enabled\":false}"
            + " | workers.dev on; preview URLs off",
        "script-settings | "
            + SETTINGS
            + " | logpush on; observability on; observability head_sampling_rate 0.5;"
            + " observability logs off; tags a, b; tail consumers tail"
      })
  void tellsWhatIsThere(String setting, String value, String words) {
    assertThat(SettingWords.of(setting, json(value))).isEqualTo(words);
  }

  @Test
  void saysThatRoutesThatCannotBeReadWereNotCompared() {
    assertThat(
            SettingWords.change(
                "routes", json("[{\"pattern\":\"a.example/*\"}]"), MissingNode.getInstance()))
        .isEqualTo(
            "routes a.example/*; those of now could not be compared, since Cloudflare does not tell"
                + " them");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
