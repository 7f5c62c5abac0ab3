package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a version down as workerd reads it: a config in Cap'n Proto and a file per content. */
final class WorkerdConfig {

  private final Path folder;
  private final Optional<String> newestDate;
  private int files;

  private WorkerdConfig(Path folder, Optional<String> newestDate) {
    this.folder = folder;
    this.newestDate = newestDate;
  }

  /**
   * Writes to an empty folder.
   *
   * @param newestDate the newest compatibility date that the binary knows; a later one is lowered
   * @return the config file
   */
  static Path write(Path folder, Version version, Optional<String> newestDate) throws IOException {
    Files.createDirectories(folder);
    Path config = folder.resolve("config.capnp");
    Files.writeString(config, new WorkerdConfig(folder, newestDate).text(version));
    return config;
  }

  /** The names of bindings that nothing here can stand for. */
  static List<String> missing(Version version) {
    return version.bindings().stream()
        .filter(binding -> kind(binding).isEmpty())
        .map(binding -> binding.path("name").asText())
        .toList();
  }

  private String text(Version version) throws IOException {
    Code code = version.code();
    String flags =
        code.compatibilityFlags().stream()
            .map(WorkerdConfig::quoted)
            .collect(Collectors.joining(", "));
    return """
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (
      services = [(name = "worker", worker = (
        %s,
        compatibilityDate = %s,
        compatibilityFlags = [%s],
        bindings = [%s]
      ))],
      sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")]
    );
    """
        .formatted(modules(code), quoted(date(code)), flags, bindings(version));
  }

  private String date(Code code) {
    return lowered(code, newestDate).orElse(code.compatibilityDate().orElse("2021-11-02"));
  }

  /** The date that a version runs with because its own is later, or empty if it keeps its own. */
  static Optional<String> lowered(Code code, Optional<String> newestDate) {
    return newestDate.filter(
        newest -> code.compatibilityDate().filter(date -> date.compareTo(newest) > 0).isPresent());
  }

  private String modules(Code code) throws IOException {
    List<String> entries = new ArrayList<>();
    for (ModuleFile module : mainFirst(code)) {
      if (code.serviceWorker()) {
        return "serviceWorkerScript = embed " + file(module.content());
      }
      entries.add(
          "(name = %s, %s = embed %s)"
              .formatted(quoted(module.name()), kind(module), file(module.content())));
    }
    return "modules = [" + String.join(", ", entries) + "]";
  }

  private static List<ModuleFile> mainFirst(Code code) {
    List<ModuleFile> ordered = new ArrayList<>();
    for (ModuleFile module : code.modules()) {
      if (module.name().equals(code.main())) {
        ordered.add(0, module);
      } else if (!module.isSourceMap()) {
        ordered.add(module);
      }
    }
    return ordered;
  }

  private static String kind(ModuleFile module) {
    return switch (module.contentType()) {
      case "application/javascript+module", "text/javascript+module" -> "esModule";
      case "application/javascript", "text/javascript" -> "commonJsModule";
      case "application/wasm" -> "wasm";
      case "application/json" -> "json";
      case "text/plain", "text/html", "application/sql" -> "text";
      case "text/x-python" -> "pythonModule";
      default -> "data";
    };
  }

  private String bindings(Version version) throws IOException {
    List<String> entries = new ArrayList<>();
    for (ObjectNode binding : version.bindings()) {
      Optional<String> kind = kind(binding);
      if (kind.isPresent()) {
        entries.add(
            "(name = %s, %s = embed %s)"
                .formatted(
                    quoted(binding.path("name").asText()),
                    kind.get(),
                    file(Bytes.utf8(content(binding, version)))));
      }
    }
    return String.join(", ", entries);
  }

  /** workerd has no binding of its own for version metadata: it is a JSON value to it. */
  private static Optional<String> kind(ObjectNode binding) {
    return switch (binding.path("type").asText()) {
      case "plain_text", "secret_text" -> Optional.of("text");
      case "json", "version_metadata" -> Optional.of("json");
      default -> Optional.empty();
    };
  }

  private static String content(ObjectNode binding, Version version) {
    return switch (binding.path("type").asText()) {
      case "json" -> binding.path("json").toString();
      case "version_metadata" ->
          Json.object()
              .put("id", version.id())
              .put("tag", version.tag().orElse(""))
              .put("timestamp", version.created().toString())
              .toString();
      default -> binding.path("text").asText();
    };
  }

  private String file(Bytes content) throws IOException {
    String name = "content-" + files++;
    Files.write(folder.resolve(name), content.array());
    return quoted(name);
  }

  /** A text in Cap'n Proto's schema language. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int at = 0; at < text.length(); at++) {
      char each = text.charAt(at);
      if (each == '"' || each == '\\') {
        quoted.append('\\').append(each);
      } else if (each < ' ') {
        quoted.append("\\x%02x".formatted((int) each));
      } else {
        quoted.append(each);
      }
    }
    return quoted.append('"').toString();
  }
}
