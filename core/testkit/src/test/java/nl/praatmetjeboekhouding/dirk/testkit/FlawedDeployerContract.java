package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract over a deployer that breaks it; run by {@link DeployerContractTest} only. */
@ExtendWith(ContractRun.FlawParameter.class)
final class FlawedDeployerContract extends InMemoryDeployerContract {

  private final DeployerFlaw flaw;

  FlawedDeployerContract(DeployerFlaw flaw) {
    super(flaw.shape());
    this.flaw = flaw;
  }

  @Override
  protected Deployer newDeployer() {
    return flaw.deployer(deployer(), time());
  }

  @Override
  protected Optional<Deployer> newDeployerWithoutVendor() {
    return Optional.of(flaw.alone(deployer()));
  }
}
