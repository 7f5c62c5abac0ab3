package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;

/**
 * The way back of a run that is recovered: finishes the one that its own story was on, or takes it
 * anew under a name of its own. Nobody cancels it.
 */
final class RecoveredWayBack {

  private final Ledger ledger;
  private final Service service;
  private final Stage stage;
  private final LeftRun left;
  private final Looks looks;
  private final String name;
  private final Version good;
  private final List<String> notes = new ArrayList<>();

  RecoveredWayBack(Ledger ledger, Service service, LeftRun left, Looks looks, Version good) {
    this.ledger = ledger;
    this.service = service;
    this.stage = service.production();
    this.left = left;
    this.looks = looks;
    this.name = stage.target().environment().name();
    this.good = good;
  }

  /** The step in which recovery itself puts a version back. */
  static String step(String environment) {
    return "put back " + environment + " in recovery";
  }

  /**
   * Puts back, or finishes doing so.
   *
   * @param standing what serves now, if it is known
   */
  WayBack.Went run(Optional<Deployment> standing, String reason) {
    ledger.shield();
    Activate activate =
        new Activate(
            service.deployer(),
            stage.target(),
            Split.all(good.id()),
            standing
                .<ExpectedBase>map(made -> new ExpectedBase.Standing(made.id()))
                .orElseGet(ExpectedBase.Anything::new),
            Standing.versions(
                Stream.concat(left.away().stream(), Stream.of(good))
                    .map(Version::id)
                    .collect(Collectors.toUnmodifiableSet())),
            reason);
    Optional<Taken<Deployment>> earlier =
        left.puttingBack().map(step -> ledger.settle(step, activate, looks.settling()));
    boolean isTold = earlier.filter(RecoveredWayBack::isTold).isPresent();
    Taken<Deployment> switched =
        isTold ? earlier.get() : ledger.effect(step(name), activate, looks.settling());
    if (!(switched instanceof Taken.Done<Deployment> active)) {
      return went(WayBack.Reached.without(switched), switched, Optional.empty());
    }
    Taken<Deployment> ready =
        looks.awaitDeployment("await put back " + name + " in recovery", active.value());
    if (!(ready instanceof Taken.Done<Deployment>)) {
      return went(WayBack.Reached.without(ready), ready, Optional.of(active.value()));
    }
    notes.addAll(
        looks.putSettingsBack(
            stage.target(),
            left.before().settings(),
            "compare settings of " + name + " in recovery",
            setting -> "put back " + setting + " of " + name + " in recovery"));
    Taken<Verdict> looked =
        looks.watch(
            "check " + name + " put back in recovery",
            stage,
            Expected.putBack(good, left.away(), left.identityOfGood()),
            Baseline.nothingServed());
    return looked instanceof Taken.Done<Verdict> verdict
        ? judged(active.value(), verdict.value())
        : went(WayBack.Reached.UNKNOWN, looked, Optional.of(active.value()));
  }

  /**
   * Whether nothing is to be put back any more: it was, or nobody can tell, or somebody else came.
   */
  private static boolean isTold(Taken<Deployment> earlier) {
    return earlier instanceof Taken.Done || earlier.isUnknown() || earlier.isConflict();
  }

  private WayBack.Went judged(Deployment active, Verdict verdict) {
    if (!verdict.passed()) {
      boolean isSick = verdict.failed() && !verdict.isAboutIdentity();
      return new WayBack.Went(
          isSick ? WayBack.Reached.FAILED : WayBack.Reached.UNKNOWN,
          verdict.reason(),
          verdict.reason() + ": " + verdict.account(),
          Optional.of(active),
          Optional.of(verdict),
          List.copyOf(notes));
    }
    Optional<String> late = ledger.lookedForSomething() ? lateArrivals() : Optional.empty();
    return new WayBack.Went(
        late.isPresent() ? WayBack.Reached.CONFLICT : WayBack.Reached.BACK,
        late.isPresent() ? "CONFLICT" : "",
        late.orElse(""),
        Optional.of(active),
        Optional.of(verdict),
        List.copyOf(notes));
  }

  private Optional<String> lateArrivals() {
    Taken<Optional<String>> seen =
        looks.lateArrivals(
            "look for late arrivals in recovery",
            stage.target(),
            now -> now.flatMap(one -> one.split().sole()).equals(Optional.of(good.id())));
    return seen instanceof Taken.Done<Optional<String>> done
        ? done.value()
        : Optional.of("it could not be looked at again: " + seen.why());
  }

  private WayBack.Went went(
      WayBack.Reached reached, Taken<?> taken, Optional<Deployment> deployment) {
    return new WayBack.Went(
        reached, taken.reason(), taken.why(), deployment, Optional.empty(), List.copyOf(notes));
  }
}
