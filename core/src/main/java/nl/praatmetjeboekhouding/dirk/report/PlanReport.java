package nl.praatmetjeboekhouding.dirk.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.GateReport;
import nl.praatmetjeboekhouding.dirk.run.StagePlan;

/** A plan for people, and as JSON. */
public final class PlanReport {

  private PlanReport() {}

  /** The plan as lines of text, for a terminal or a review. */
  public static String toText(DeployPlan plan) {
    StringBuilder text = new StringBuilder();
    line(text, "deploy of " + plan.service() + ": " + plan.label());
    plan.stages().forEach(stage -> stage(text, stage));
    line(text, "production traffic: " + String.join(", ", plan.course()));
    line(
        text,
        plan.goesBackTo()
            .map(before -> "if production turns out sick, " + before + " is put back")
            .orElseGet(() -> "if production turns out sick: " + plan.wayBack()));
    if (!plan.documents().isEmpty()) {
      line(text, "read: " + String.join(", ", plan.documents().keySet()));
    }
    plan.gates().forEach(gate -> gate(text, gate));
    plan.objections().forEach(why -> line(text, "! it would not start: " + why));
    line(text, "plan " + plan.hash().hex());
    return text.toString();
  }

  private static void stage(StringBuilder text, StagePlan stage) {
    line(text, stage.environment() + ", " + stage.resource());
    line(
        text,
        "  serves now: "
            + stage.serving().orElse("nothing")
            + stage.base().map(id -> " (deployment " + id + ")").orElse(""));
    line(text, "  gets artifact " + stage.artifact().abbreviated());
    stage.changes().forEach(change -> line(text, "  ~ " + change));
    stage.liveSettings().forEach(setting -> line(text, "  = " + setting));
    stage.warnings().forEach(warning -> line(text, "  ! " + warning));
    if (!stage.reversible()) {
      line(text, "  ! what serves now could not be put back");
    }
  }

  private static void gate(StringBuilder text, GateReport gate) {
    line(text, "gate " + gate.gate() + " (" + gate.rule() + ")");
    line(text, "  " + mark(gate.verdict()) + " " + gate.account());
  }

  private static String mark(GateReport.Verdict verdict) {
    return switch (verdict) {
      case PASSES -> "passes:";
      case NOTES -> "passes, but:";
      case EXCEPTED -> "passes, excepted:";
      case NEEDS_APPROVAL -> "! needs an approval:";
      case BLOCKS -> "! blocks:";
    };
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append('\n');
  }

  /** The plan as JSON, indented. */
  public static String toJson(DeployPlan plan) {
    return tree(plan).toPrettyString();
  }

  /** The plan as a JSON tree. */
  public static ObjectNode tree(DeployPlan plan) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("service", plan.service());
    node.put("label", plan.label());
    ObjectNode documents = node.putObject("documents");
    plan.documents().forEach((name, digest) -> documents.put(name, digest.hex()));
    ArrayNode stages = node.putArray("stages");
    plan.stages().forEach(stage -> stages.add(tree(stage)));
    texts(node, "course", plan.course());
    node.put("goesBackTo", plan.goesBackTo().orElse(null));
    node.put("wayBack", plan.wayBack());
    ArrayNode gates = node.putArray("gates");
    plan.gates().forEach(gate -> gates.add(tree(gate)));
    texts(node, "objections", plan.objections());
    node.put("hash", plan.hash().hex());
    return node;
  }

  private static ObjectNode tree(GateReport gate) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("gate", gate.gate());
    node.put("rule", gate.rule());
    node.put("verdict", gate.verdict().text());
    node.put("account", gate.account());
    return node;
  }

  private static ObjectNode tree(StagePlan stage) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("environment", stage.environment());
    node.put("resource", stage.resource());
    node.put("base", stage.base().orElse(null));
    node.put("serving", stage.serving().orElse(null));
    node.put("artifact", stage.artifact().hex());
    node.put("settings", stage.settings().hex());
    node.put("reversible", stage.reversible());
    texts(node, "changes", stage.changes());
    texts(node, "liveSettings", stage.liveSettings());
    texts(node, "warnings", stage.warnings());
    return node;
  }

  private static void texts(ObjectNode node, String name, List<String> texts) {
    texts.forEach(node.putArray(name)::add);
  }
}
