package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract over a probe that breaks it; run by {@link HealthProbeContractTest} only. */
@ExtendWith(ContractRun.FlawParameter.class)
final class FlawedProbeContract extends HealthProbeContract {

  private final ProbeFlaw flaw;

  FlawedProbeContract(ProbeFlaw flaw) {
    this.flaw = flaw;
  }

  @Override
  protected HealthProbe newProbe() {
    return flaw.probe(time());
  }
}
