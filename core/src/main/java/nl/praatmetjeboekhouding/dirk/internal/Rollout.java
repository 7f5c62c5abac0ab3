package nl.praatmetjeboekhouding.dirk.internal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.model.Artifact;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.AlertFilter;
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
    /** No traffic moved, because it was not let through. */
    REFUSED,
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
  private final Supplier<Optional<Objection>> lastWord;
  private final String name;
  private final List<String> notes = new ArrayList<>();
  private final List<String> switches = new ArrayList<>();

  /** What this run found and what it has made, of which a list that lags may show any. */
  private final Set<String> served = new HashSet<>();

  private Optional<Version> version = Optional.empty();
  private Optional<Deployment> deployment = Optional.empty();
  private Optional<Verdict> verdict = Optional.empty();
  private Optional<Dark> dark = Optional.empty();
  private Optional<Window> window = Optional.empty();

  /**
   * @param lastWord asked just before traffic moves
   */
  Rollout(
      Ledger ledger,
      Service service,
      Stage stage,
      Looks looks,
      Supplier<Optional<Objection>> lastWord) {
    this.ledger = ledger;
    this.service = service;
    this.stage = stage;
    this.looks = looks;
    this.lastWord = lastWord;
    this.name = stage.target().environment().name();
  }

  /** The step that sends all traffic to the version. */
  static String lastSwitch(String environment) {
    return "activate " + environment;
  }

  /** The step that waits until the vendor is done with the version. */
  static String await(String environment) {
    return "await version in " + environment;
  }

  /** What the steps of a ramp begin with. */
  static String rampPrefix(String environment) {
    return "ramp " + environment + " to ";
  }

  /** Whether traffic may have moved so far: a switch took effect, or nobody knows. */
  boolean mayHaveMoved() {
    return switches.stream().anyMatch(ledger::mayHaveHappened);
  }

  Optional<Version> version() {
    return version;
  }

  /** What this run made serve last, as far as it is known. */
  Optional<Deployment> deployment() {
    return deployment;
  }

  /** What was left out, and what is left over. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  /** Takes back a look in the dark that somebody stopped. */
  void leaveTheDark() {
    dark.flatMap(Dark::end).ifPresent(notes::add);
  }

  Went run(Prepared prepared, Artifact artifact, Base base, Baseline baseline) {
    base.deployment().map(Deployment::id).ifPresent(served::add);
    Optional<Went> inTheWay =
        prepared.activation() == Activation.WITH_UPLOAD
            ? heedLastWord()
                .or(this::openWindow)
                .or(() -> switchWithUpload(prepared, artifact, base))
            : upload(prepared, artifact, base)
                .or(() -> switchInStages(prepared, artifact, base, baseline));
    return inTheWay
        .or(() -> setLiveSettings(prepared))
        .or(() -> check(name, stage::endpoint, base, baseline))
        .or(() -> soak(name, stage.rollout().soak(), base, baseline))
        .orElseGet(() -> went(Reached.HEALTHY, "", ""));
  }

  /** What stands in the way of a version that is there and ready. */
  private Optional<Went> upload(Prepared prepared, Artifact artifact, Base base) {
    Taken<Version> uploaded =
        ledger.effect(
            "upload " + name,
            new Upload(service.deployer(), prepared, artifact, Standing.base(base)),
            looks.settling());
    if (!(uploaded instanceof Taken.Done<Version> upload)) {
      return Optional.of(stopped(uploaded));
    }
    version = Optional.of(upload.value());
    Taken<Version> ready = looks.awaitVersion(await(name), upload.value());
    if (!(ready instanceof Taken.Done<Version> there)) {
      return Optional.of(stopped(ready));
    }
    version = Optional.of(there.value());
    return Optional.empty();
  }

  private Optional<Went> switchWithUpload(Prepared prepared, Artifact artifact, Base base) {
    switches.add("upload " + name);
    Optional<Went> inTheWay = upload(prepared, artifact, base);
    if (inTheWay.isPresent()) {
      return inTheWay;
    }
    Taken<Deployment> active =
        looks.readActive(
            "read " + name + " after the upload", stage.target(), version.orElseThrow());
    return served(active);
  }

  /** In the dark, over the ramp, and to all traffic, as far as the vendor can. */
  private Optional<Went> switchInStages(
      Prepared prepared, Artifact artifact, Base base, Baseline baseline) {
    Taken<Course> chosen = chooseCourse(prepared, base);
    if (!(chosen instanceof Taken.Done<Course> course)) {
      return Optional.of(stopped(chosen));
    }
    notes.addAll(course.value().notes());
    String reason = "release " + artifact.release().label();
    Optional<Went> inTheWay =
        (course.value().dark() ? lookInTheDark(base, baseline) : Optional.<Went>empty())
            .or(this::heedLastWord)
            .or(this::openWindow)
            .or(() -> ramp(course.value(), reason, base, baseline))
            .or(
                () ->
                    switchTo(
                        lastSwitch(name), Split.all(version.orElseThrow().id()), base, reason));
    if (inTheWay.filter(Rollout::hasNotMoved).isPresent()) {
      leaveTheDark();
    }
    return inTheWay;
  }

  private static boolean hasNotMoved(Went went) {
    return went.reached() == Reached.NOT_MOVED || went.reached() == Reached.REFUSED;
  }

  /** What somebody has against it at the last moment at which nothing has moved. */
  private Optional<Went> heedLastWord() {
    return lastWord
        .get()
        .map(
            objection ->
                went(
                    objection.outcome() == Outcome.BLOCKED ? Reached.REFUSED : Reached.NOT_MOVED,
                    objection.reason(),
                    objection.why()));
  }

  private Taken<Course> chooseCourse(Prepared prepared, Base base) {
    return stage.isProduction()
        ? ledger.decide(
            Course.STEP + name,
            Course.FORM,
            pauses -> {
              Course course =
                  Course.of(stage, service.deployer(), prepared, base, version.orElseThrow());
              return Decided.of(course, course.summary());
            })
        : new Taken.Done<>(Course.AT_ONCE);
  }

  private Optional<Went> lookInTheDark(Base base, Baseline baseline) {
    Dark look = new Dark(ledger, service, stage, looks, base, version.orElseThrow());
    dark = Optional.of(look);
    Taken<Deployment> placed = look.begin();
    if (!(placed instanceof Taken.Done<Deployment> placedThere)) {
      return Optional.of(stopped(placed));
    }
    Deployment unused = noted(placedThere.value());
    Taken<Verdict> looked = look.check(expected(base, baseline), baseline);
    if (!(looked instanceof Taken.Done<Verdict> seen)) {
      return Optional.of(stopped(looked));
    }
    Verdict told = seen.value();
    return told.passed()
        ? Optional.empty()
        : Optional.of(
            went(
                Reached.NOT_MOVED,
                told.reason(),
                "in the dark, where no customer comes, "
                    + told.reason()
                    + ": "
                    + told.account()
                    + (told.failed() && !told.isAboutIdentity()
                        ? ""
                        : " (where this host does not heed the vendor's way to address one version,"
                            + " turn the look in the dark off)")));
  }

  /** The decision with which production traffic begins to move. */
  static String window(Stage stage) {
    return "note when " + stage.target().environment().name() + " must be confirmed";
  }

  /** From here on the version before is put back unless the new one is confirmed in time. */
  private Optional<Went> openWindow() {
    if (!stage.isProduction()) {
      return Optional.empty();
    }
    Taken<Window> opened =
        ledger.decide(
            window(stage),
            Window.FORM,
            pauses -> {
              Instant now = pauses.instant();
              Duration within = stage.rollout().confirmedWithin(stage.policy().patience());
              Window open = new Window(now, now.plus(within));
              return Decided.of(open, "by " + open.confirmBy().truncatedTo(ChronoUnit.SECONDS));
            });
    if (!(opened instanceof Taken.Done<Window> done)) {
      return Optional.of(stopped(opened));
    }
    window = Optional.of(done.value());
    ledger.expireAt(done.value().confirmBy(), Expiry.Kind.UNCONFIRMED);
    return Optional.empty();
  }

  /** Each stage passes the gate, where the vendor can show the version alone, and the soak. */
  private Optional<Went> ramp(Course course, String reason, Base base, Baseline seen) {
    for (int percent : course.ramp()) {
      String at = name + " at " + percent;
      Split split =
          new Split(
              List.of(
                  new Split.Share(
                      base.version().orElseThrow().id(), BigDecimal.valueOf(100L - percent)),
                  new Split.Share(version.orElseThrow().id(), BigDecimal.valueOf(percent))));
      SoakPolicy watch = stage.rollout().soak().withLength(stage.rollout().rampSoak());
      Optional<Went> inTheWay =
          switchTo(rampPrefix(name) + percent, split, base, reason)
              .or(() -> course.canReach() ? checkShare(at, base, seen) : Optional.<Went>empty())
              .or(() -> soak(at, watch, base, seen));
      if (inTheWay.isPresent()) {
        return inTheWay;
      }
    }
    return Optional.empty();
  }

  /** The gate at a stage of the ramp. */
  private Optional<Went> checkShare(String at, Base base, Baseline baseline) {
    return check(
        at,
        () -> Course.wayTo(service.deployer(), version.orElseThrow(), stage.endpoint()),
        base,
        baseline);
  }

  private Optional<Went> switchTo(String step, Split split, Base base, String reason) {
    switches.add(step);
    Optional<Deployment> before = deployment;
    Taken<Deployment> switched =
        ledger.effect(
            step,
            new Activate(
                service.deployer(),
                stage.target(),
                split,
                ExpectedBase.of(before.or(base::deployment).map(Deployment::id)),
                before.isPresent() ? Standing.deployments(served) : Standing.base(base),
                reason),
            looks.settling());
    if (switched.isUnknown()) {
      deployment = Optional.empty();
    }
    return switched instanceof Taken.Done<Deployment> active
        ? served(looks.awaitDeployment("await deployment in " + step, noted(active.value())))
        : Optional.of(stopped(switched));
  }

  private Deployment noted(Deployment active) {
    deployment = Optional.of(active);
    served.add(active.id());
    return active;
  }

  private Optional<Went> served(Taken<Deployment> switched) {
    if (!(switched instanceof Taken.Done<Deployment> active)) {
      return Optional.of(stopped(switched));
    }
    Deployment unused = noted(active.value());
    return Optional.empty();
  }

  private Expected expected(Base base, Baseline baseline) {
    return Expected.of(version.orElseThrow(), base.version(), baseline.identity());
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

  /** What a gate has against the version. */
  private Optional<Went> check(
      String at, Supplier<Endpoint> endpoint, Base base, Baseline baseline) {
    return judged(
        at, looks.watch("check " + at, stage, endpoint, expected(base, baseline), baseline));
  }

  /** What a longer watch has against the version, or who else came while it lasted. */
  private Optional<Went> soak(String at, SoakPolicy policy, Base base, Baseline baseline) {
    if (policy.isNone()) {
      return Optional.empty();
    }
    AlertFilter alerts =
        new AlertFilter(
            stage.target(),
            version.flatMap(Version::release).map(Release::label),
            window.map(Window::from).orElse(Instant.EPOCH));
    String after = at + " after the soak";
    return judged(
            after,
            looks.soak(Looks.SOAK + at, stage, policy, expected(base, baseline), baseline, alerts))
        .or(() -> replaced(after));
  }

  private Optional<Went> judged(String at, Taken<Verdict> looked) {
    if (!(looked instanceof Taken.Done<Verdict> done)) {
      return Optional.of(went(Reached.UNTOLD, looked));
    }
    Verdict told = done.value();
    verdict = Optional.of(told);
    told.note().ifPresent(notes::add);
    if (told.passed()) {
      return Optional.empty();
    }
    String why = told.reason() + ": " + told.account();
    return told.failed()
        ? Optional.of(went(Reached.SICK, told.reason(), why))
        : replaced(at).or(() -> Optional.of(went(Reached.UNTOLD, told.reason(), why)));
  }

  /** Who serves by now, if that is somebody else. */
  private Optional<Went> replaced(String at) {
    Taken<Optional<String>> seen =
        ledger.decide(
            "see who serves " + at,
            Forms.optional(Forms.TEXT),
            pauses -> {
              Optional<Deployment> now =
                  looks
                      .patience()
                      .read(pauses, call -> service.deployer().active(stage.target(), call));
              if (now.map(Deployment::id).filter(served::contains).isPresent()) {
                return Decided.of(Optional.empty(), "nobody else");
              }
              String other =
                  now.map(one -> "deployment " + one.id() + " (" + one.split() + ") serves by now")
                      .orElse("nothing serves any more");
              return Decided.of(Optional.of(other), other);
            });
    return seen instanceof Taken.Done<Optional<String>> done
        ? done.value().map(other -> went(Reached.CONFLICT, "CONFLICT", other))
        : Optional.of(went(Reached.UNKNOWN, seen));
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
    return went(reached, taken.reason(), taken.why());
  }

  private Went went(Reached reached, String reason, String why) {
    return new Went(reached, reason, why, version, deployment, verdict);
  }

  private static String names(List<LiveSetting> settings) {
    return settings.stream().map(LiveSetting::name).collect(Collectors.joining(", "));
  }
}
