package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingMigrationsTest {

  private static final List<ObjectNode> TWO = List.of(step("v1", "Room"), step("v2", "Lobby"));

  @Test
  void sendsAllToAWorkerThatWentThroughNone() {
    assertThat(PendingMigrations.of(TWO, Optional.empty()).sent().orElseThrow())
        .hasToString(
            "{\"new_tag\":\"v2\",\"steps\":[{\"new_classes\":[\"Room\"]},"
                + "{\"new_classes\":[\"Lobby\"]}]}");
  }

  @Test
  void sendsOnlyWhatCameAfterTheLastOne() {
    assertThat(PendingMigrations.of(TWO, Optional.of("v1")).sent().orElseThrow())
        .hasToString(
            "{\"old_tag\":\"v1\",\"new_tag\":\"v2\",\"steps\":[{\"new_classes\":[\"Lobby\"]}]}");
  }

  @Test
  void sendsNothingToAWorkerThatWentThroughAll() {
    assertThat(PendingMigrations.of(TWO, Optional.of("v2")).sent()).isEmpty();
    assertThat(PendingMigrations.of(List.of(), Optional.empty()).sent()).isEmpty();
  }

  @Test
  void warnsWhenTheWorkerWentThroughOneThatNobodyKnows() {
    PendingMigrations pending = PendingMigrations.of(TWO, Optional.of("v9"));

    assertThat(pending.warnings()).singleElement().asString().contains("v9");
    assertThat(pending.sent().orElseThrow().path("old_tag").asText()).isEqualTo("v9");
    assertThat(pending.sent().orElseThrow().path("steps")).hasSize(2);
  }

  private static ObjectNode step(String tag, String name) {
    ObjectNode step = JsonNodeFactory.instance.objectNode().put("tag", tag);
    step.putArray("new_classes").add(name);
    return step;
  }
}
