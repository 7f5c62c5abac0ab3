package nl.praatmetjeboekhouding.dirk.internal;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.run.DeployPlan;
import nl.praatmetjeboekhouding.dirk.run.GateReport.Verdict;
import nl.praatmetjeboekhouding.dirk.run.Outcome;

/**
 * Asks the gates for one deploy: once before anything is changed, and again just before production
 * traffic moves. What they say is a step of the run, so that who takes it up does not ask again.
 */
final class DeployGates {

  private static final String EXCEPTIONS = "check exceptions";
  private static final String FIRST = "ask the gates";
  private static final String APPROVAL = "see the approval";
  private static final String AGAIN = "ask the gates again";

  private final Ledger ledger;
  private final Journal journal;
  private final Service service;
  private final DeployOrder order;
  private final Gates gates;
  private final Consumer<String> notes;
  private final Set<String> told = new HashSet<>();
  private Optional<Digest> bound;
  private Optional<Release> release = Optional.empty();

  /**
   * @param notes takes what somebody should know, a sentence each
   */
  DeployGates(RunTools tools, Service service, DeployOrder order, Consumer<String> notes) {
    this.ledger = tools.ledger();
    this.journal = tools.journal();
    this.service = service;
    this.order = order;
    this.gates = new Gates(service, tools.journal());
    this.notes = notes;
    this.bound = order.plan();
  }

  Gates gates() {
    return gates;
  }

  /** The plan that the run is bound to: the one it applies, or the one that was to be approved. */
  Optional<Digest> plan() {
    return bound;
  }

  /** What is wrong with the names by which the deploy is to be excepted. */
  Optional<Objection> checkExceptions() {
    Map<String, String> exceptions = order.exceptions();
    if (exceptions.isEmpty()) {
      return Optional.empty();
    }
    Taken<List<String>> checked =
        ledger.decide(EXCEPTIONS, Forms.TEXTS, pauses -> unknownExceptions(exceptions));
    if (!(checked instanceof Taken.Done<List<String>> wrong)) {
      return Optional.of(failed(checked));
    }
    return wrong.value().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Objection(
                Outcome.BLOCKED,
                "UNKNOWN_EXCEPTION",
                "Blocked: " + String.join(" ", wrong.value()) + " Nothing was changed."));
  }

  private Decided<List<String>> unknownExceptions(Map<String, String> exceptions) {
    List<String> known = gates.exceptions();
    String there = known.isEmpty() ? "there is none" : "there are " + String.join(", ", known);
    List<String> wrong =
        exceptions.keySet().stream()
            .filter(name -> !known.contains(name))
            .map(name -> "there is nothing called " + name + " to be excepted from; " + there + ".")
            .toList();
    return new Decided<>(
        wrong,
        !wrong.isEmpty(),
        wrong.isEmpty() ? String.join(", ", exceptions.keySet()) : String.join(" ", wrong));
  }

  /** What stands in the way of a deploy that has changed nothing yet. */
  Optional<Objection> ask(Plan plan) {
    release = Optional.of(plan.artifactOf(plan.production()).release());
    Taken<Asked> taken = ledger.decide(FIRST, Asked.FORM, pauses -> look(plan, pauses).decided());
    if (!(taken instanceof Taken.Done<Asked> done)) {
      return Optional.of(failed(taken));
    }
    Asked asked = done.value();
    bound = order.plan().or(asked::plan);
    tell(asked);
    tellUnused(asked);
    if (!asked.that(Verdict.BLOCKS).isEmpty()) {
      return Optional.of(blocked(asked, "Blocked: ", " Nothing was changed." + howToExcept(asked)));
    }
    return gates.needApproval(asked.answers()) ? seeApproval(asked) : Optional.empty();
  }

  private Asked look(Plan plan, LedgerPauses pauses) {
    List<Answer> answers = answers(pauses);
    boolean isBlocked = answers.stream().anyMatch(answer -> answer.is(Verdict.BLOCKS));
    return new Asked(
        answers,
        gates.needApproval(answers) && !isBlocked && order.plan().isEmpty()
            ? Optional.of(hashOf(plan, pauses))
            : Optional.empty());
  }

  private List<Answer> answers(LedgerPauses pauses) {
    return gates.ask(
        new Gate.Question(release.orElseThrow(), pauses.instant(), () -> pauses.call(Looks.CALL)),
        order.exceptions());
  }

  /** The hash of the plan that this run would carry out, kept so that it can be approved. */
  private Digest hashOf(Plan plan, LedgerPauses pauses) {
    Planner planner = new Planner(service, journal, () -> pauses.call(Looks.CALL));
    DeployPlan found = planner.plan(plan, order.acknowledgement(), List.of(), gates.rules());
    planner.keep(found);
    return found.hash();
  }

  private Optional<Objection> seeApproval(Asked asked) {
    if (bound.isEmpty()) {
      return Optional.of(
          new Objection(
              Outcome.BLOCKED,
              "STALE_PLAN",
              "Blocked: a deploy needs an approval by now ("
                  + whyApproval(asked)
                  + "), which was not so when this run was planned. Nothing was changed; ask again"
                  + " under a new task."));
    }
    Digest plan = bound.get();
    String asker = ledger.askedBy();
    if (asker.isBlank() && !gates.approval().ownCounts()) {
      return Optional.of(
          new Objection(
              Outcome.BLOCKED,
              "APPROVAL",
              "Blocked: this deploy needs an approval ("
                  + whyApproval(asked)
                  + ") by somebody else than who asks for it, and it does not say who does. Nothing"
                  + " was changed; ask again under a new task with by(name)."));
    }
    Taken<String> seen =
        ledger.await(
            APPROVAL,
            Forms.TEXT,
            now -> {
              ApprovalCount count = gates.count(plan, Optional.of(asker), now);
              return count.suffices()
                  ? Decided.of(count.account(), count.account())
                  : new Decided<>("", true, count.shortfall());
            });
    if (seen instanceof Taken.Done<String> approved) {
      notes.accept(
          "Plan " + plan.abbreviated() + " was approved by " + Sentence.of(approved.value()));
      return Optional.empty();
    }
    return Optional.of(
        new Objection(
            Outcome.WAITING,
            "APPROVAL",
            Sentence.of(
                    "Waiting: plan "
                        + plan.hex()
                        + " needs "
                        + gates.approval().count()
                        + " approval(s) by "
                        + ApprovalCount.names(gates.approval())
                        + " ("
                        + whyApproval(asked)
                        + "): "
                        + seen.why())
                + " Nothing was changed; approve the plan, then ask for the same task again or"
                + " resume it."));
  }

  private String whyApproval(Asked asked) {
    String accounts = asked.accounts(Verdict.NEEDS_APPROVAL);
    return accounts.isEmpty() ? "every deploy does" : accounts;
  }

  /** What stands in the way just before production traffic moves. */
  Optional<Objection> askAgain() {
    Taken<Asked> taken =
        ledger.decideUntil(
            Rollout.window(service.production()),
            AGAIN,
            Asked.FORM,
            pauses -> lookAgain(pauses).decided());
    if (!(taken instanceof Taken.Done<Asked> done)) {
      return Optional.of(new Objection(Outcome.FAILED_SAFE, taken.reason(), taken.why()));
    }
    tell(done.value());
    return done.value().that(Verdict.BLOCKS).isEmpty()
        ? Optional.empty()
        : Optional.of(blocked(done.value(), "", howToExcept(done.value())));
  }

  private Asked lookAgain(LedgerPauses pauses) {
    List<Answer> answers = answers(pauses);
    if (!gates.needApproval(answers)) {
      return new Asked(answers, bound);
    }
    ApprovalCount count =
        bound
            .map(plan -> gates.count(plan, Optional.of(ledger.askedBy()), pauses.instant()))
            .orElseGet(() -> ApprovalCount.none(gates.approval()));
    return count.suffices()
        ? new Asked(answers, bound)
        : new Asked(
            Stream.concat(answers.stream(), Stream.of(gates.unapproved(count))).toList(), bound);
  }

  private static Objection blocked(Asked asked, String begin, String end) {
    return new Objection(
        Outcome.BLOCKED,
        asked.that(Verdict.BLOCKS).get(0).reason(),
        Sentence.of(begin + asked.accounts(Verdict.BLOCKS)) + end);
  }

  private static String howToExcept(Asked asked) {
    String names =
        asked.that(Verdict.BLOCKS).stream()
            .map(Answer::exception)
            .filter(name -> !name.isEmpty())
            .map(name -> "excepting(\"" + name + "\", why)")
            .collect(Collectors.joining(" and "));
    return names.isEmpty()
        ? ""
        : " To deploy all the same, ask under a new task with " + names + ".";
  }

  private static Objection failed(Taken<?> taken) {
    return new Objection(
        Outcome.FAILED_SAFE,
        taken.reason(),
        Sentence.of(taken.why()) + " Production is as it was.");
  }

  private void tell(Asked asked) {
    asked.that(Verdict.NOTES).forEach(answer -> note(answer.account()));
    asked
        .that(Verdict.EXCEPTED)
        .forEach(
            answer ->
                note(
                    answer.exception()
                        + " did not stop this deploy, excepted"
                        + (ledger.askedBy().isBlank() ? "" : " by " + ledger.askedBy())
                        + ": "
                        + answer.account()));
  }

  private void tellUnused(Asked asked) {
    order.exceptions().keySet().stream()
        .filter(
            name ->
                asked.that(Verdict.EXCEPTED).stream()
                    .noneMatch(answer -> answer.exception().equals(name)))
        .forEach(name -> note("the exception from " + name + " was not needed"));
  }

  /** Both looks may see the same. */
  private void note(String clause) {
    String sentence = Sentence.of(Character.toUpperCase(clause.charAt(0)) + clause.substring(1));
    if (told.add(sentence)) {
      notes.accept(sentence);
    }
  }
}
