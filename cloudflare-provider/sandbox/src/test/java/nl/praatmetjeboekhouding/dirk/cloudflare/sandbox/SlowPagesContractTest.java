package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Duration;

/** The same where stages take their time and lists lag behind writes. */
final class SlowPagesContractTest extends PagesDeployerContractTest {

  @Override
  Duration lag() {
    return Duration.ofSeconds(8);
  }

  @Override
  Duration stages() {
    return Duration.ofSeconds(15);
  }
}
