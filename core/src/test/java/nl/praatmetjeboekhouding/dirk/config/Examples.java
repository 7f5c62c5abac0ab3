package nl.praatmetjeboekhouding.dirk.config;

import java.net.URI;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;

/** Parts of a configuration that a test needs but does not look at. */
final class Examples {

  private Examples() {}

  static EnvironmentConfig production() {
    return EnvironmentConfig.of(
        HealthConfig.of(
            Endpoint.of(
                URI.create("https://api.example.com/health"),
                new IdentityRule.Header("x-version"))));
  }
}
