package nl.praatmetjeboekhouding.dirk.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/** Reads a runbook file as a whole, and tells all that is wrong with it together. */
final class RunbookFile {

  private static final int LARGEST = 1024 * 1024;

  private final String source;
  private final Path folder;
  private final Faults faults = new Faults();

  private RunbookFile(Path file) {
    source = file.toString();
    Path parent = file.toAbsolutePath().normalize().getParent();
    folder = parent == null ? file.toAbsolutePath() : parent;
  }

  static DirkConfig read(Path file) {
    RunbookFile runbook = new RunbookFile(file);
    Optional<DirkConfig> config =
        JsonText.read(runbook.source, runbook.content(file), runbook.faults)
            .flatMap(runbook::document);
    runbook.faults.throwIfAny();
    return config.orElseThrow();
  }

  private String content(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      byte[] bytes = content.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new ConfigurationException(source, "a runbook file has at most 1 MiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(source, "there is no such runbook file");
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(source, "a runbook file is UTF-8 text, and this is not");
    } catch (IOException e) {
      throw new ConfigurationException(source, "the runbook file cannot be read: " + e);
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
    Map<String, ServiceConfig> services =
        section
            .required(
                "services", section.section("services"), "{ \"my-service\": { \"project\": ... } }")
            .map(this::services)
            .orElse(Map.of());
    section.end();
    return services.isEmpty()
        ? Optional.empty()
        : Optional.of(new DirkConfig(source, context, journal, services));
  }

  private Optional<ContextRules> context(Section section) {
    Path root = section.text("root", Forms::path).orElse(Path.of(""));
    List<String> files = names(section, "files");
    List<String> folders = names(section, "folders");
    long limit = section.count("fileLimit", ContextRules.MOST).orElse(ContextRules.FILE_LIMIT);
    if (!section.names().contains("files") && !section.names().contains("folders")) {
      section.fault("names nothing: write \"files\" or \"folders\", or leave it out");
    }
    section.end();
    return Optional.of(
        ContextRules.of(folder.resolve(root).normalize(), files, folders).withFileLimit(limit));
  }

  private static List<String> names(Section section, String name) {
    List<String> names = section.texts(name, Forms::inside).orElse(List.of());
    Set<String> seen = new HashSet<>();
    if (section.names().contains(name) && !names.stream().allMatch(seen::add)) {
      section.fault(name, "must not name the same twice");
    }
    return names;
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
      if (!Forms.SERVICE.matcher(name).matches()) {
        section.fault(
            name,
            "must be a name of lower-case letters, digits, dots, hyphens and underscores,"
                + " at most 63");
      }
      section
          .section(name)
          .flatMap(service -> reader.read(name, service))
          .ifPresent(service -> services.put(name, service));
    }
    return services;
  }
}
