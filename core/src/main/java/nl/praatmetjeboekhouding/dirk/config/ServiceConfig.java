package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.model.Environment;

/**
 * A service: what it is made from, how it is deployed and how to see that it is well.
 *
 * @param name its name in the runbook file: lower-case letters, digits, dots, hyphens and
 *     underscores, at most 63
 * @param project its folder; absolute
 * @param version where the label of a release comes from
 * @param test its tests, or empty if it has none
 * @param build its build, or empty if there is nothing to build
 * @param deployer who deploys it
 * @param probe who looks at its health
 * @param alerts who says what is wrong with it while a release soaks, or empty if nobody does
 * @param staging where it is tried first, or empty if it goes straight to production
 * @param production where its users are
 */
public record ServiceConfig(
    String name,
    Path project,
    VersionRule version,
    Optional<CommandConfig> test,
    Optional<CommandConfig> build,
    ProviderConfig deployer,
    ProviderConfig probe,
    Optional<ProviderConfig> alerts,
    Optional<EnvironmentConfig> staging,
    EnvironmentConfig production) {

  /** The provider that looks at health unless another is named. */
  public static final String STANDARD_PROBE = "http";

  /** Checks that nothing is null, the form of the name, and that the folder is absolute. */
  public ServiceConfig {
    requireNonNull(name, "name");
    requireNonNull(project, "project");
    requireNonNull(version, "version");
    requireNonNull(test, "test");
    requireNonNull(build, "build");
    requireNonNull(deployer, "deployer");
    requireNonNull(probe, "probe");
    requireNonNull(alerts, "alerts");
    requireNonNull(staging, "staging");
    requireNonNull(production, "production");
    checkName(name);
    if (!project.isAbsolute()) {
      throw new IllegalArgumentException("project must be absolute: " + project);
    }
  }

  /** The least that a service needs: no commands, no staging, label from package.json. */
  public static ServiceConfig of(
      String name, Path project, ProviderConfig deployer, EnvironmentConfig production) {
    return new ServiceConfig(
        name,
        project,
        VersionRule.standard(),
        Optional.empty(),
        Optional.empty(),
        deployer,
        ProviderConfig.of(STANDARD_PROBE),
        Optional.empty(),
        Optional.empty(),
        production);
  }

  /** This one, with where the label comes from. */
  public ServiceConfig withVersion(VersionRule rule) {
    return new ServiceConfig(
        name, project, rule, test, build, deployer, probe, alerts, staging, production);
  }

  /** This one, with its tests. */
  public ServiceConfig withTest(CommandConfig command) {
    return new ServiceConfig(
        name,
        project,
        version,
        Optional.of(command),
        build,
        deployer,
        probe,
        alerts,
        staging,
        production);
  }

  /** This one, with its build. */
  public ServiceConfig withBuild(CommandConfig command) {
    return new ServiceConfig(
        name,
        project,
        version,
        test,
        Optional.of(command),
        deployer,
        probe,
        alerts,
        staging,
        production);
  }

  /** This one, looked at by another provider. */
  public ServiceConfig withProbe(ProviderConfig other) {
    return new ServiceConfig(
        name, project, version, test, build, deployer, other, alerts, staging, production);
  }

  /** This one, whose tracker is asked by this provider while a release soaks. */
  public ServiceConfig withAlerts(ProviderConfig source) {
    return new ServiceConfig(
        name,
        project,
        version,
        test,
        build,
        deployer,
        probe,
        Optional.of(source),
        staging,
        production);
  }

  /** This one, tried in staging first. */
  public ServiceConfig withStaging(EnvironmentConfig first) {
    return new ServiceConfig(
        name,
        project,
        version,
        test,
        build,
        deployer,
        probe,
        alerts,
        Optional.of(first),
        production);
  }

  private static void checkName(String name) {
    try {
      Forms.service(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("name must be " + e.getMessage(), e);
    }
  }

  /** The service in this environment, or empty if it is not there. */
  public Optional<EnvironmentConfig> environment(Environment environment) {
    if (environment.equals(Environment.PRODUCTION)) {
      return Optional.of(production);
    }
    return environment.equals(Environment.STAGING) ? staging : Optional.empty();
  }

  /** Where the service names a secret: the secret's name by the path of the place. */
  Map<String, String> secrets() {
    Map<String, String> secrets = new TreeMap<>();
    deployer.secrets().forEach((at, name) -> secrets.put("deployer.settings." + at, name));
    probe.secrets().forEach((at, name) -> secrets.put("probe.settings." + at, name));
    alerts.ifPresent(
        source ->
            source.secrets().forEach((at, name) -> secrets.put("alerts.settings." + at, name)));
    test.ifPresent(command -> secrets.putAll(command.secrets("test")));
    build.ifPresent(command -> secrets.putAll(command.secrets("build")));
    return secrets;
  }

  /** What is allowed in its commands but somebody should know. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    test.ifPresent(command -> warnings.addAll(command.warnings(name + ".test")));
    build.ifPresent(command -> warnings.addAll(command.warnings(name + ".build")));
    return warnings;
  }
}
