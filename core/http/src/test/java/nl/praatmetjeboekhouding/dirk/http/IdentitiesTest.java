package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {

  private static final String LONG = "a".repeat(64 * 1024);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+b",
        "(a|aa)+b",
        "(a*)*b",
        "(.*)(.*)(.*)x",
        "([a-z]+)*\\d",
        "^(([a-z])+.)+[A-Z]([a-z])+$"
      })
  @Timeout(10)
  void aPatternThatBacktracksWithoutEndIsGivenUp(String pattern) {
    Reading reading = Sight.of(page(200, LONG), rule(pattern), Instant.EPOCH);

    assertThat(reading.health()).isEqualTo(Health.INCONCLUSIVE);
    assertThat(reading.identity()).isEmpty();
    assertThat(reading.reason())
        .isEqualTo(
            "does not tell its version: the pattern needs too long for this body; write a simpler"
                + " one");
  }

  @Test
  @Timeout(10)
  void aBadAnswerStaysBadWhateverThePattern() {
    Reading reading = Sight.of(page(500, LONG), rule("(a+)+b"), Instant.EPOCH);

    assertThat(reading.health()).isEqualTo(Health.UNHEALTHY);
    assertThat(reading.reason()).startsWith("answered 500; does not tell its version");
  }

  @Test
  void anHonestPatternReadsTheWholeBody() {
    String body = LONG.substring(40) + " build \"v7\"";

    Reading reading = Sight.of(page(200, body), rule("build \"([^\"]+)\""), Instant.EPOCH);

    assertThat(reading.identity()).hasValue("v7");
    assertThat(reading.reason()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "v(\\d+),v7,7",
    "v\\d+,v7,v7",
    "(?:x(\\d))?v\\d,v7,",
    "v8,v7,",
    "v(\\d*),v,",
  })
  void theFirstGroupIsTheIdentityOrElseTheMatch(String pattern, String body, String identity) {
    Reading reading = Sight.of(page(200, body), rule(pattern), Instant.EPOCH);

    assertThat(reading.identity()).isEqualTo(Optional.ofNullable(identity));
  }

  @Test
  void whyThereIsNoIdentityIsTold() {
    assertThat(why(new IdentityRule.Header("X-Version")))
        .isEqualTo("does not tell its version: no header X-Version");
    assertThat(why(new IdentityRule.Pointer("/version")))
        .isEqualTo("does not tell its version: no text at /version in JSON");
    assertThat(why(rule("v\\d")))
        .isEqualTo("does not tell its version: nothing matches the pattern");
    assertThat(why(new IdentityRule.None())).isEmpty();
  }

  private static String why(IdentityRule rule) {
    Reading reading = Sight.of(page(200, "fine"), rule, Instant.EPOCH);
    assertThat(reading.health()).isEqualTo(Health.HEALTHY);
    return reading.reason();
  }

  private static IdentityRule rule(String pattern) {
    return new IdentityRule.Text(Pattern.compile(pattern));
  }

  private static Page page(int status, String body) {
    return new Page(status, Map.of(), "text/plain", body, false, Optional.empty());
  }
}
