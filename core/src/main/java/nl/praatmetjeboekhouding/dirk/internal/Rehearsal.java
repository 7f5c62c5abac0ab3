package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.context.ContextReading;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;

/** Goes through a deploy without doing anything of it. */
final class Rehearsal {

  private final Service service;
  private final Workshop workshop;
  private final Journal journal;

  Rehearsal(Service service, Workshop workshop, Journal journal) {
    this.service = service;
    this.workshop = workshop;
    this.journal = journal;
  }

  DeployPlan plan() {
    ContextReading reading = workshop.context().read();
    Plan plan = Plan.of(label(), service, Rehearsal::call);
    Planner planner = new Planner(service, journal, Rehearsal::call);
    DeployPlan found = planner.plan(plan, reading.acknowledgement(), objections(reading, plan));
    planner.keep(found);
    return found;
  }

  private String label() {
    try {
      return workshop.label().get();
    } catch (IllegalStateException e) {
      throw new ConfigurationException(
          "version of " + service.name(), String.valueOf(e.getMessage()));
    }
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
