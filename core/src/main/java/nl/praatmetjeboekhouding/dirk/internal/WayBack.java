package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;

/** Puts an earlier version back and looks whether it answers. Nobody cancels it. */
final class WayBack {

  /** How far it came. */
  enum Reached {
    /** The earlier version answers, and well. */
    BACK,
    /** It was not put back, or does not answer well. */
    FAILED,
    /** Whether it was put back, or whether it answers, is not known. */
    UNKNOWN,
    /** Somebody else changed the target. */
    CONFLICT;

    /** After a switch that was not done. */
    static Reached without(Taken<?> switched) {
      if (switched.isUnknown()) {
        return UNKNOWN;
      }
      return switched.isConflict() ? CONFLICT : FAILED;
    }
  }

  /**
   * How the way back went.
   *
   * @param reason one word for what stood in the way; empty text if nothing did
   * @param why the same as a sentence
   */
  record Went(
      Reached reached,
      String reason,
      String why,
      Optional<Deployment> deployment,
      Optional<Verdict> verdict,
      List<String> notes) {}

  private final Ledger ledger;
  private final Service service;
  private final Stage stage;
  private final Looks looks;
  private final List<String> notes = new ArrayList<>();

  WayBack(Ledger ledger, Service service, Stage stage, Looks looks) {
    this.ledger = ledger;
    this.service = service;
    this.stage = stage;
    this.looks = looks;
  }

  /**
   * @param good what is put back
   * @param bad what is put away, if it is known
   * @param standing who may serve directly before
   * @param from what must stand for this to be right
   * @param settings what was live beside {@code good}
   * @param identity what {@code good} called itself while it served, if somebody looked then
   * @param reason why, for the people who read the vendor's list
   */
  Went run(
      Version good,
      Optional<Version> bad,
      Standing standing,
      ExpectedBase from,
      List<LiveSetting> settings,
      Optional<String> identity,
      String reason) {
    ledger.shield();
    String name = stage.target().environment().name();
    Taken<Deployment> switched =
        ledger.effect(
            "put back " + name,
            new Activate(
                service.deployer(), stage.target(), Split.all(good.id()), from, standing, reason),
            looks.settling());
    return landed(
        switched,
        "",
        settings,
        Expected.putBack(good, bad, identity),
        active -> now -> now.map(Deployment::id).equals(Optional.of(active.id())));
  }

  /**
   * What follows the switch: settings, whether the earlier version answers, and whether anything
   * came late.
   *
   * @param when what the names of its steps end with; may be empty text
   * @param isRight whether what serves in the end is what the switch made
   */
  Went landed(
      Taken<Deployment> switched,
      String when,
      List<LiveSetting> settings,
      Expected expected,
      Function<Deployment, Predicate<Optional<Deployment>>> isRight) {
    if (!(switched instanceof Taken.Done<Deployment> active)) {
      return went(Reached.without(switched), switched, Optional.empty());
    }
    String name = stage.target().environment().name();
    Taken<Deployment> ready =
        looks.awaitDeployment("await put back " + name + when, active.value());
    if (!(ready instanceof Taken.Done<Deployment>)) {
      return went(Reached.without(ready), ready, Optional.of(active.value()));
    }
    notes.addAll(
        looks.putSettingsBack(
            stage.target(),
            settings,
            "compare settings of " + name + " put back" + when,
            setting -> "put back " + setting + " of " + name + when));
    Taken<Verdict> looked =
        looks.watch(
            "check " + name + " put back" + when, stage, expected, Baseline.nothingServed());
    if (!(looked instanceof Taken.Done<Verdict> verdict)) {
      return went(Reached.UNKNOWN, looked, Optional.of(active.value()));
    }
    return judged(
        active.value(),
        verdict.value(),
        "look for late arrivals" + when,
        isRight.apply(active.value()));
  }

  private Went judged(
      Deployment active, Verdict verdict, String look, Predicate<Optional<Deployment>> isRight) {
    Taken<Optional<String>> seen =
        verdict.passed() && !ledger.lookedForSomething()
            ? new Taken.Done<>(Optional.empty())
            : looks.lateArrivals(look, stage.target(), isRight);
    if (seen instanceof Taken.Done<Optional<String>> late && late.value().isPresent()) {
      return went(Reached.CONFLICT, "CONFLICT", late.value().get(), active, verdict);
    }
    if (!verdict.passed()) {
      return went(
          verdict.failed() && !verdict.isAboutIdentity() ? Reached.FAILED : Reached.UNKNOWN,
          verdict.reason(),
          verdict.reason() + ": " + verdict.account(),
          active,
          verdict);
    }
    return seen instanceof Taken.Done<Optional<String>>
        ? went(Reached.BACK, "", "", active, verdict)
        : went(
            Reached.UNKNOWN,
            seen.reason(),
            "it could not be looked at again: " + seen.why(),
            active,
            verdict);
  }

  private Went went(Reached reached, Taken<?> taken, Optional<Deployment> deployment) {
    return went(reached, taken.reason(), taken.why(), deployment, Optional.empty());
  }

  private Went went(
      Reached reached, String reason, String why, Deployment active, Verdict verdict) {
    return went(reached, reason, why, Optional.of(active), Optional.of(verdict));
  }

  private Went went(
      Reached reached,
      String reason,
      String why,
      Optional<Deployment> deployment,
      Optional<Verdict> verdict) {
    return new Went(reached, reason, why, deployment, verdict, List.copyOf(notes));
  }
}
