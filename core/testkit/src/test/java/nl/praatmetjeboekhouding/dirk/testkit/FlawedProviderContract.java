package nl.praatmetjeboekhouding.dirk.testkit;

import java.util.List;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract over a provider that breaks it; run by {@link ProviderContractTest} only. */
@ExtendWith(ContractRun.FlawParameter.class)
final class FlawedProviderContract extends PlainProviderContractTest {

  private final ProviderFlaw flaw;

  FlawedProviderContract(ProviderFlaw flaw) {
    this.flaw = flaw;
  }

  @Override
  protected DeployerProvider newProvider() {
    return flaw.provider();
  }

  @Override
  protected List<String> secrets() {
    return List.of(flaw == ProviderFlaw.CARELESS ? "account" : "token");
  }
}
