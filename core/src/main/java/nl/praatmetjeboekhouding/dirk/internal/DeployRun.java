package nl.praatmetjeboekhouding.dirk.internal;

import static nl.praatmetjeboekhouding.dirk.run.Deployed.Status.UNHEALTHY;
import static nl.praatmetjeboekhouding.dirk.run.Deployed.Status.UNKNOWN;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.command.Task;
import nl.praatmetjeboekhouding.dirk.context.ContextProblem;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/**
 * The story of a deploy: documents read, tests, build, plan, leases, staging, production. Until
 * production traffic moves a failure leaves production as it is; after it, the version before is
 * put back.
 */
final class DeployRun implements Story {

  /** Changes with every change of the order or the names of the steps. */
  static final int VERSION = 2;

  /** Keeps what tests and build made, so that they are not done again once it is recorded. */
  private static final String PLAN = "plan";

  private static final String BUILD = "build";

  /** The reasons of a way back that say nothing against the version. */
  private static final Set<String> BLAMELESS = Set.of("CANCELLED", "DEADLINE", "UNCONFIRMED");

  private final Ledger ledger;
  private final Leases leases;
  private final Journal journal;
  private final Service service;
  private final Workshop workshop;
  private final DeployOrder order;
  private final Looks looks;
  private final Aftermath aftermath;
  private final DeployGates gates;
  private final List<String> notes;
  private final List<Deployed> deployed = new ArrayList<>();
  private Optional<Rollout> staging = Optional.empty();
  private Optional<Production> production = Optional.empty();

  /** What is needed to put production back. */
  private record Production(Rollout rollout, Base base, Baseline baseline, Fallback fallback) {}

  DeployRun(RunTools tools, Service service, Workshop workshop, DeployOrder order) {
    this.ledger = tools.ledger();
    this.leases = tools.leases();
    this.journal = tools.journal();
    this.service = service;
    this.workshop = workshop;
    this.order = order;
    this.looks = new Looks(ledger, service, tools.run());
    this.aftermath = new Aftermath(tools.run(), tools.ledger(), looks, tools.journal());
    this.notes = new ArrayList<>(service.notes());
    this.gates = new DeployGates(tools, service, order, notes::add);
  }

  @Override
  public Ending tell() {
    order
        .within()
        .ifPresent(time -> ledger.expireAt(ledger.began().plus(time), Expiry.Kind.DEADLINE));
    try {
      return prepare();
    } catch (RunStopped stopped) {
      if (stopped.isDetach()) {
        throw stopped;
      }
      return production
          .filter(moved -> moved.rollout().mayHaveMoved())
          .map(moved -> putBack(moved, told(stopped), stopped.why().name()))
          .orElseGet(() -> endedEarly(stopped));
    }
  }

  private static String told(RunStopped stopped) {
    return (stopped.why() == RunStopped.Cause.CANCELLED ? "Cancelled: " : "Out of time: ")
        + stopped.reason();
  }

  private Ending endedEarly(RunStopped stopped) {
    production.map(Production::rollout).ifPresent(this::leaveTheDark);
    if (deployed.isEmpty()) {
      staging
          .filter(Rollout::mayHaveMoved)
          .map(left -> Serving.left(service.staging().orElseThrow(), UNKNOWN, left))
          .ifPresent(deployed::add);
    }
    return ending(
            stopped.why() == RunStopped.Cause.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED_SAFE,
            Sentence.of(told(stopped)) + " Production is as it was.")
        .because(stopped.why().name());
  }

  private void leaveTheDark(Rollout rollout) {
    rollout.leaveTheDark();
    notes.addAll(rollout.notes());
  }

  private Ending prepare() {
    Taken<List<String>> context = ledger.decide("check context", Forms.TEXTS, this::checkContext);
    if (!(context instanceof Taken.Done<List<String>> problems)) {
      return failedSafe(context);
    }
    if (!problems.value().isEmpty()) {
      return ending(Outcome.BLOCKED, "Blocked: " + String.join("; ", problems.value()) + ".")
          .because("CONTEXT");
    }
    return gates
        .checkExceptions()
        .map(this::refused)
        .or(this::otherRelease)
        .or(() -> work("test", workshop.test()))
        .or(() -> work(BUILD, workshop.build()))
        .orElseGet(this::plan);
  }

  /**
   * A run that begins its tests and build anew may find another release in the project's folder by
   * now, which nobody asked for. Once it is built a build may have named it otherwise.
   */
  private Optional<Ending> otherRelease() {
    if (ledger.hasDecided(PLAN) || ledger.hasWorked(BUILD) || ledger.askedRelease().isEmpty()) {
      return Optional.empty();
    }
    String now;
    try {
      now = workshop.label().get();
    } catch (RuntimeException e) {
      return Optional.empty(); // the plan tells why
    }
    return now.equals(ledger.askedRelease())
        ? Optional.empty()
        : Optional.of(
            ending(
                    Outcome.WAITING,
                    "This run was asked for "
                        + ledger.askedRelease()
                        + ", but the project's folder holds "
                        + now
                        + " now. Nothing was changed. Check out what was asked for and ask for the"
                        + " same task again; or abandon it, and deploy "
                        + now
                        + " under a new task.")
                .because("OTHER_RELEASE"));
  }

  private Ending plan() {
    Taken<Plan> planned = ledger.decide(PLAN, Plan.form(journal), this::makePlan);
    if (!(planned instanceof Taken.Done<Plan> done)) {
      return failedSafe(planned);
    }
    Plan plan = done.value();
    notes.addAll(plan.warnings());
    if (plan.isOnePlace()) {
      return ending(
              Outcome.BLOCKED,
              "Blocked: staging and production are one and the same at the vendor, "
                  + plan.production().resource()
                  + ", so that trying a release in staging would be deploying it to production."
                  + " Give staging a place of its own, or leave it out.")
          .because("ONE_PLACE");
    }
    if (!plan.isOneArtifact() && !service.production().allowsDifferentArtifact()) {
      return ending(
              Outcome.BLOCKED,
              "Blocked: staging and production would get different artifacts, so that what staging"
                  + " proves is not what production gets. Build one artifact for both, or allow it"
                  + " for production by name.")
          .because("DIFFERENT_ARTIFACT");
    }
    if (plan.staging().isPresent() && service.staging().isEmpty()) {
      return ending(
              Outcome.WAITING,
              "This run was planned to go through staging, which the configuration no longer has."
                  + " Put it back and ask for the same task again; or abandon it, and deploy under a"
                  + " new task.")
          .because("OTHER_PROJECT");
    }
    List<Prepared> prepared =
        Stream.concat(plan.staging().stream(), Stream.of(plan.production())).toList();
    Optional<String> moved = elsewhere(prepared);
    if (moved.isPresent()) {
      return ending(Outcome.WAITING, moved.get()).because("OTHER_PROJECT");
    }
    Optional<Ending> refused = gates.ask(plan).map(this::refused);
    if (refused.isPresent()) {
      return refused.get();
    }
    Optional<Ending> leased =
        ledger.acquire(
            leases,
            journal,
            service.production().target(),
            prepared.stream().map(Prepared::resource).toList(),
            "deploy " + plan.label(),
            looks.settleWindow());
    if (leased.isPresent()) {
      return leased.get().with(deployed).noting(notes).boundTo(gates.plan());
    }
    if (gates.plan().isPresent()) {
      Optional<Ending> unsettled = letOthersSettle();
      if (unsettled.isPresent()) {
        return unsettled.get();
      }
    }
    Optional<Ending> stale = gates.plan().flatMap(hash -> stale(plan, hash));
    if (stale.isPresent()) {
      return stale.get();
    }
    return plan.staging().isPresent()
        ? staging(plan, service.staging().orElseThrow(), plan.staging().get())
        : production(plan);
  }

  /** Why a plan cannot be applied any more, looked at once nobody else can change its targets. */
  private Optional<Ending> stale(Plan plan, Digest hash) {
    Taken<List<String>> compared =
        ledger.decide(
            "compare with the plan",
            Forms.TEXTS,
            pauses -> {
              Planner planner = new Planner(service, journal, () -> pauses.call(Looks.CALL));
              List<String> changed =
                  planner.changed(
                      hash,
                      planner.plan(
                          plan, order.acknowledgement(), List.of(), gates.gates().rules()));
              return new Decided<>(
                  changed,
                  !changed.isEmpty(),
                  changed.isEmpty() ? "it stands" : String.join("; ", changed));
            });
    if (!(compared instanceof Taken.Done<List<String>> changed)) {
      return Optional.of(failedSafe(compared));
    }
    return changed.value().isEmpty()
        ? Optional.empty()
        : Optional.of(
            ending(
                    Outcome.BLOCKED,
                    Sentence.of("Blocked: the plan is stale: " + String.join("; ", changed.value()))
                        + " Nothing was changed; make a new plan.")
                .because("STALE_PLAN"));
  }

  /** Whether the project's folder is about something else by now than what was planned. */
  private Optional<String> elsewhere(List<Prepared> planned) {
    for (Prepared prepared : planned) {
      String now;
      try {
        now = service.deployer().resource(prepared.target());
      } catch (ProviderException e) {
        return Optional.of(
            Sentence.of("This run cannot go on: " + e.getMessage())
                + " Ask for the same task again once that is mended.");
      }
      if (!now.equals(prepared.resource())) {
        return Optional.of(
            "This run was planned for "
                + prepared.resource()
                + ", but the project's folder is about "
                + now
                + " now. Check out what was planned and ask for the same task again.");
      }
    }
    return Optional.empty();
  }

  private Ending staging(Plan plan, Stage stage, Prepared prepared) {
    Taken<Base> read = looks.readBase("read staging", stage.target());
    if (!(read instanceof Taken.Done<Base> base)) {
      return failedSafe(read);
    }
    Taken<Baseline> looked = looks.baseline("look at staging", stage, base.value());
    if (!(looked instanceof Taken.Done<Baseline> baseline)) {
      return failedSafe(looked);
    }
    Rollout rollout = new Rollout(ledger, service, stage, looks, Optional::empty);
    staging = Optional.of(rollout);
    Rollout.Went went =
        rollout.run(prepared, plan.artifactOf(prepared), base.value(), baseline.value());
    notes.addAll(rollout.notes());
    deployed.add(Serving.after(stage, went));
    if (went.reached() == Rollout.Reached.CONFLICT) {
      return ending(
              Outcome.CONFLICT, Sentence.of("Staging was changed by somebody else: " + went.why()))
          .because("CONFLICT");
    }
    if (went.reached() != Rollout.Reached.HEALTHY) {
      return ending(
              Outcome.FAILED_SAFE,
              Sentence.of(plan.label() + " failed in staging: " + went.why())
                  + " Production is as it was.")
          .because(went.reason());
    }
    return production(plan);
  }

  private Ending production(Plan plan) {
    if (gates.plan().isEmpty()) {
      Optional<Ending> unsettled = letOthersSettle();
      if (unsettled.isPresent()) {
        return unsettled.get();
      }
    }
    Stage stage = service.production();
    Taken<Base> read =
        looks.readBase(
            Aftermath.READING,
            stage.target(),
            version -> better(plan.production().resource(), version));
    if (!(read instanceof Taken.Done<Base> base)) {
      return failedSafe(read);
    }
    if (base.value().isShared()) {
      return ending(Outcome.CONFLICT, base.value().sharing()).because("SPLIT_TRAFFIC");
    }
    Taken<Baseline> looked = looks.baseline("look at production", stage, base.value());
    if (!(looked instanceof Taken.Done<Baseline> baseline)) {
      return failedSafe(looked);
    }
    if (!order.cure() && !baseline.value().letsTheGateTell()) {
      return ending(
              Outcome.FAILED_SAFE,
              Sentence.of(
                      "Production cannot be seen to be well from here ("
                          + baseline.value().account()
                          + "), so that nobody could tell whether "
                          + plan.label()
                          + " is")
                  + " Production is as it was. Mend the health check; or if production is down and"
                  + " this release is its cure, ask for it as a cure.")
          .because("BASELINE_BAD");
    }
    Taken<Fallback> rehearsed =
        ledger.decide(
            Fallback.STEP,
            Fallback.FORM,
            pauses -> {
              Fallback fallback = rehearse(plan.production(), base.value(), pauses);
              return Decided.of(fallback, fallback.account());
            });
    if (!(rehearsed instanceof Taken.Done<Fallback> fallback)) {
      return failedSafe(rehearsed);
    }
    if (!order.cure() && isUnprovenWayBack(plan.production(), base.value(), fallback.value())) {
      return ending(
              Outcome.FAILED_SAFE,
              Sentence.of(fallback.value().account())
                  + " Production is as it was. If production is down and this release is its cure,"
                  + " ask for it as a cure.")
          .because("NO_WAY_BACK");
    }
    Rollout rollout = new Rollout(ledger, service, stage, looks, gates::askAgain);
    production =
        Optional.of(new Production(rollout, base.value(), baseline.value(), fallback.value()));
    Rollout.Went went =
        rollout.run(
            plan.production(), plan.artifactOf(plan.production()), base.value(), baseline.value());
    notes.addAll(rollout.notes());
    return judge(plan, production.get(), went);
  }

  /** Before production is compared with a plan, and otherwise as late as can be. */
  private Optional<Ending> letOthersSettle() {
    Taken<String> settled = aftermath.settle(service.production().target(), notes::add);
    return settled instanceof Taken.Done<String>
        ? Optional.empty()
        : Optional.of(failedSafe(settled));
  }

  private Fallback rehearse(Prepared prepared, Base base, LedgerPauses pauses) {
    KnownGood known = KnownGood.of(journal, service.production().target(), prepared.resource());
    return Fallback.of(service.deployer(), prepared, base, known, () -> pauses.call(Looks.CALL));
  }

  /** Whether there should be a way back, but none was found. */
  private static boolean isUnprovenWayBack(Prepared prepared, Base base, Fallback fallback) {
    return fallback.to().isEmpty() && base.deployment().isPresent() && prepared.reversible();
  }

  /** What to go back to if what serves is known to be bad. */
  private Optional<Version> better(String resource, Version serving) {
    return KnownGood.of(journal, service.production().target(), resource).betterThan(serving);
  }

  private Ending judge(Plan plan, Production moved, Rollout.Went went) {
    String label = plan.label();
    return switch (went.reached()) {
      case HEALTHY -> {
        deployed.add(0, Serving.after(service.production(), went));
        yield ending(Outcome.SUCCEEDED, label + " serves production" + proof(went) + ".")
            .leaving(Facts.good(went.version().orElseThrow()));
      }
      case NOT_MOVED ->
          ending(
                  Outcome.FAILED_SAFE,
                  Sentence.of(label + " did not reach production: " + went.why())
                      + " Production is as it was.")
              .because(went.reason());
      case REFUSED ->
          ending(
                  Outcome.BLOCKED,
                  Sentence.of("Blocked before " + label + " reached production: " + went.why())
                      + " Production is as it was.")
              .because(went.reason());
      case CONFLICT ->
          ending(
                  Outcome.CONFLICT,
                  Sentence.of("Production was changed by somebody else: " + went.why()))
              .because("CONFLICT")
              .leaving(
                  moved.rollout().mayHaveMoved()
                      ? Facts.changed(Optional.empty())
                      : Facts.nothingChanged());
      case SICK -> putBack(moved, label + " failed in production: " + went.why(), went.reason());
      case UNTOLD, UNKNOWN -> {
        deployed.add(0, Serving.after(service.production(), went));
        yield ending(
                Outcome.HELD,
                Sentence.of(
                        "Whether " + label + " serves production could not be told: " + went.why())
                    + " Look at it, then resume this task to have it looked at again, roll back, or"
                    + " deploy under a new task.")
            .because(went.reason())
            .leaving(Facts.changed(Optional.empty()));
      }
    };
  }

  private Ending putBack(Production moved, String what, String reason) {
    Stage stage = service.production();
    if (moved.fallback().to().isEmpty()) {
      deployed.add(
          0,
          Serving.left(stage, BLAMELESS.contains(reason) ? UNKNOWN : UNHEALTHY, moved.rollout()));
      return ending(
              Outcome.HELD,
              Sentence.of(what) + " " + moved.fallback().account() + " Deploy a good version.")
          .because("NO_WAY_BACK")
          .leaving(Facts.changed(moved.rollout().version()));
    }
    ledger.shield();
    moved
        .rollout()
        .version()
        .filter(away -> away.progress() instanceof Progress.Pending)
        .flatMap(away -> looks.awaitBefore("version before it is put away", away))
        .ifPresent(notes::add);
    Base base = moved.base();
    Version good = moved.fallback().to().get();
    boolean servedBefore =
        base.version().filter(version -> version.id().equals(good.id())).isPresent();
    WayBack.Went back =
        new WayBack(ledger, service, stage, looks)
            .run(
                good,
                moved.rollout().version(),
                Standing.versions(
                    Stream.of(Optional.of(good), moved.rollout().version(), base.version())
                        .flatMap(Optional::stream)
                        .map(Version::id)
                        .collect(Collectors.toSet())),
                moved
                    .rollout()
                    .deployment()
                    .<ExpectedBase>map(made -> new ExpectedBase.Standing(made.id()))
                    .orElseGet(ExpectedBase.Anything::new),
                base.settings(),
                servedBefore ? moved.baseline().identity() : Optional.empty(),
                "put back " + good.release().map(Release::label).orElse("what served before"));
    notes.addAll(back.notes());
    deployed.add(0, Serving.after(stage, good, moved.rollout().version(), back));
    return Putback.ending(what, good, moved.rollout().version(), back)
        .because(reason)
        .with(deployed)
        .noting(notes)
        .boundTo(gates.plan());
  }

  private Decided<List<String>> checkContext(LedgerPauses pauses) {
    List<String> problems =
        workshop.context().verify(order.acknowledgement()).stream()
            .map(ContextProblem::toString)
            .toList();
    return new Decided<>(
        problems,
        !problems.isEmpty(),
        problems.isEmpty() ? "all read" : String.join("; ", problems));
  }

  /** The ending if the task failed; empty if it went well or there is none. */
  private Optional<Ending> work(String step, Optional<Task> task) {
    if (task.isEmpty()) {
      return Optional.empty();
    }
    Taken<String> worked = ledger.work(step, PLAN, pauses -> run(task.get(), pauses));
    if (worked instanceof Taken.Done<String>) {
      return Optional.empty();
    }
    return Optional.of(
        ending(
                Outcome.FAILED_SAFE,
                Sentence.of("The " + step + " failed: " + worked.why()) + " Nothing was deployed.")
            .because(step.toUpperCase(Locale.ROOT) + "_FAILED"));
  }

  private static Task.Worked run(Task task, LedgerPauses pauses) {
    Cancellation cancellation = pauses.call(Looks.CALL).cancellation();
    Task.Worked worked = task.run(pauses::output, cancellation);
    if (worked.stopped()) {
      throw RunStopped.of(cancellation.stop().orElseThrow());
    }
    return worked;
  }

  private Decided<Plan> makePlan(LedgerPauses pauses) {
    Plan plan =
        Patience.inTurn(pauses, () -> Plan.of(label(), service, () -> pauses.call(Looks.CALL)));
    return Decided.of(plan, plan.artifactOf(plan.production()).release().toString());
  }

  private String label() {
    try {
      return workshop.label().get();
    } catch (IllegalStateException e) {
      throw ProviderException.of(
          FailureKind.INVALID, Sentence.of("The release has no label: " + e.getMessage()));
    }
  }

  private Ending refused(Objection objection) {
    return ending(objection.outcome(), objection.why()).because(objection.reason());
  }

  private Ending failedSafe(Taken<?> taken) {
    return ending(Outcome.FAILED_SAFE, Sentence.of(taken.why()) + " Production is as it was.")
        .because(taken.reason());
  }

  private Ending ending(Outcome outcome, String summary) {
    return Ending.of(outcome, summary).with(deployed).noting(notes).boundTo(gates.plan());
  }

  private static String proof(Rollout.Went went) {
    boolean unproven =
        went.verdict().filter(verdict -> verdict.kind() == Verdict.Kind.PASS_UNPROVEN).isPresent();
    return unproven ? ", unproven: the service cannot tell its version" : "";
  }
}
