package nl.praatmetjeboekhouding.dirk.internal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.journal.RunRecord;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ExpectedBase;

/**
 * Looks at a version on the production host before it gets any traffic: with a share of zero only a
 * request that names it comes to it. Who answers is checked, because the vendor may ignore that.
 */
final class Dark {

  private final Ledger ledger;
  private final Service service;
  private final Stage stage;
  private final Looks looks;
  private final String name;
  private final Base base;
  private final Version before;
  private final Version version;

  Dark(Ledger ledger, Service service, Stage stage, Looks looks, Base base, Version version) {
    this.ledger = ledger;
    this.service = service;
    this.stage = stage;
    this.looks = looks;
    this.name = stage.target().environment().name();
    this.base = base;
    this.before = base.version().orElseThrow();
    this.version = version;
  }

  /** Gives the version its share of zero. */
  Taken<Deployment> begin() {
    Split split =
        new Split(
            List.of(
                new Split.Share(before.id(), BigDecimal.valueOf(100)),
                new Split.Share(version.id(), BigDecimal.ZERO)));
    Taken<Deployment> placed =
        ledger.effect(
            step("go"),
            new Activate(
                service.deployer(),
                stage.target(),
                split,
                ExpectedBase.of(base.deployment().map(Deployment::id)),
                Standing.base(base),
                "look at " + version.id() + " in the dark"),
            looks.settling());
    return placed instanceof Taken.Done<Deployment> done
        ? looks.awaitDeployment("await the dark in " + name, done.value())
        : placed;
  }

  /** Whether it answers, and well, where customers would find it. */
  Taken<Verdict> check(Expected expected, Baseline baseline) {
    return looks.watch(
        step("check"),
        stage,
        () -> Course.wayTo(service.deployer(), version, stage.endpoint()),
        expected,
        baseline);
  }

  /** Makes production be as it was; empty if it is, otherwise what is left. */
  Optional<String> end() {
    if (!ledger.mayHaveHappened(step("go"))) {
      return Optional.empty();
    }
    ledger.shield();
    Taken<Deployment> ended =
        ledger.effect(
            step("end"),
            new Activate(
                service.deployer(),
                stage.target(),
                Split.all(before.id()),
                new ExpectedBase.Anything(),
                Standing.versions(Set.of(before.id(), version.id())),
                "end of the look in the dark"),
            looks.settling());
    return ended instanceof Taken.Done<Deployment> || ended.isConflict()
        ? Optional.empty()
        : Optional.of(
            "Version "
                + version.id()
                + " was left in "
                + stage.target()
                + " with a share of 0 %: "
                + ended.why());
  }

  /** What a run that nobody goes on with left in the dark; empty if that is nothing. */
  static Optional<String> left(RunStream stream, Target target) {
    String name = target.environment().name();
    boolean isEnded = stream.result(step("end", name)).filter(RunRecord.Result::done).isPresent();
    return stream.mayHaveHappened(step("go", name)) && !isEnded
        ? Optional.of(
            "The new version may be left in "
                + target
                + " with a share of 0 %, which no customer comes to; the next deploy or rollback"
                + " takes it away.")
        : Optional.empty();
  }

  private String step(String verb) {
    return step(verb, name);
  }

  private static String step(String verb, String name) {
    return verb + " dark in " + name;
  }
}
