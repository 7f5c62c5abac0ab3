package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.context.ContextReading;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.GateReport;
import nl.praatmetjeboekhouding.dirk.run.GateReport.Verdict;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Goes through a deploy without doing anything of it. */
final class Rehearsal {

  private final Service service;
  private final Workshop workshop;
  private final Journal journal;
  private final TimeSource time;
  private final Gates gates;

  Rehearsal(Service service, Workshop workshop, Journal journal, TimeSource time) {
    this.service = service;
    this.workshop = workshop;
    this.journal = journal;
    this.time = time;
    this.gates = new Gates(service, journal);
  }

  DeployPlan plan() {
    ContextReading reading = workshop.context().read();
    Plan plan = Plan.of(label(), service, Rehearsal::call);
    Planner planner = new Planner(service, journal, Rehearsal::call);
    DeployPlan found =
        planner.plan(plan, reading.acknowledgement(), objections(reading, plan), gates.rules());
    planner.keep(found);
    return asked(found, plan, time.instant());
  }

  private String label() {
    try {
      return workshop.label().get();
    } catch (IllegalStateException e) {
      throw new ConfigurationException(
          "version of " + service.name(), String.valueOf(e.getMessage()));
    }
  }

  /** The plan with what the gates say of it now, for which its hash does not stand. */
  private DeployPlan asked(DeployPlan found, Plan plan, Instant now) {
    List<Answer> answers =
        gates.ask(
            new Gate.Question(plan.artifactOf(plan.production()).release(), now, Rehearsal::call),
            Map.of());
    List<GateReport> reports = new ArrayList<>();
    List<String> objections = new ArrayList<>(found.objections());
    for (Answer answer : answers) {
      reports.add(answer.report());
      if (answer.is(Verdict.BLOCKS)) {
        objections.add(answer.account());
      }
    }
    reports.add(
        gates.approvalReport(
            gates.needApproval(answers), gates.count(found.hash(), Optional.empty(), now)));
    return found.asked(reports, objections);
  }

  private List<String> objections(ContextReading reading, Plan plan) {
    List<String> objections = new ArrayList<>();
    reading.problems().forEach(problem -> objections.add(problem.toString()));
    if (plan.isOnePlace()) {
      objections.add("staging and production are one and the same at the vendor");
    }
    if (!plan.isOneArtifact() && !service.production().allowsDifferentArtifact()) {
      objections.add("staging and production would get different artifacts");
    }
    plan.staging().flatMap(this::held).ifPresent(objections::add);
    held(plan.production()).ifPresent(objections::add);
    return objections;
  }

  private Optional<String> held(Prepared prepared) {
    return journal.holder(prepared.resource()).map(Lease::account);
  }

  private static CallContext call() {
    return CallContext.of(Looks.CALL);
  }
}
