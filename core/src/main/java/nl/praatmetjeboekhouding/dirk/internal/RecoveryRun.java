package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Deployed;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;

/**
 * Brings a run that an older story began to a safe end: sees what production came to, then lets the
 * gate judge it, or puts the version before back. It begins nothing that the older story had still
 * to do.
 */
final class RecoveryRun implements Story {

  /** Changes with every change of the order or the names of the steps. */
  static final int VERSION = 1;

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final String RECOVERED = "RECOVERED";
  private static final String CANCELLED = "CANCELLED";
  private static final String CONFLICT = "CONFLICT";

  private final Ledger ledger;
  private final Leases leases;
  private final Journal journal;
  private final Service service;
  private final Stage stage;
  private final LeftRun left;
  private final Looks looks;
  private final String name;
  private final List<String> notes;
  private Optional<Version> version;
  private Optional<Deployment> serving = Optional.empty();
  private boolean mayHaveMoved;

  RecoveryRun(RunTools tools, Service service, LeftRun left) {
    this.ledger = tools.ledger();
    this.leases = tools.leases();
    this.journal = tools.journal();
    this.service = service;
    this.stage = service.production();
    this.left = left;
    this.looks = new Looks(ledger, service, tools.run());
    this.name = stage.target().environment().name();
    this.version = left.uploaded();
    this.notes = new ArrayList<>(service.notes());
    notes.add(
        "This run was begun by an earlier Dirk ("
            + left.runbook()
            + " story "
            + left.story()
            + "). It was recovered, not continued: what it had still to do was not begun.");
  }

  @Override
  public Ending tell() {
    try {
      return recover();
    } catch (RunStopped stopped) {
      if (stopped.isDetach()) {
        throw stopped;
      }
      return mayHaveMoved
          ? putBack("Cancelled: " + stopped.reason(), CANCELLED)
          : untouched(Optional.of(stopped.reason()));
    }
  }

  private Ending recover() {
    if (left.switching().isEmpty() && left.puttingBack().isEmpty()) {
      return untouched(left.cancelled());
    }
    String resource = left.resource().orElseThrow();
    Optional<String> moved = elsewhere(resource);
    if (moved.isPresent()) {
      return ending(Outcome.WAITING, moved.get()).because("OTHER_PROJECT");
    }
    Optional<Ending> leased =
        ledger.acquire(
            leases,
            journal,
            stage.target(),
            List.of(resource),
            "recover " + left.runbook(),
            looks.settleWindow());
    if (leased.isPresent()) {
      return leased.get().noting(notes);
    }
    return left.isRollback() ? putBack("Rollback, recovered", "") : deploy();
  }

  private Optional<String> elsewhere(String planned) {
    try {
      String now = service.deployer().resource(stage.target());
      return now.equals(planned)
          ? Optional.empty()
          : Optional.of(
              "This run changed "
                  + planned
                  + ", but the project's folder is about "
                  + now
                  + " now. Check out what was deployed and ask for the same task again.");
    } catch (ProviderException e) {
      return Optional.of(
          Sentence.of("This run cannot be recovered: " + e.getMessage())
              + " Ask for the same task again once that is mended.");
    }
  }

  private Ending deploy() {
    Taken<?> switched = settleSwitch(left.switching().orElseThrow());
    if (switched.isUnknown()) {
      return held("Whether " + left.label() + " serves production could not be told", switched);
    }
    if (!(switched instanceof Taken.Done<?>)) {
      return switched.isConflict() ? conflict(switched.why()) : untouched(left.cancelled());
    }
    mayHaveMoved = true;
    if (left.puttingBack().isPresent()) {
      return putBack(left.label() + " was being put away when the run was left", RECOVERED);
    }
    if (left.cancelled().isPresent()) {
      return putBack("Cancelled: " + left.cancelled().get(), CANCELLED);
    }
    return left.gateFailed()
        ? putBack(left.label() + " failed in production before the run was left", "UNHEALTHY")
        : judge();
  }

  /** What became of the switch; the upload where that is the switch. */
  private Taken<?> settleSwitch(String step) {
    if (left.switchesWithUpload()) {
      Taken<Version> uploaded =
          ledger.settle(step, new SentUpload(service.deployer(), stage.target()), looks.settling());
      if (uploaded instanceof Taken.Done<Version> done) {
        version = Optional.of(done.value());
      }
      return uploaded;
    }
    Taken<Deployment> activated =
        ledger.settle(
            step,
            new Activate(
                service.deployer(),
                stage.target(),
                Split.all(left.uploaded().orElseThrow().id()),
                new ExpectedBase.Anything(),
                Standing.ANYTHING,
                ""),
            looks.settling());
    if (activated instanceof Taken.Done<Deployment> done) {
      serving = Optional.of(done.value());
    }
    return activated;
  }

  private Ending judge() {
    Version made = version.orElseThrow();
    Taken<Optional<Deployment>> seen = seeProduction(made);
    if (!(seen instanceof Taken.Done<Optional<Deployment>> active)) {
      return held("What serves production could not be read", seen);
    }
    Optional<Deployment> now = active.value();
    if (now.isEmpty() || !isServedBy(now.get(), made)) {
      return conflict(
          now.map(other -> "deployment " + other.id() + " (" + other.split() + ") serves by now")
              .orElse("nothing serves any more"));
    }
    serving = now;
    Taken<Deployment> ready = looks.awaitDeployment("await " + name + " in recovery", now.get());
    if (ready.isUnknown()) {
      return held(left.label() + " did not get ready", ready);
    }
    if (!(ready instanceof Taken.Done<Deployment>)) {
      return putBack(left.label() + " failed in production: " + ready.why(), ready.reason());
    }
    Optional<String> unset = unsetSettings();
    if (unset.isPresent()) {
      return putBack(left.label() + " was not whole in production: " + unset.get(), RECOVERED);
    }
    return gate(made);
  }

  /** What serves, once the vendor's reads have settled. */
  private Taken<Optional<Deployment>> seeProduction(Version made) {
    Duration window = service.deployer().guarantees().settleWindow();
    return ledger.decide(
        "see " + name + " in recovery",
        Forms.optional(Forms.DEPLOYMENT),
        pauses -> {
          long began = pauses.nanoTime();
          while (true) {
            Optional<Deployment> now =
                looks
                    .patience()
                    .read(pauses, call -> service.deployer().active(stage.target(), call));
            boolean isSeen = now.filter(one -> isServedBy(one, made)).isPresent();
            if (isSeen || Duration.ofNanos(pauses.nanoTime() - began).compareTo(window) >= 0) {
              String account = now.map(one -> one.id() + ": " + one.split()).orElse("nothing");
              return new Decided<>(now, !isSeen, account);
            }
            pauses.pause("the vendor's reads may lag", LOOK_EVERY);
          }
        });
  }

  private static boolean isServedBy(Deployment deployment, Version made) {
    return deployment.split().sole().equals(Optional.of(made.id()));
  }

  /** What is missing beside the version, or empty. */
  private Optional<String> unsetSettings() {
    if (!(service.deployer() instanceof LiveSettings live)) {
      return Optional.empty();
    }
    if (left.settings().isEmpty()) {
      return Optional.of("its settings were not compared yet");
    }
    List<LiveSetting> wanted = left.settings().get();
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Taken<List<LiveSetting>> seen =
        ledger.decide(
            "see settings of " + name + " in recovery",
            Forms.list(Forms.LIVE_SETTING),
            pauses -> {
              List<LiveSetting> unset =
                  wanted.stream()
                      .filter(
                          setting ->
                              !looks
                                  .patience()
                                  .read(pauses, call -> live.isSet(stage.target(), setting, call)))
                      .toList();
              return Decided.of(unset, unset.isEmpty() ? "all are set" : names(unset) + " not set");
            });
    if (!(seen instanceof Taken.Done<List<LiveSetting>> unset)) {
      return Optional.of(seen.why());
    }
    return unset.value().isEmpty()
        ? Optional.empty()
        : Optional.of(names(unset.value()) + " had still to be set");
  }

  private Ending gate(Version made) {
    Taken<Verdict> looked =
        looks.watch(
            "check " + name + " in recovery",
            stage,
            Expected.of(made, left.before().version(), left.before().baseline().identity()),
            left.before().baseline());
    if (!(looked instanceof Taken.Done<Verdict> done)) {
      return held("Whether " + left.label() + " is well could not be told", looked);
    }
    Verdict verdict = done.value();
    String account = verdict.reason() + ": " + verdict.account();
    if (verdict.passed()) {
      boolean isProven = verdict.kind() == Verdict.Kind.PASS;
      return ending(
              Outcome.SUCCEEDED,
              left.label()
                  + " serves production"
                  + (isProven ? "" : ", unproven: the service cannot tell its version")
                  + ".")
          .with(List.of(served(Deployed.Status.HEALTHY, Optional.of(verdict))))
          .leaving(Facts.good(made));
    }
    if (verdict.failed()) {
      return putBack(left.label() + " failed in production: " + account, verdict.reason());
    }
    return ending(
            Outcome.HELD,
            Sentence.of("Whether " + left.label() + " is well could not be told: " + account)
                + " Look at it, then resume this task to have it looked at again, or roll back.")
        .because(verdict.reason())
        .with(List.of(served(Deployed.Status.UNKNOWN, Optional.of(verdict))))
        .leaving(Facts.changed(Optional.empty()));
  }

  private Ending putBack(String what, String reason) {
    Optional<Version> good = left.good();
    if (good.isEmpty() || !left.reversible()) {
      String why =
          good.isEmpty()
              ? "There is nothing to go back to: nothing that the journal knows served before."
              : "The vendor cannot put the version before back.";
      return ending(Outcome.HELD, Sentence.of(what) + " " + why + " Deploy a good version.")
          .because("NO_WAY_BACK")
          .with(List.of(served(Deployed.Status.UNKNOWN, Optional.empty())))
          .leaving(Facts.changed(version));
    }
    WayBack.Went back =
        new RecoveredWayBack(ledger, service, left, looks, good.get())
            .run(
                serving,
                "put back "
                    + good.get().release().map(Release::label).orElse("what served before"));
    notes.addAll(back.notes());
    boolean isUnchanged =
        left.isRollback()
            && back.reached() == WayBack.Reached.FAILED
            && back.deployment().isEmpty();
    if (isUnchanged) {
      return ending(
              Outcome.FAILED_SAFE,
              Sentence.of(what + ": " + back.why()) + " Production is as it was.")
          .because(back.reason());
    }
    Ending ending =
        Putback.ending(what, good.get(), left.away(), back)
            .because(reason.isEmpty() ? back.reason() : reason)
            .with(List.of(Serving.after(stage, good.get(), left.away(), back)))
            .noting(notes);
    boolean isDone = left.isRollback() && ending.outcome() == Outcome.ROLLED_BACK;
    return isDone ? ending.as(Outcome.SUCCEEDED) : ending;
  }

  private Ending untouched(Optional<String> cancelled) {
    if (left.stagingMayBeNewer()) {
      notes.add("Staging may have " + left.label() + " by now.");
    }
    if (cancelled.isPresent()) {
      return ending(
              Outcome.CANCELLED,
              Sentence.of("Cancelled: " + cancelled.get()) + " It had not changed production.")
          .because(CANCELLED);
    }
    return ending(
            Outcome.FAILED_SAFE,
            "The "
                + left.runbook()
                + " was left before it changed production. Ask for it again under a new task.")
        .because(RECOVERED);
  }

  private Ending conflict(String why) {
    return ending(Outcome.CONFLICT, Sentence.of("Production was changed by somebody else: " + why))
        .because(CONFLICT)
        .leaving(Facts.changed(Optional.empty()));
  }

  private Ending held(String what, Taken<?> taken) {
    return ending(
            Outcome.HELD,
            Sentence.of(what + ": " + taken.why())
                + " Look at it, then resume this task to have it looked at again, or roll back.")
        .because(taken.reason())
        .with(List.of(served(Deployed.Status.UNKNOWN, Optional.empty())))
        .leaving(Facts.changed(Optional.empty()));
  }

  private Deployed served(Deployed.Status status, Optional<Verdict> verdict) {
    return new Deployed(
        stage.target(),
        version.flatMap(Version::release).map(Release::label),
        status,
        version.map(Version::id),
        serving.map(Deployment::id),
        verdict.flatMap(Verdict::identity),
        verdict.filter(seen -> seen.kind() == Verdict.Kind.PASS).isPresent());
  }

  private Ending ending(Outcome outcome, String summary) {
    return Ending.of(outcome, summary).noting(notes);
  }

  private static String names(List<LiveSetting> settings) {
    return String.join(", ", settings.stream().map(LiveSetting::name).toList());
  }
}
