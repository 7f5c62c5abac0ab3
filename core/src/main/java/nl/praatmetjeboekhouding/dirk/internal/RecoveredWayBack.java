package nl.praatmetjeboekhouding.dirk.internal;

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
    return new WayBack(ledger, service, stage, looks)
        .landed(
            switched,
            " in recovery",
            left.before().settings(),
            Expected.putBack(good, left.away(), left.identityOfGood()),
            active -> now -> now.flatMap(one -> one.split().sole()).equals(Optional.of(good.id())));
  }

  /**
   * Whether nothing is to be put back any more: it was, or nobody can tell, or somebody else came.
   */
  private static boolean isTold(Taken<Deployment> earlier) {
    return earlier instanceof Taken.Done || earlier.isUnknown() || earlier.isConflict();
  }
}
