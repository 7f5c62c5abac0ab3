package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.ApprovalPolicy;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;
import nl.praatmetjeboekhouding.dirk.run.GateReport;
import nl.praatmetjeboekhouding.dirk.run.GateReport.Verdict;

/**
 * What lets a deploy of a service through to production, in the order in which it is asked. Never
 * asked for a way back.
 */
final class Gates {

  /** The name under which approvals are told. */
  static final String APPROVAL = "approval";

  private final Service service;
  private final ApprovalPolicy policy;
  private final Approvals approvals;
  private final List<Gate> gates = new ArrayList<>();

  Gates(Service service, Journal journal) {
    GatesPolicy all = service.gates();
    this.service = service;
    this.policy = all.approval();
    this.approvals = new Approvals(journal);
    all.freeze().stream()
        .filter(window -> window.concerns(service.name()))
        .map(FreezeGate::new)
        .forEach(gates::add);
    gates.add(new QuarantineGate(journal, service));
    all.errorBudget().map(budget -> new ErrorBudgetGate(budget, service)).ifPresent(gates::add);
    all.failedDeploys()
        .map(limit -> new FailedDeploysGate(limit, journal, service))
        .ifPresent(gates::add);
  }

  ApprovalPolicy approval() {
    return policy;
  }

  /** What all of them go by; what they say is left out. */
  List<GateReport> rules() {
    List<GateReport> rules = new ArrayList<>();
    gates.forEach(gate -> rules.add(new GateReport(gate.name(), gate.rule(), Verdict.PASSES, "")));
    rules.add(new GateReport(APPROVAL, approvalRule(), Verdict.PASSES, ""));
    return rules;
  }

  /** The names by which a deploy can be excepted as things stand. */
  List<String> exceptions() {
    return gates.stream().flatMap(gate -> gate.exceptions().stream()).toList();
  }

  /**
   * What they say now, approvals aside.
   *
   * @param exceptions reasons by the name of what is excepted
   */
  List<Answer> ask(Gate.Question question, Map<String, String> exceptions) {
    return gates.stream().map(gate -> gate.ask(question).excepting(exceptions)).toList();
  }

  /** Whether a deploy of which they said this needs an approval. */
  boolean needApproval(List<Answer> answers) {
    return policy.required()
        || answers.stream().anyMatch(answer -> answer.is(Verdict.NEEDS_APPROVAL));
  }

  ApprovalCount count(Digest plan, Optional<String> asker, Instant now) {
    return ApprovalCount.of(policy, approvals, service.name(), plan, asker, now);
  }

  /** How a plan stands with its approvals. */
  GateReport approvalReport(boolean isNeeded, ApprovalCount count) {
    if (!isNeeded) {
      return new GateReport(APPROVAL, approvalRule(), Verdict.PASSES, "none is needed");
    }
    return count.suffices()
        ? new GateReport(APPROVAL, approvalRule(), Verdict.PASSES, "approved by " + count.account())
        : new GateReport(APPROVAL, approvalRule(), Verdict.NEEDS_APPROVAL, count.shortfall());
  }

  /** An answer that stands in the way for want of approvals. */
  Answer unapproved(ApprovalCount count) {
    return new Answer(
        new GateReport(
            APPROVAL,
            approvalRule(),
            Verdict.BLOCKS,
            "the plan is not approved any more: " + count.shortfall()),
        "APPROVAL",
        "",
        Forms.object());
  }

  private String approvalRule() {
    return (policy.required() ? "always " : "where a gate asks for it, ")
        + policy.count()
        + " by "
        + ApprovalCount.names(policy)
        + ", for "
        + Amounts.span(policy.validFor())
        + (policy.ownCounts() ? ", also by whoever asks" : "");
  }
}
