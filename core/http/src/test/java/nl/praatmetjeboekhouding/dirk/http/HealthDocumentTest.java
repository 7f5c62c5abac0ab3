package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Health;
import org.junit.jupiter.api.Test;

class HealthDocumentTest {

  private static final Judgement WELL = new Judgement(Health.HEALTHY, "");

  @Test
  void springActuator() {
    String down =
        """
        {"status":"DOWN","components":{
          "db":{"status":"DOWN","details":{"error":"timeout"}},
          "disk":{"status":"UP"},
          "queue":{"status":"OUT_OF_SERVICE"}}}
        """;

    assertThat(judged(503, "application/vnd.spring-boot.actuator.v3+json", down))
        .isEqualTo(sick("answered 503 and says that its status is down (db, queue)"));
    assertThat(judged(200, "application/json", "{\"status\":\"UP\",\"groups\":[\"liveness\"]}"))
        .isEqualTo(WELL);
    assertThat(judged(200, "application/json", "{\"status\":\"UNKNOWN\"}")).isEqualTo(WELL);
  }

  @Test
  void microProfile() {
    String down =
        """
        {"status":"DOWN","checks":[
          {"name":"db","status":"DOWN","data":{"host":"x"}},
          {"name":"disk","status":"UP"}]}
        """;

    assertThat(judged(503, "application/json", down))
        .isEqualTo(sick("answered 503 and says that its status is down (db)"));
    assertThat(judged(200, "application/json", "{\"status\":\"UP\",\"checks\":[]}"))
        .isEqualTo(WELL);
  }

  @Test
  void healthJson() {
    String fail =
        """
        {"status":"fail","version":"1","checks":{
          "cassandra:responseTime":[{"status":"pass"},{"status":"fail"}],
          "uptime":[{"status":"pass"}]}}
        """;

    assertThat(judged(200, "application/health+json", fail))
        .isEqualTo(sick("says that its status is fail (cassandra:responseTime)"));
    assertThat(judged(200, "application/health+json", "{\"status\":\"pass\"}")).isEqualTo(WELL);
    assertThat(judged(200, "application/health+json", "{\"status\":\"warn\"}"))
        .isEqualTo(new Judgement(Health.HEALTHY, "says that its status is warn"));
  }

  @Test
  void aPlainGoodAnswerIsGoodWhateverItHolds() {
    assertThat(judged(204, "", "")).isEqualTo(WELL);
    assertThat(judged(200, "text/html", "<h1>down</h1>")).isEqualTo(WELL);
    assertThat(judged(200, "application/json", "[1,2]")).isEqualTo(WELL);
    assertThat(judged(200, "application/json", "{\"status\":{\"a\":1}}")).isEqualTo(WELL);
  }

  @Test
  void namesOfPartsCannotPlayTricksAndAreFew() {
    StringBuilder many = new StringBuilder("{\"status\":\"DOWN\",\"components\":{");
    for (int part = 0; part < 9; part++) {
      many.append("\"\\u001b[3")
          .append(part)
          .append("x".repeat(100))
          .append("\":{\"status\":\"DOWN\"},");
    }
    many.append("\"end\":{\"status\":\"UP\"}}}");

    Judgement judgement = judged(200, "application/json", many.toString());

    assertThat(judgement.reason()).hasSizeLessThan(400).doesNotContain("\u001b", "[35");
  }

  private static Judgement sick(String reason) {
    return new Judgement(Health.UNHEALTHY, reason);
  }

  private static Judgement judged(int status, String type, String body) {
    return Judgement.of(new Page(status, Map.of(), type, body, false, Optional.empty()));
  }
}
