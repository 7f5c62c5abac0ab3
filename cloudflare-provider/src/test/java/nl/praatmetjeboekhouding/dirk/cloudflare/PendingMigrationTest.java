package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingMigrationTest {

  private static final ArrayNode TWO =
      steps(
          """
          [{"tag": "v1", "new_classes": ["Room"]}, {"tag": "v2", "new_sqlite_classes": ["Lobby"]}]
          """);

  @Test
  void aNewWorkerGetsAllSteps() {
    assertThat(PendingMigration.of(TWO, Optional.empty()).json().orElseThrow().toString())
        .isEqualTo(
            "{\"new_tag\":\"v2\",\"steps\":[{\"new_classes\":[\"Room\"]},"
                + "{\"new_sqlite_classes\":[\"Lobby\"]}]}");
  }

  @Test
  void onlyTheStepsAfterTheLastOneAreSent() {
    assertThat(PendingMigration.of(TWO, Optional.of("v1")).json().orElseThrow().toString())
        .isEqualTo(
            "{\"old_tag\":\"v1\",\"new_tag\":\"v2\","
                + "\"steps\":[{\"new_sqlite_classes\":[\"Lobby\"]}]}");
  }

  @Test
  void nothingIsSentIfAllWereTakenOrThereAreNone() {
    assertThat(PendingMigration.of(TWO, Optional.of("v2"))).isEqualTo(PendingMigration.none());
    assertThat(PendingMigration.of(steps("[]"), Optional.of("v2")))
        .isEqualTo(PendingMigration.none());
  }

  @Test
  void aStepThatTheProjectDoesNotNameIsTold() {
    PendingMigration pending = PendingMigration.of(TWO, Optional.of("v0"));

    assertThat(pending.json().orElseThrow().path("old_tag").asText()).isEqualTo("v0");
    assertThat(pending.json().orElseThrow().path("steps")).hasSize(2);
    assertThat(pending.warning().orElseThrow()).contains("v0", "all of the file's are sent");
  }

  private static ArrayNode steps(String json) {
    try {
      return (ArrayNode) new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
