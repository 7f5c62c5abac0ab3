package nl.praatmetjeboekhouding.dirk.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Infrastructure;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OutputProtocolTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void everyOutcomeKeepsToTheSchema(Outcome outcome) throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("../docs/output.schema.json")));

    String json = OutputProtocol.toJson(report(outcome, Infrastructure.unmeasured()));

    assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
  }

  @Test
  void writesExactlyTheNamesThatWerePromised() throws Exception {
    Infrastructure measured =
        new Infrastructure(Optional.of(new BigDecimal("99.99")), Optional.of(3L), Optional.of(0L));

    JsonNode document =
        new ObjectMapper().readTree(OutputProtocol.toJson(report(Outcome.SUCCEEDED, measured)));

    assertThat(document.path("taskId").asText()).isEqualTo("t-1");
    assertThat(document.path("status").asText()).isEqualTo("complete");
    assertThat(document.path("infrastructure").path("uptime_24h").decimalValue())
        .isEqualByComparingTo("99.99");
    assertThat(document.path("infrastructure").path("deploys_today").asLong()).isEqualTo(3);
    assertThat(document.path("infrastructure").path("active_incidents").asLong()).isZero();
    assertThat(document.path("deployments").path(0).path("service").asText()).isEqualTo("api");
    assertThat(document.path("deployments").path(0).path("version").asText()).isEqualTo("0.2.1");
    assertThat(document.path("deployments").path(0).path("status").asText()).isEqualTo("healthy");
  }

  @Test
  void showsTheLastLinesOfWhatFailed() {
    JsonNode document =
        OutputProtocol.tree(report(Outcome.FAILED_SAFE, Infrastructure.unmeasured()));

    assertThat(document.at("/steps/0/lastLines/0").asText()).isEqualTo("1 of 3 failed");
  }

  @Test
  void writesNullForWhatWasNotMeasured() {
    JsonNode document = OutputProtocol.tree(report(Outcome.SUCCEEDED, Infrastructure.unmeasured()));

    assertThat(document.path("infrastructure").path("uptime_24h").isNull()).isTrue();
    assertThat(document.path("infrastructure").path("deploys_today").isNull()).isTrue();
    assertThat(document.path("infrastructure").path("active_incidents").isNull()).isTrue();
  }

  private static RunReport report(Outcome outcome, Infrastructure infrastructure) {
    Deployed deployed =
        new Deployed(
            new Target("api", Environment.PRODUCTION),
            Optional.of("0.2.1"),
            Deployed.Status.HEALTHY,
            Optional.of("v1"),
            Optional.of("d1"),
            Optional.empty(),
            true);
    StepReport step =
        new StepReport(
            "test",
            StepReport.Status.FAILED,
            NOON,
            Duration.ofMillis(12),
            "exit code 1",
            List.of("1 of 3 failed"));
    return new RunReport(
        "t-1",
        "deploy",
        "api",
        outcome,
        Optional.empty(),
        "Deployment successful",
        NOON,
        NOON.plusSeconds(9),
        List.of(step),
        List.of(deployed),
        infrastructure,
        List.of("a note"),
        Optional.empty());
  }
}
