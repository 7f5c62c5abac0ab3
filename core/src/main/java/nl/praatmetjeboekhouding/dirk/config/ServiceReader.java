package nl.praatmetjeboekhouding.dirk.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one service of a runbook file. */
final class ServiceReader {

  private static final String DEPLOYER = "{ \"provider\": \"cloudflare\", \"settings\": { } }";

  private final Path folder;

  /** Paths are relative to {@code folder}. */
  ServiceReader(Path folder) {
    this.folder = folder;
  }

  /** The service, or empty if it, or its name, is not as it must be. */
  Optional<ServiceConfig> read(Optional<String> name, Section section) {
    Optional<Path> project =
        section.required("project", section.text("project", Forms::path), "\"workers/api\"");
    VersionRule version =
        section.section("version").flatMap(ServiceReader::version).orElse(VersionRule.standard());
    Optional<CommandConfig> test = CommandReader.read(section, "test");
    Optional<CommandConfig> build = CommandReader.read(section, "build");
    Optional<ProviderConfig> deployer =
        section
            .required("deployer", section.section("deployer"), DEPLOYER)
            .flatMap(ServiceReader::provider);
    Optional<ProviderConfig> probe = section.section("probe").flatMap(ServiceReader::provider);
    Optional<ProviderConfig> alerts = section.section("alerts").flatMap(ServiceReader::provider);
    Optional<Section> environments =
        section.required(
            "environments",
            section.section("environments"),
            "{ \"staging\": { ... }, \"production\": { ... } }");
    Optional<EnvironmentConfig> staging =
        environments.flatMap(both -> both.section("staging")).flatMap(EnvironmentReader::staging);
    Optional<EnvironmentConfig> production =
        environments
            .flatMap(
                both ->
                    both.required("production", both.section("production"), "{ \"health\": ... }"))
            .flatMap(EnvironmentReader::production);
    environments.ifPresent(Section::end);
    section.end();
    if (name.isEmpty() || project.isEmpty() || deployer.isEmpty() || production.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ServiceConfig(
            name.get(),
            folder.resolve(project.get()).normalize(),
            version,
            test,
            build,
            deployer.get(),
            probe.orElseGet(() -> ProviderConfig.of(ServiceConfig.STANDARD_PROBE)),
            alerts,
            staging,
            production.get()));
  }

  private static Optional<VersionRule> version(Section section) {
    Optional<String> file = section.text("file", Forms::inside);
    Optional<String> pointer = section.text("pointer", Forms::pointer);
    Optional<String> text = section.text("text", Forms::label);
    Optional<Boolean> git = section.flag("git");
    section.end();
    long named = Stream.of("file", "text", "git").filter(section.names()::contains).count();
    boolean pointless = section.names().contains("pointer") && !section.names().contains("file");
    if (named != 1 || pointless || git.filter(on -> !on).isPresent()) {
      section.fault(
          "must say exactly one: { \"file\": \"package.json\", \"pointer\": \"/version\" },"
              + " { \"text\": \"0.2.1\" } or { \"git\": true }");
      return Optional.empty();
    }
    return file.<VersionRule>map(
            path -> new VersionRule.FromFile(Path.of(path), pointer.orElse("/version")))
        .or(() -> text.map(VersionRule.Text::new))
        .or(() -> git.map(on -> new VersionRule.Git()));
  }

  private static Optional<ProviderConfig> provider(Section section) {
    Optional<String> id =
        section.required("provider", section.text("provider", Forms::id), "\"cloudflare\"");
    Optional<Section> settings = section.section("settings");
    settings.ifPresent(ServiceReader::refuseNothing);
    section.end();
    return id.map(
        provider ->
            ProviderConfig.of(
                provider,
                section.place("provider"),
                section.path("settings"),
                settings
                    .map(Section::members)
                    .orElse(Node.Members.none(section.members().place()))));
  }

  private static void refuseNothing(Section settings) {
    for (String name : settings.names()) {
      settings
          .node(name)
          .filter(Node.Nothing.class::isInstance)
          .ifPresent(node -> settings.fault(name, node, "must not be null: leave it out"));
    }
  }
}
