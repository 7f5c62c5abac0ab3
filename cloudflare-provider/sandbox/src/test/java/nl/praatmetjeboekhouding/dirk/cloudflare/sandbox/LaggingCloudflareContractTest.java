package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Duration;

/** The same where Cloudflare's lists lag behind its writes. */
final class LaggingCloudflareContractTest extends CloudflareDeployerContractTest {

  @Override
  Duration lag() {
    return Duration.ofSeconds(8);
  }
}
