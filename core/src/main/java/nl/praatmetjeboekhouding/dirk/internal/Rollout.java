package nl.praatmetjeboekhouding.dirk.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;

/** Brings an artifact to one stage and watches it there. */
final class Rollout {

  /** How far it came. */
  enum Reached {
    /** The gate passed. */
    HEALTHY,
    /** No traffic moved. */
    NOT_MOVED,
    /** Somebody else changed the target. */
    CONFLICT,
    /** Traffic moved, and the gate, or something else that had to follow, failed. */
    SICK,
    /** Traffic moved, and the gate could not tell. */
    UNTOLD,
    /** Whether traffic moved is not known. */
    UNKNOWN
  }

  /**
   * How a rollout went.
   *
   * @param reason one word for what stood in the way; empty text if nothing did
   * @param why the same as a sentence
   */
  record Went(
      Reached reached,
      String reason,
      String why,
      Optional<Version> version,
      Optional<Deployment> deployment,
      Optional<Verdict> verdict) {}

  private final Ledger ledger;
  private final Service service;
  private final Stage stage;
  private final Looks looks;
  private final String name;
  private Optional<Version> version = Optional.empty();
  private Optional<Deployment> deployment = Optional.empty();
  private Optional<String> switching = Optional.empty();

  Rollout(Ledger ledger, Service service, Stage stage, Looks looks) {
    this.ledger = ledger;
    this.service = service;
    this.stage = stage;
    this.looks = looks;
    this.name = stage.target().environment().name();
  }

  /** Whether traffic may have moved so far: the switch took effect, or nobody knows. */
  boolean mayHaveMoved() {
    return switching.filter(ledger::mayHaveHappened).isPresent();
  }

  Optional<Version> version() {
    return version;
  }

  Optional<Deployment> deployment() {
    return deployment;
  }

  Went run(Prepared prepared, Artifact artifact, Base base, Baseline baseline) {
    boolean switchesWithUpload = prepared.activation() == Activation.WITH_UPLOAD;
    switching = Optional.of((switchesWithUpload ? "upload " : "activate ") + name);
    Taken<Version> uploaded =
        ledger.effect(
            "upload " + name,
            new Upload(service.deployer(), prepared, artifact, Standing.base(base)),
            looks.settling());
    if (!(uploaded instanceof Taken.Done<Version> upload)) {
      return stopped(uploaded);
    }
    version = Optional.of(upload.value());
    Taken<Version> ready = looks.awaitVersion("await version in " + name, upload.value());
    if (!(ready instanceof Taken.Done<Version> there)) {
      return stopped(ready);
    }
    version = Optional.of(there.value());
    Taken<Deployment> switched =
        switchesWithUpload
            ? looks.readActive("read " + name + " after the upload", stage.target(), there.value())
            : activate(there.value(), base, artifact);
    if (!(switched instanceof Taken.Done<Deployment> active)) {
      return stopped(switched);
    }
    deployment = Optional.of(active.value());
    Optional<Went> refused = setLiveSettings(prepared);
    return refused.orElseGet(() -> watch(there.value(), base, baseline));
  }

  private Taken<Deployment> activate(Version uploaded, Base base, Artifact artifact) {
    Taken<Deployment> switched =
        ledger.effect(
            "activate " + name,
            new Activate(
                service.deployer(),
                stage.target(),
                Split.all(uploaded.id()),
                ExpectedBase.of(base.deployment().map(Deployment::id)),
                Standing.base(base),
                "release " + artifact.release().label()),
            looks.settling());
    if (!(switched instanceof Taken.Done<Deployment> active)) {
      return switched;
    }
    deployment = Optional.of(active.value());
    return looks.awaitDeployment("await deployment in " + name, active.value());
  }

  /** What stands in the way if one of the settings is not as the project says; otherwise empty. */
  private Optional<Went> setLiveSettings(Prepared prepared) {
    if (!(service.deployer() instanceof LiveSettings settings)) {
      return Optional.empty();
    }
    Taken<List<LiveSetting>> changes =
        ledger.decide(
            "compare settings of " + name,
            Forms.list(Forms.LIVE_SETTING),
            pauses -> {
              List<LiveSetting> found =
                  Looks.eachOnce(
                      looks.patience().read(pauses, call -> settings.changes(prepared, call)));
              return Decided.of(found, found.isEmpty() ? "nothing to change" : names(found));
            });
    if (!(changes instanceof Taken.Done<List<LiveSetting>> todo)) {
      return Optional.of(stopped(changes));
    }
    for (LiveSetting setting : todo.value()) {
      Taken<LiveSetting> set =
          ledger.effect(
              "set " + setting.name() + " of " + name,
              new SetLiveSetting(settings, stage.target(), setting),
              looks.settling());
      if (!(set instanceof Taken.Done<LiveSetting>)) {
        return Optional.of(stopped(set));
      }
    }
    return Optional.empty();
  }

  private Went watch(Version uploaded, Base base, Baseline baseline) {
    Taken<Verdict> looked =
        looks.watch(
            "check " + name,
            stage,
            Expected.of(uploaded, base.version(), baseline.identity()),
            baseline);
    if (!(looked instanceof Taken.Done<Verdict> done)) {
      return went(Reached.UNTOLD, looked);
    }
    Verdict verdict = done.value();
    if (!verdict.passed() && !verdict.failed()) {
      Optional<Went> replaced = replaced(verdict);
      if (replaced.isPresent()) {
        return replaced.get();
      }
    }
    Reached reached =
        verdict.passed() ? Reached.HEALTHY : verdict.failed() ? Reached.SICK : Reached.UNTOLD;
    String why = verdict.passed() ? "" : verdict.reason() + ": " + verdict.account();
    return new Went(reached, verdict.reason(), why, version, deployment, Optional.of(verdict));
  }

  /** A gate that could not tell may have looked at what somebody else put there meanwhile. */
  private Optional<Went> replaced(Verdict verdict) {
    Taken<Optional<String>> seen =
        ledger.decide(
            "see who serves " + name,
            Forms.optional(Forms.TEXT),
            pauses -> {
              Optional<Deployment> now =
                  service.deployer().active(stage.target(), pauses.call(Looks.CALL));
              if (now.map(Deployment::id).equals(deployment.map(Deployment::id))) {
                return Decided.of(Optional.empty(), "this run's deployment");
              }
              String other =
                  now.map(one -> "deployment " + one.id() + " (" + one.split() + ") serves by now")
                      .orElse("nothing serves any more");
              return Decided.of(Optional.of(other), other);
            });
    return seen instanceof Taken.Done<Optional<String>> done
        ? done.value()
            .map(
                other ->
                    new Went(
                        Reached.CONFLICT,
                        "CONFLICT",
                        other,
                        version,
                        deployment,
                        Optional.of(verdict)))
        : Optional.empty();
  }

  /**
   * How far it came when a step was not done. Once traffic may have moved nothing but the way back
   * makes production be as it was, whatever the vendor calls what it refused.
   */
  private Went stopped(Taken<?> taken) {
    boolean moved = mayHaveMoved();
    if (taken.isUnknown()) {
      return went(moved ? Reached.UNKNOWN : Reached.NOT_MOVED, taken);
    }
    if (moved) {
      return went(Reached.SICK, taken);
    }
    return went(taken.isConflict() ? Reached.CONFLICT : Reached.NOT_MOVED, taken);
  }

  private Went went(Reached reached, Taken<?> taken) {
    return new Went(reached, taken.reason(), taken.why(), version, deployment, Optional.empty());
  }

  private static String names(List<LiveSetting> settings) {
    return settings.stream().map(LiveSetting::name).collect(Collectors.joining(", "));
  }
}
