package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.Optional;
import java.util.stream.Stream;

/** What a module can be: as it is called in a wrangler file, and as it is sent. */
enum ModuleType {
  ES_MODULE("ESModule", "application/javascript+module"),
  COMMON_JS("CommonJS", "application/javascript"),
  COMPILED_WASM("CompiledWasm", "application/wasm"),
  TEXT("Text", "text/plain"),
  DATA("Data", "application/octet-stream"),
  PYTHON("PythonModule", "text/x-python"),
  SOURCE_MAP("", "application/source-map");

  private final String configured;
  private final String contentType;

  ModuleType(String configured, String contentType) {
    this.configured = configured;
    this.contentType = contentType;
  }

  /** The type of this name in a rule, or empty if rules know none. */
  static Optional<ModuleType> configured(String name) {
    return Stream.of(values())
        .filter(type -> !type.configured.isEmpty() && type.configured.equals(name))
        .findFirst();
  }

  String contentType() {
    return contentType;
  }
}
