package nl.praatmetjeboekhouding.dirk.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;

/** Reads a service's environment: its health, its identity and the policy. */
final class EnvironmentReader {

  private static final String IDENTITY =
      "{ \"header\": \"x-version\" }, { \"pointer\": \"/version\" }, { \"text\": \"v([0-9.]+)\" }, "
          + "or \"none\" (the service cannot tell its version; its gates then prove nothing)";

  private static final String HEALTH =
      "{ \"url\": \"https://.../health\", \"identity\": { \"pointer\": \"/version\" } }";

  private EnvironmentReader() {}

  static Optional<EnvironmentConfig> staging(Section section) {
    Optional<EnvironmentConfig> environment = health(section).map(EnvironmentConfig::of);
    section.end();
    return environment;
  }

  static Optional<EnvironmentConfig> production(Section section) {
    boolean allow = section.flag("allowDifferentArtifact").orElse(false);
    RolloutPolicy rollout =
        section.section("rollout").map(RolloutReader::read).orElseGet(RolloutPolicy::standard);
    Optional<EnvironmentConfig> environment =
        health(section).map(health -> new EnvironmentConfig(health, allow, rollout));
    section.end();
    return environment;
  }

  private static Optional<HealthConfig> health(Section environment) {
    return environment
        .required("health", environment.section("health"), HEALTH)
        .flatMap(EnvironmentReader::endpoint);
  }

  private static Optional<HealthConfig> endpoint(Section section) {
    Optional<URI> url =
        section.required("url", section.text("url", Forms::http), "\"https://.../health\"");
    Optional<IdentityRule> identity = section.required("identity", identity(section), IDENTITY);
    HealthPolicy policy =
        section.section("policy").map(EnvironmentReader::policy).orElseGet(HealthPolicy::standard);
    section.end();
    return url.flatMap(
        uri -> identity.map(rule -> new HealthConfig(Endpoint.of(uri, rule), policy)));
  }

  private static Optional<IdentityRule> identity(Section health) {
    Optional<Node> node = health.node("identity");
    if (node.isPresent() && node.get() instanceof Node.Text text && text.text().equals("none")) {
      return Optional.of(new IdentityRule.None());
    }
    return health.section("identity", "one of " + IDENTITY).flatMap(EnvironmentReader::rule);
  }

  private static Optional<IdentityRule> rule(Section section) {
    List<Optional<IdentityRule>> rules =
        List.of(
            section.text("header", Forms::header).map(IdentityRule.Header::new),
            section.text("pointer", Forms::pointer).map(IdentityRule.Pointer::new),
            section.text("text", Forms::pattern).map(IdentityRule.Text::new));
    section.end();
    long named = Stream.of("header", "pointer", "text").filter(section.names()::contains).count();
    if (named != 1) {
      section.fault("must say exactly one: " + IDENTITY);
      return Optional.empty();
    }
    return rules.stream().flatMap(Optional::stream).findFirst();
  }

  private static HealthPolicy policy(Section section) {
    HealthPolicy standard = HealthPolicy.standard();
    HealthPolicy policy =
        new HealthPolicy(
            count(section, "identityMatches", standard.identityMatches()),
            section.duration("patience").orElse(standard.patience()),
            count(section, "readings", standard.readings()),
            section.duration("every").orElse(standard.every()),
            count(section, "badReadings", standard.badReadings()),
            count(section, "blindReadings", standard.blindReadings()),
            section.duration("attempt").orElse(standard.attempt()));
    section.end();
    refuseHopeless(section, policy);
    return policy;
  }

  /** The gate must have the time to look as often as it has to. */
  private static void refuseHopeless(Section section, HealthPolicy policy) {
    int looks = Math.max(policy.identityMatches(), policy.readings());
    Duration needed = policy.every().multipliedBy(looks - 1L);
    if (needed.compareTo(policy.patience()) >= 0) {
      section.fault(
          "can never pass: %d looks, %s apart, take longer than the patience of %s"
              .formatted(looks, policy.every(), policy.patience()));
    }
  }

  private static int count(Section section, String name, int standard) {
    return section.count(name, 1000).map(Math::toIntExact).orElse(standard);
  }
}
