package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;

/**
 * The story of a rollback: choose the version to go back to, put it back, look whether it answers.
 * Asked twice in a row it does nothing the second time.
 */
final class RollbackRun implements Story {

  /** Changes with every change of the order or the names of the steps. */
  static final int VERSION = 1;

  private final String run;
  private final Ledger ledger;
  private final Leases leases;
  private final Journal journal;
  private final Service service;
  private final Optional<String> wanted;
  private final String why;
  private final Preemption preemption;
  private final Looks looks;
  private final Aftermath aftermath;
  private final List<String> notes;

  /**
   * @param wanted the version to go back to, or empty for the newest known-good one
   * @param why for the people who read the vendor's list
   */
  RollbackRun(RunTools tools, Service service, Optional<String> wanted, String why) {
    this.run = tools.run();
    this.ledger = tools.ledger();
    this.leases = tools.leases();
    this.journal = tools.journal();
    this.service = service;
    this.wanted = wanted;
    this.why = why;
    this.preemption = tools.preemption();
    this.looks = new Looks(ledger, service, tools.run());
    this.aftermath = new Aftermath(tools.run(), tools.ledger(), looks, tools.journal());
    this.notes = new ArrayList<>(service.notes());
  }

  @Override
  public Ending tell() {
    Stage stage = service.production();
    Taken<String> resource =
        ledger.decide(
            "find the resource",
            Forms.TEXT,
            pauses -> {
              String name = service.deployer().resource(stage.target());
              return Decided.of(name, name);
            });
    if (!(resource instanceof Taken.Done<String> found)) {
      return failedSafe(resource);
    }
    Optional<Ending> leased =
        acquire(found.value()).flatMap(inTheWay -> orPreempt(found.value(), inTheWay));
    if (leased.isPresent()) {
      return leased.get().noting(notes);
    }
    Taken<String> settled = aftermath.settle(stage.target(), notes::add);
    if (!(settled instanceof Taken.Done<String>)) {
      return failedSafe(settled);
    }
    Taken<Base> read = looks.readServing(Aftermath.READING, stage.target());
    if (!(read instanceof Taken.Done<Base> base)) {
      return failedSafe(read);
    }
    Taken<Choice> chosen =
        ledger.decide(
            Choice.STEP,
            Choice.FORM,
            pauses -> {
              Choosing choosing = choosing(found.value(), pauses);
              return wanted
                  .map(name -> choosing.named(name, base.value()))
                  .orElseGet(() -> choosing.newest(base.value()))
                  .decided();
            });
    if (!(chosen instanceof Taken.Done<Choice> choice)) {
      return failedSafe(chosen);
    }
    return choice.value().alreadyThere()
        ? lookAgain(found.value(), base.value(), choice.value())
        : putBack(base.value(), choice.value());
  }

  private Optional<Ending> acquire(String resource) {
    return ledger.acquire(
        leases,
        journal,
        service.production().target(),
        List.of(resource),
        "roll back: " + why,
        looks.settleWindow());
  }

  /**
   * Takes over if what is in the way is a deploy of this service, and no other run came after this
   * one while it was left.
   */
  private Optional<Ending> orPreempt(String resource, Ending inTheWay) {
    Optional<Holding> deploy =
        inTheWay.reason().equals(Optional.of(Ledger.LEASED))
            ? Holding.of(journal, resource).filter(held -> held.isDeployOf(service.name()))
            : Optional.empty();
    return deploy.isPresent()
        ? ledger
            .superseded(journal, service.production().target(), resource, deploy.get().run())
            .or(() -> preempt(resource, deploy.get()))
        : Optional.of(inTheWay);
  }

  /** Ends the deploy, and gives what it has sent just before the time to land and be shown. */
  private Optional<Ending> preempt(String resource, Holding deploy) {
    Taken<String> decided =
        ledger.decide(
            Preemption.STEP + deploy.run(),
            Forms.TEXT,
            pauses -> Decided.of(deploy.run(), "comes over " + deploy.account()));
    if (!(decided instanceof Taken.Done<String>)) {
      return Optional.of(failedSafe(decided));
    }
    Taken<String> ended =
        ledger.decide(
            Preemption.END + deploy.run(),
            Forms.TEXT,
            pauses -> {
              leases.preempt(resource, "roll back: " + why);
              Duration left =
                  preemption.end(deploy, run, service.production().target(), looks.settleWindow());
              pauses.pause("what run " + deploy.run() + " sent may not have landed yet", left);
              return Decided.of(deploy.run(), "ended " + deploy.account());
            });
    return ended instanceof Taken.Done<String> ? acquire(resource) : Optional.of(failedSafe(ended));
  }

  private Choosing choosing(String resource, LedgerPauses pauses) {
    Target target = service.production().target();
    return new Choosing(
        service.deployer(),
        target,
        KnownGood.of(journal, target, resource),
        pauses,
        looks.patience());
  }

  private Ending putBack(Base base, Choice choice) {
    Stage stage = service.production();
    if (choice.to().isEmpty()) {
      return ending(Outcome.BLOCKED, "Nothing was changed: " + choice.account() + ".")
          .because("NOTHING_TO_GO_BACK_TO");
    }
    Version good = choice.to().get();
    WayBack.Went back =
        new WayBack(ledger, service, stage, looks)
            .run(
                good,
                base.version(),
                base.version().isPresent()
                    ? Standing.versions(seenOr(base, good))
                    : Standing.ANYTHING,
                ExpectedBase.of(base.deployment().map(Deployment::id)),
                List.of(),
                Optional.empty(),
                why);
    notes.addAll(back.notes());
    if (back.reached() == WayBack.Reached.FAILED && back.deployment().isEmpty()) {
      return ending(
              Outcome.FAILED_SAFE,
              Sentence.of("Rollback (" + choice.account() + "): " + back.why())
                  + " Production is as it was.")
          .because(back.reason());
    }
    Ending ending =
        Putback.ending("Rollback (" + choice.account() + ")", good, base.version(), back)
            .because(back.reason())
            .with(List.of(Serving.after(stage, good, base.version(), back)))
            .noting(notes);
    if (back.reached() == WayBack.Reached.CONFLICT && back.deployment().isEmpty()) {
      return ending.leaving(Facts.nothingChanged());
    }
    return ending.outcome() == Outcome.ROLLED_BACK ? ending.as(Outcome.SUCCEEDED) : ending;
  }

  /** Also what a deploy that was ended left in the dark beside the version that serves. */
  private static Set<String> seenOr(Base base, Version good) {
    Set<String> seen = new HashSet<>();
    base.deployment()
        .ifPresent(now -> now.split().shares().forEach(share -> seen.add(share.version())));
    seen.add(good.id());
    return seen;
  }

  /** What serves was put back before: if it is sick by now the way goes further back. */
  private Ending lookAgain(String resource, Base base, Choice choice) {
    Stage stage = service.production();
    Version good = choice.to().orElseThrow();
    Taken<Verdict> looked =
        looks.watch(
            "check production",
            stage,
            Expected.putBack(good, choice.away(), Optional.empty()),
            Baseline.nothingServed());
    Optional<Verdict> verdict =
        looked instanceof Taken.Done<Verdict> done ? Optional.of(done.value()) : Optional.empty();
    boolean isSick = verdict.filter(seen -> seen.failed() && !seen.isAboutIdentity()).isPresent();
    if (isSick && wanted.isEmpty()) {
      Optional<Ending> further = goFurtherBack(resource, base);
      if (further.isPresent()) {
        return further.get();
      }
    }
    if (ledger.lookedForSomething()) {
      Taken<Optional<String>> late =
          looks.lateArrivals(
              "look for late arrivals",
              stage.target(),
              now -> now.map(Deployment::id).equals(base.deployment().map(Deployment::id)));
      Optional<Ending> other = noLonger(good, base, choice, late);
      if (other.isPresent()) {
        return other.get();
      }
    }
    return seenAgain(good, base, choice, isSick, verdict);
  }

  /** What is there already may have been what the vendor still showed of the time before. */
  private Optional<Ending> noLonger(
      Version good, Base base, Choice choice, Taken<Optional<String>> late) {
    if (late instanceof Taken.Done<Optional<String>> seen && seen.value().isEmpty()) {
      return Optional.empty();
    }
    boolean isOther = late instanceof Taken.Done<Optional<String>>;
    String why =
        late instanceof Taken.Done<Optional<String>> seen
            ? seen.value().orElseThrow()
            : "it could not be looked at again: " + late.why();
    WayBack.Reached reached = isOther ? WayBack.Reached.CONFLICT : WayBack.Reached.UNKNOWN;
    WayBack.Went went =
        new WayBack.Went(reached, "", why, base.deployment(), Optional.empty(), List.of());
    return Optional.of(
        ending(
                isOther ? Outcome.CONFLICT : Outcome.HELD,
                Sentence.of("Nothing was changed: " + choice.account() + ", but " + why)
                    + " Roll back again under a new task.")
            .because(isOther ? "CONFLICT" : late.reason())
            .with(List.of(Serving.after(service.production(), good, Optional.of(good), went))));
  }

  private Optional<Ending> goFurtherBack(String resource, Base base) {
    Taken<Choice> chosen =
        ledger.decide(
            Choice.EARLIER,
            Choice.FORM,
            pauses -> choosing(resource, pauses).earlier(base).decided());
    return chosen instanceof Taken.Done<Choice> choice && choice.value().to().isPresent()
        ? Optional.of(putBack(base, choice.value()))
        : Optional.empty();
  }

  private Ending seenAgain(
      Version good, Base base, Choice choice, boolean isSick, Optional<Verdict> verdict) {
    boolean isHealthy = verdict.filter(Verdict::passed).isPresent();
    boolean isProven = verdict.filter(seen -> seen.kind() == Verdict.Kind.PASS).isPresent();
    WayBack.Reached reached =
        isHealthy
            ? WayBack.Reached.BACK
            : isSick ? WayBack.Reached.FAILED : WayBack.Reached.UNKNOWN;
    WayBack.Went went =
        new WayBack.Went(reached, "", choice.account(), base.deployment(), verdict, List.of());
    String state =
        isHealthy
            ? ", and it answers well" + (isProven ? "" : ", unproven")
            : ", but it could not be seen to answer well"
                + verdict.map(seen -> ": " + seen.account()).orElse("");
    Ending ending =
        ending(
                isHealthy ? Outcome.SUCCEEDED : Outcome.FAILED_SAFE,
                Sentence.of("Nothing was changed: " + choice.account() + state)
                    + (isHealthy ? "" : " Deploy a good version, or name one to go back to."))
            .because("ALREADY_THERE")
            .with(List.of(Serving.after(service.production(), good, Optional.of(good), went)));
    return isSick ? ending.leaving(Facts.sick(good)) : ending;
  }

  private Ending failedSafe(Taken<?> taken) {
    return ending(Outcome.FAILED_SAFE, Sentence.of(taken.why()) + " Production is as it was.")
        .because(taken.reason());
  }

  private Ending ending(Outcome outcome, String summary) {
    return Ending.of(outcome, summary).noting(notes);
  }
}
