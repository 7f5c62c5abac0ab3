package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a deployment's commit message carries, and comes back from it. */
class PagesAnswersTest {

  private static final Target TARGET = new Target("site", Environment.PRODUCTION);
  private static final StepKey KEY = new StepKey("r", "up");
  private static final Digest DIGEST = Digest.of("content");

  @Test
  void cutsALabelThatWouldNotFindRoom() {
    assertThat(told("x".repeat(50))).isEqualTo("x".repeat(50));
    assertThat(told("x".repeat(51))).isEqualTo("x".repeat(50));
  }

  @Test
  void makesOneSpaceOfAllWhiteSpaceSinceAMessageIsOneLine() {
    assertThat(told("  1.0\n\tnext  day ")).isEqualTo("1.0 next day");
  }

  @ParameterizedTest
  @CsvSource({
    "'', false, false",
    "'fix the header', false, false",
    "'dirk:r:up', true, false",
    "'dirk:r:up and more', false, false",
    "'dirk:r:up sha256:abc 1.0', false, false"
  })
  void knowsItsOwnMessagesAndNoOthers(String message, boolean key, boolean release) {
    Version version = PagesAnswers.version(deployment(message), TARGET);

    assertThat(version.key().isPresent()).isEqualTo(key);
    assertThat(version.release().isPresent()).isEqualTo(release);
    assertThat(PagesAnswers.key(deployment(message)).isPresent()).isEqualTo(key);
  }

  @Test
  void tellsAnAnswerThatHasNoId() {
    assertThatThrownBy(() -> PagesAnswers.version(JsonNodeFactory.instance.objectNode(), TARGET))
        .isInstanceOf(ProviderException.class)
        .hasMessageContaining("without an id");
  }

  private static String told(String label) {
    String message = PagesAnswers.message(KEY, new Release(label, DIGEST));
    Version version = PagesAnswers.version(deployment(message), TARGET);
    assertThat(version.key()).contains(KEY.text());
    assertThat(version.release().map(Release::digest)).contains(DIGEST);
    return version.release().orElseThrow().label();
  }

  private static JsonNode deployment(String message) {
    ObjectNode deployment = JsonNodeFactory.instance.objectNode().put("id", "d1");
    deployment.putObject("deployment_trigger").putObject("metadata").put("commit_message", message);
    return deployment;
  }
}
