package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.run.GateReport;
import nl.praatmetjeboekhouding.dirk.run.GateReport.Verdict;

/**
 * What a gate said.
 *
 * @param report for people and machines
 * @param reason one word for what stands in the way; empty text if nothing does
 * @param exception the name by which a deploy is excepted from this; empty text if by none
 * @param inputs what the gate made it from
 */
record Answer(GateReport report, String reason, String exception, JsonNode inputs) {

  static final Form<Answer> FORM =
      Forms.form(
          answer -> {
            ObjectNode node =
                Forms.object()
                    .put("gate", answer.report().gate())
                    .put("rule", answer.report().rule())
                    .put("verdict", answer.report().verdict().name())
                    .put("account", answer.report().account())
                    .put("reason", answer.reason())
                    .put("exception", answer.exception());
            return node.set("inputs", answer.inputs());
          },
          node ->
              new Answer(
                  new GateReport(
                      node.path("gate").asText(),
                      node.path("rule").asText(),
                      Verdict.valueOf(node.path("verdict").asText()),
                      node.path("account").asText()),
                  node.path("reason").asText(),
                  node.path("exception").asText(),
                  node.path("inputs")));

  static Answer passes(Gate gate, String account, JsonNode inputs) {
    return of(gate, Verdict.PASSES, account, inputs);
  }

  static Answer notes(Gate gate, String account, JsonNode inputs) {
    return of(gate, Verdict.NOTES, account, inputs);
  }

  /** It goes on with an approval only, or where the gate's own name is excepted. */
  static Answer needsApproval(Gate gate, String account, JsonNode inputs) {
    return new Answer(
        report(gate, Verdict.NEEDS_APPROVAL, account), "APPROVAL", gate.name(), inputs);
  }

  /** It does not go on, unless what is called {@code exception} is excepted. */
  static Answer blocks(
      Gate gate, String reason, String exception, String account, JsonNode inputs) {
    return new Answer(report(gate, Verdict.BLOCKS, account), reason, exception, inputs);
  }

  private static Answer of(Gate gate, Verdict verdict, String account, JsonNode inputs) {
    return new Answer(report(gate, verdict, account), "", "", inputs);
  }

  private static GateReport report(Gate gate, Verdict verdict, String account) {
    return new GateReport(gate.name(), gate.rule(), verdict, account);
  }

  boolean is(Verdict verdict) {
    return report.verdict() == verdict;
  }

  String account() {
    return report.account();
  }

  /** This one, or what is left of it where the deploy is excepted by name. */
  Answer excepting(Map<String, String> exceptions) {
    return Optional.ofNullable(exceptions.get(exception))
        .map(
            why ->
                new Answer(
                    new GateReport(
                        report.gate(),
                        report.rule(),
                        Verdict.EXCEPTED,
                        report.account() + "; excepted by name: " + why),
                    "",
                    exception,
                    inputs))
        .orElse(this);
  }
}
