package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;
import org.junit.jupiter.api.extension.ExtendWith;

/** Crashes over a deployer that breaks the contract; run by {@link CrashContractTest} only. */
@ExtendWith(ContractRun.FlawParameter.class)
final class FlawedCrashContract extends InMemoryCrashContract {

  private final CrashFlaw flaw;

  FlawedCrashContract(CrashFlaw flaw) {
    super(Shape.SPLITTING);
    this.flaw = flaw;
  }

  @Override
  protected Deployer newDeployer() {
    return flaw.deployer(vendor());
  }
}
