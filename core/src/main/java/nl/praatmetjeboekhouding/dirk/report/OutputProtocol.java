package nl.praatmetjeboekhouding.dirk.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Infrastructure;
import nl.praatmetjeboekhouding.dirk.run.RunReport;
import nl.praatmetjeboekhouding.dirk.run.StepReport;

/**
 * The output protocol: one JSON document a run. Its names are stable, more may follow; its JSON
 * Schema is {@code docs/output.schema.json}. What was not measured is null.
 */
public final class OutputProtocol {

  private OutputProtocol() {}

  /** The report as one JSON document, indented, without a line end. */
  public static String toJson(RunReport report) {
    return tree(report).toPrettyString();
  }

  /** The report as a tree of the caller's own. */
  public static ObjectNode tree(RunReport report) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("taskId", report.taskId());
    document.put("status", report.outcome().status());
    document.put("summary", report.summary());
    document.set("infrastructure", infrastructure(report.infrastructure()));
    ArrayNode deployments = document.putArray("deployments");
    report.deployed().forEach(deployed -> deployments.add(deployment(deployed)));
    document.put("runbook", report.runbook());
    document.put("service", report.service());
    document.put("reason", report.reason().orElse(null));
    document.put("plan", report.plan().map(Digest::hex).orElse(null));
    document.put("started", report.started().toString());
    document.put("ended", report.ended().toString());
    ArrayNode steps = document.putArray("steps");
    report.steps().forEach(step -> steps.add(step(step)));
    ArrayNode notes = document.putArray("notes");
    report.notes().forEach(notes::add);
    return document;
  }

  private static ObjectNode infrastructure(Infrastructure infrastructure) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("uptime_24h", infrastructure.uptime24h().orElse(null));
    node.put("deploys_today", infrastructure.deploysToday().orElse(null));
    node.put("active_incidents", infrastructure.activeIncidents().orElse(null));
    return node;
  }

  private static ObjectNode deployment(Deployed deployed) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("service", deployed.target().service());
    node.put("version", deployed.label().orElse(null));
    node.put("status", deployed.status().text());
    node.put("environment", deployed.target().environment().name());
    node.put("versionId", deployed.version().orElse(null));
    node.put("deploymentId", deployed.deployment().orElse(null));
    node.put("identity", deployed.identity().orElse(null));
    node.put("proven", deployed.proven());
    return node;
  }

  private static ObjectNode step(StepReport step) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", step.name());
    node.put("status", step.status().name().toLowerCase(Locale.ROOT));
    node.put("started", step.started().toString());
    node.put("millis", step.took().toMillis());
    node.put("detail", step.detail());
    if (!step.lastLines().isEmpty()) {
      step.lastLines().forEach(node.putArray("lastLines")::add);
    }
    return node;
  }
}
