package nl.praatmetjeboekhouding.dirk.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.model.GatesPolicy;

/** Reads a runbook file as a whole, and tells all that is wrong with it together. */
final class RunbookFile {

  private final String source;
  private final Path folder;
  private final Faults faults = new Faults();

  private RunbookFile(String source, Path folder) {
    this.source = source;
    this.folder = folder;
  }

  static DirkConfig read(Path file) {
    List<Fault> faults = new ArrayList<>();
    Optional<DirkConfig> config = read(file, faults::add);
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return config.orElseThrow();
  }

  /** As far as it can be read. */
  static Optional<DirkConfig> read(Path file, Consumer<Fault> faults) {
    String text = FileText.read(file);
    RunbookFile runbook = new RunbookFile(file.toString(), folderOf(file));
    Optional<DirkConfig> config =
        JsonText.read(runbook.source, text, runbook.faults).flatMap(runbook::document);
    runbook.faults.all().forEach(faults);
    return config;
  }

  /** The folder as the file system knows it, so that {@code ..} after a link means what it says. */
  private static Path folderOf(Path file) {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    Path folder = parent == null ? absolute : parent;
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.normalize();
    }
  }

  private Optional<DirkConfig> document(Node root) {
    if (!(root instanceof Node.Members members)) {
      faults.add(root.place(), "the runbook must be an object, not " + root.kind());
      return Optional.empty();
    }
    Section section = new Section("", members, faults);
    section.text("$schema");
    Optional<ContextRules> context = section.section("context").flatMap(this::context);
    Optional<Path> journal = section.section("journal").flatMap(this::journal);
    Optional<Section> all =
        section.required(
            "services", section.section("services"), "{ \"my-service\": { \"project\": ... } }");
    GatesPolicy gates =
        section
            .section("gates")
            .map(new GatesReader(all.map(Section::names).map(Set::copyOf).orElse(Set.of()))::read)
            .orElseGet(GatesPolicy::standard);
    Map<String, ServiceConfig> services = all.map(this::services).orElse(Map.of());
    section.end();
    return services.isEmpty()
        ? Optional.empty()
        : Optional.of(new DirkConfig(source, context, journal, gates, services));
  }

  private Optional<ContextRules> context(Section section) {
    Path root = section.text("root", Forms::path).orElse(Path.of(""));
    List<String> files = section.texts("files", Forms::inside).orElse(List.of());
    List<String> folders = section.texts("folders", Forms::inside).orElse(List.of());
    long limit = section.count("fileLimit", ContextRules.MOST).orElse(ContextRules.FILE_LIMIT);
    section.end();
    ContextRules rules =
        ContextRules.of(folder.resolve(root).normalize(), files, folders).withFileLimit(limit);
    refuseTwice(section, "files", rules.files());
    refuseTwice(section, "folders", rules.folders());
    if (Stream.of("files", "folders").allMatch(name -> isNothing(section.node(name)))) {
      section.fault("names nothing: write \"files\" or \"folders\", or leave it out");
    }
    return Optional.of(rules);
  }

  private static boolean isNothing(Optional<Node> names) {
    return names
        .map(node -> node instanceof Node.Items list && list.items().isEmpty())
        .orElse(true);
  }

  private static void refuseTwice(Section section, String name, List<String> names) {
    if (new HashSet<>(names).size() < names.size()) {
      section.fault(name, "must not name the same twice");
    }
  }

  private Optional<Path> journal(Section section) {
    Optional<Path> journal =
        section.required("folder", section.text("folder", Forms::path), "\".dirk/journal\"");
    section.end();
    return journal.map(path -> folder.resolve(path).normalize());
  }

  private Map<String, ServiceConfig> services(Section section) {
    ServiceReader reader = new ServiceReader(folder);
    Map<String, ServiceConfig> services = new LinkedHashMap<>();
    if (section.names().isEmpty()) {
      section.fault("must name a service");
    }
    for (String name : section.names()) {
      Optional<String> fit = section.name(name, Forms::service);
      section
          .section(name)
          .flatMap(service -> reader.read(fit, service))
          .ifPresent(service -> services.put(name, service));
    }
    return services;
  }
}
