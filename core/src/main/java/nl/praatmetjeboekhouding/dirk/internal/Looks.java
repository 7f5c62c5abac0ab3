package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.SoakPolicy;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.AlertFilter;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;
import nl.praatmetjeboekhouding.dirk.spi.LiveSettings;

/**
 * The looks that stories share: what serves a target, whether a slow vendor is ready, whether the
 * gate passes.
 */
final class Looks {

  /** What the name of a soak begins with; where it is comes after it. */
  static final String SOAK = "soak ";

  static final Duration CALL = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration READY_PATIENCE = Duration.ofMinutes(30);
  private static final Duration READY_EVERY = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final Service service;
  private final String run;

  Looks(Ledger ledger, Service service, String run) {
    this.ledger = ledger;
    this.service = service;
    this.run = run;
  }

  Duration settleWindow() {
    return service.deployer().guarantees().settleWindow();
  }

  Settling settling() {
    return new Settling(settleWindow(), PATIENCE);
  }

  Patience patience() {
    return new Patience(settleWindow().plus(PATIENCE));
  }

  /**
   * What serves a target, and the settings beside it.
   *
   * @param better what to go back to in place of a version, or empty to go back to that
   */
  Taken<Base> readBase(String step, Target target, Function<Version, Optional<Version>> better) {
    return read(step, target, true, Patience.NONE, better);
  }

  /** What serves a target, and the settings beside it. */
  Taken<Base> readBase(String step, Target target) {
    return readBase(step, target, version -> Optional.empty());
  }

  /** What serves a target, for a way back, which waits for a vendor that is unwell. */
  Taken<Base> readServing(String step, Target target) {
    return read(step, target, false, patience(), version -> Optional.empty());
  }

  private Taken<Base> read(
      String step,
      Target target,
      boolean withSettings,
      Patience patience,
      Function<Version, Optional<Version>> better) {
    return ledger.decide(
        step,
        Base.FORM,
        pauses -> {
          Deployer deployer = service.deployer();
          Optional<Deployment> active =
              patience.read(pauses, call -> deployer.active(target, call));
          Optional<Version> version =
              active
                  .flatMap(deployment -> deployment.split().sole())
                  .flatMap(id -> patience.read(pauses, call -> deployer.version(target, id, call)));
          List<LiveSetting> settings =
              withSettings && deployer instanceof LiveSettings live && active.isPresent()
                  ? eachOnce(patience.read(pauses, call -> live.snapshot(target, call)))
                  : List.of();
          Base base = new Base(active, version, settings, version.flatMap(better));
          return Decided.of(base, base.summary());
        });
  }

  /** The settings, unless the provider breaks its contract and gives one name twice. */
  static List<LiveSetting> eachOnce(List<LiveSetting> settings) {
    Set<String> names = new HashSet<>();
    for (LiveSetting setting : settings) {
      if (!names.add(setting.name())) {
        throw ProviderException.of(
            FailureKind.UNREADABLE, "the provider gave two live settings called " + setting.name());
      }
    }
    return settings;
  }

  /** The deployment that a switching upload made, once the vendor's list shows it. */
  Taken<Deployment> readActive(String step, Target target, Version uploaded) {
    Taken<Optional<Deployment>> seen =
        ledger.decide(
            step,
            Forms.optional(Forms.DEPLOYMENT),
            pauses -> lookForActive(target, uploaded, pauses));
    if (!(seen instanceof Taken.Done<Optional<Deployment>> done)) {
      return new Taken.NotDone<>(((Taken.NotDone<?>) seen).kind(), seen.why());
    }
    return done.value()
        .<Taken<Deployment>>map(Taken.Done::new)
        .orElseGet(
            () ->
                new Taken.Unknown<>(
                    "the vendor's list does not show " + uploaded.id() + " as what serves"));
  }

  private Decided<Optional<Deployment>> lookForActive(
      Target target, Version uploaded, LedgerPauses pauses) {
    Duration longest = settleWindow().plus(PATIENCE);
    long began = pauses.nanoTime();
    while (true) {
      Optional<Deployment> active = activeOrNobodyKnows(target, pauses);
      if (active.filter(now -> names(now, uploaded)).isPresent()) {
        return Decided.of(active, "deployment " + active.get().id());
      }
      if (Duration.ofNanos(pauses.nanoTime() - began).compareTo(longest) >= 0) {
        return new Decided<>(Optional.empty(), true, "it is not to be seen");
      }
      pauses.pause("the new deployment is not in the vendor's list yet", READY_EVERY);
    }
  }

  private Optional<Deployment> activeOrNobodyKnows(Target target, LedgerPauses pauses) {
    try {
      return service.deployer().active(target, pauses.call(CALL));
    } catch (ProviderException e) {
      pauses.stopIfDetached();
      if (Patience.isFinal(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static boolean names(Deployment deployment, Version version) {
    return deployment.split().shares().stream()
        .anyMatch(share -> share.version().equals(version.id()));
  }

  Taken<Baseline> baseline(String step, Stage stage, Base base) {
    return ledger.decide(
        step,
        Baseline.FORM,
        pauses -> {
          if (base.deployment().isEmpty()) {
            return Decided.of(Baseline.nothingServed(), "nothing serves it yet");
          }
          Baseline baseline = gate(stage, step).baseline(stage.endpoint(), pauses);
          return Decided.of(baseline, baseline.account());
        });
  }

  Taken<Verdict> watch(String step, Stage stage, Expected expected, Baseline baseline) {
    return watch(step, stage, stage::endpoint, expected, baseline);
  }

  /**
   * What the gate says.
   *
   * @param endpoint where to look
   */
  Taken<Verdict> watch(
      String step, Stage stage, Supplier<Endpoint> endpoint, Expected expected, Baseline baseline) {
    return judge(
        step, pauses -> gate(stage, step).watch(endpoint.get(), expected, baseline, pauses));
  }

  /** What a longer watch says after the gate. */
  Taken<Verdict> soak(
      String step,
      Stage stage,
      SoakPolicy policy,
      Expected expected,
      Baseline baseline,
      AlertFilter filter) {
    boolean hasAllTraffic = step.equals(SOAK + stage.target().environment().name());
    Soak soak = new Soak(probing(stage, step), policy, service.alerts(), hasAllTraffic);
    return judge(step, pauses -> soak.watch(stage.endpoint(), expected, baseline, filter, pauses));
  }

  private Taken<Verdict> judge(String step, Function<LedgerPauses, Verdict> watch) {
    return ledger.decide(
        step,
        Verdict.FORM,
        pauses -> {
          Verdict verdict = watch.apply(pauses);
          String word = verdict.passed() ? "healthy" : verdict.reason();
          return new Decided<>(verdict, !verdict.passed(), word + ", " + verdict.account());
        });
  }

  /**
   * Who serves once the vendor's reads have settled, if that is not who should: a request of
   * unknown fate may have landed late.
   *
   * @param isRight whether this may serve
   */
  Taken<Optional<String>> lateArrivals(
      String step, Target target, Predicate<Optional<Deployment>> isRight) {
    return ledger.decide(
        step,
        Forms.optional(Forms.TEXT),
        pauses -> {
          pauses.pause("a request of unknown fate may still land", settleWindow());
          Optional<Deployment> now =
              patience().read(pauses, call -> service.deployer().active(target, call));
          if (isRight.test(now)) {
            return Decided.of(Optional.empty(), "none");
          }
          String why = "meanwhile " + now.map(Looks::named).orElse("nothing") + " became active";
          return new Decided<>(Optional.of(why), true, why);
        });
  }

  private static String named(Deployment other) {
    return "deployment "
        + other.id()
        + " ("
        + other.split()
        + other.key().map(key -> ", made by " + key).orElse("")
        + ")";
  }

  /**
   * Sets what was live before and is not any more, one step each; what was not put back, a sentence
   * each.
   *
   * @param compare the step that finds out
   * @param step the step that sets the setting of this name
   */
  List<String> putSettingsBack(
      Target target, List<LiveSetting> settings, String compare, UnaryOperator<String> step) {
    if (!(service.deployer() instanceof LiveSettings live) || settings.isEmpty()) {
      return List.of();
    }
    Taken<List<LiveSetting>> now =
        ledger.decide(
            compare,
            Forms.list(Forms.LIVE_SETTING),
            pauses ->
                Decided.of(
                    eachOnce(patience().read(pauses, call -> live.snapshot(target, call))),
                    "compared"));
    if (!(now instanceof Taken.Done<List<LiveSetting>> current)) {
      return List.of("The settings of " + target + " were not put back: " + now.why());
    }
    List<String> left = new ArrayList<>();
    for (LiveSetting setting : settings) {
      if (current.value().contains(setting)) {
        continue;
      }
      Taken<LiveSetting> set =
          ledger.effect(
              step.apply(setting.name()), new SetLiveSetting(live, target, setting), settling());
      if (!(set instanceof Taken.Done<LiveSetting>)) {
        left.add(setting.name() + " of " + target + " was not put back: " + set.why());
      }
    }
    return left;
  }

  Taken<Version> awaitVersion(String step, Version version) {
    return await(
        step,
        version,
        Forms.VERSION,
        Version::progress,
        service.deployer()::refresh,
        READY_PATIENCE);
  }

  /** As {@link #awaitVersion}, for one of somebody else, which is not waited for as long. */
  Taken<Version> awaitOthers(String step, Version version) {
    return await(
        step, version, Forms.VERSION, Version::progress, service.deployer()::refresh, PATIENCE);
  }

  Taken<Deployment> awaitDeployment(String step, Deployment deployment) {
    return await(
        step,
        deployment,
        Forms.DEPLOYMENT,
        Deployment::progress,
        service.deployer()::refresh,
        READY_PATIENCE);
  }

  /** Looks until a slow vendor is ready; takes no step at all where it was ready at once. */
  private <T> Taken<T> await(
      String step,
      T value,
      Form<T> form,
      Function<T, Progress> progress,
      BiFunction<T, CallContext, T> refresh,
      Duration patience) {
    if (progress.apply(value) instanceof Progress.Ready) {
      return new Taken.Done<>(value);
    }
    Taken<T> seen =
        ledger.decide(
            step, form, pauses -> lookUntilReady(value, progress, refresh, patience, pauses));
    if (seen instanceof Taken.Done<T> done
        && progress.apply(done.value()) instanceof Progress.Failed failed) {
      return new Taken.NotDone<>(FailureKind.INVALID, "the vendor gave up: " + failed.reason());
    }
    if (seen instanceof Taken.Done<T> done
        && progress.apply(done.value()) instanceof Progress.Pending) {
      return new Taken.Unknown<>(
          "the vendor was not ready after " + patience.toMinutes() + " minutes");
    }
    return seen;
  }

  private <T> Decided<T> lookUntilReady(
      T value,
      Function<T, Progress> progress,
      BiFunction<T, CallContext, T> refresh,
      Duration patience,
      LedgerPauses pauses) {
    long began = pauses.nanoTime();
    T now = value;
    while (progress.apply(now) instanceof Progress.Pending
        && Duration.ofNanos(pauses.nanoTime() - began).compareTo(patience) < 0) {
      pauses.pause("the vendor is still working on it", READY_EVERY);
      now = refreshed(now, refresh, pauses);
    }
    Progress reached = progress.apply(now);
    return new Decided<>(
        now,
        !(reached instanceof Progress.Ready),
        reached instanceof Progress.Ready ? "ready" : "not ready");
  }

  private static <T> T refreshed(
      T value, BiFunction<T, CallContext, T> refresh, LedgerPauses pauses) {
    try {
      return refresh.apply(value, pauses.call(CALL));
    } catch (ProviderException e) {
      pauses.stopIfDetached();
      if (Patience.isFinal(e)) {
        throw e;
      }
      return value;
    }
  }

  private HealthGate gate(Stage stage, String step) {
    return new HealthGate(probing(stage, step), stage.policy());
  }

  private Probing probing(Stage stage, String step) {
    return new Probing(
        service.probe(), stage.policy().attempt(), new Random((run + "/" + step).hashCode()));
  }
}
