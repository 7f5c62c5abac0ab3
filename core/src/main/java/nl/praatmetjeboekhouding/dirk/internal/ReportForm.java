package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Infrastructure;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;

/** How reports look in the journal, so that a task asked twice gives the same report. */
final class ReportForm implements Form<RunReport> {

  private static final Form<StepReport> STEP =
      Forms.form(ReportForm::writeStep, ReportForm::readStep);
  private static final Form<Deployed> DEPLOYED =
      Forms.form(ReportForm::writeDeployed, ReportForm::readDeployed);

  @Override
  public JsonNode write(RunReport report) {
    ObjectNode node =
        Forms.object()
            .put("taskId", report.taskId())
            .put("runbook", report.runbook())
            .put("service", report.service())
            .put("outcome", report.outcome().name())
            .put("summary", report.summary())
            .put("started", report.started().toString())
            .put("ended", report.ended().toString());
    report.plan().ifPresent(hash -> node.put("plan", hash.hex()));
    report.reason().ifPresent(reason -> node.put("reason", reason));
    node.set("steps", Forms.list(STEP).write(report.steps()));
    node.set("deployed", Forms.list(DEPLOYED).write(report.deployed()));
    ObjectNode infrastructure = node.putObject("infrastructure");
    report
        .infrastructure()
        .uptime24h()
        .ifPresent(uptime -> infrastructure.put("uptime24h", uptime.toPlainString()));
    report
        .infrastructure()
        .deploysToday()
        .ifPresent(count -> infrastructure.put("deploysToday", count));
    report
        .infrastructure()
        .activeIncidents()
        .ifPresent(count -> infrastructure.put("activeIncidents", count));
    node.set("notes", Forms.TEXTS.write(report.notes()));
    return node;
  }

  @Override
  public RunReport read(JsonNode node) {
    JsonNode infrastructure = node.path("infrastructure");
    return new RunReport(
        node.path("taskId").asText(),
        node.path("runbook").asText(),
        node.path("service").asText(),
        Outcome.valueOf(node.path("outcome").asText()),
        Forms.text(node, "reason"),
        node.path("summary").asText(),
        Instant.parse(node.path("started").asText()),
        Instant.parse(node.path("ended").asText()),
        Forms.list(STEP).read(node.path("steps")),
        Forms.list(DEPLOYED).read(node.path("deployed")),
        new Infrastructure(
            Forms.text(infrastructure, "uptime24h").map(BigDecimal::new),
            Forms.text(infrastructure, "deploysToday").map(Long::valueOf),
            Forms.text(infrastructure, "activeIncidents").map(Long::valueOf)),
        Forms.TEXTS.read(node.path("notes")),
        Forms.text(node, "plan").map(Digest::new));
  }

  private static JsonNode writeStep(StepReport step) {
    ObjectNode node =
        Forms.object()
            .put("name", step.name())
            .put("status", step.status().name())
            .put("started", step.started().toString())
            .put("tookNanos", step.took().toNanos())
            .put("detail", step.detail());
    return node.set("lastLines", Forms.TEXTS.write(step.lastLines()));
  }

  private static StepReport readStep(JsonNode node) {
    return new StepReport(
        node.path("name").asText(),
        StepReport.Status.valueOf(node.path("status").asText()),
        Instant.parse(node.path("started").asText()),
        Duration.ofNanos(node.path("tookNanos").asLong()),
        node.path("detail").asText(),
        Forms.TEXTS.read(node.path("lastLines")));
  }

  private static JsonNode writeDeployed(Deployed deployed) {
    ObjectNode node =
        Forms.object().put("status", deployed.status().name()).put("proven", deployed.proven());
    node.set("target", Forms.writeTarget(deployed.target()));
    deployed.label().ifPresent(label -> node.put("label", label));
    deployed.version().ifPresent(version -> node.put("version", version));
    deployed.deployment().ifPresent(deployment -> node.put("deployment", deployment));
    deployed.identity().ifPresent(identity -> node.put("identity", identity));
    return node;
  }

  private static Deployed readDeployed(JsonNode node) {
    return new Deployed(
        Forms.readTarget(node.path("target")),
        Forms.text(node, "label"),
        Deployed.Status.valueOf(node.path("status").asText()),
        Forms.text(node, "version"),
        Forms.text(node, "deployment"),
        Forms.text(node, "identity"),
        node.path("proven").asBoolean());
  }
}
