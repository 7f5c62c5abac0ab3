package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files that a service worker knows as variables, for it cannot import them: each is a part of the
 * upload and a binding of the same name.
 */
final class Blobs {

  /** What the file may say of them. */
  static final Form FORM = Form.objectOf(Form.TEXT);

  /** In the order in which they are sent. */
  private static final List<String> KEYS = List.of("wasm_modules", "text_blobs", "data_blobs");

  private static final List<ModuleType> TYPES =
      List.of(ModuleType.COMPILED_WASM, ModuleType.TEXT, ModuleType.DATA);

  private static final Map<String, String> BINDINGS =
      Map.of(
          ModuleType.COMPILED_WASM.contentType(), "wasm_module",
          ModuleType.TEXT.contentType(), "text_blob",
          ModuleType.DATA.contentType(), "data_blob");

  private static final Pattern NO_PART_OF_A_VARIABLE = Pattern.compile("[^a-zA-Z0-9_$]");

  private final Path folder;
  private final View view;
  private final Findings findings;

  Blobs(Path folder, View view, Findings findings) {
    this.folder = folder;
    this.view = view;
    this.findings = findings;
  }

  /** Those that the wrangler file names. */
  List<ModuleFile> configured(MainScript main) {
    List<ModuleFile> blobs = new ArrayList<>();
    for (int at = 0; at < KEYS.size(); at++) {
      String key = KEYS.get(at);
      ModuleType type = TYPES.get(at);
      Optional<Setting> setting =
          view.find(key).filter(it -> it.value().isObject() && !it.value().isEmpty());
      if (setting.isPresent() && main.type() != ModuleType.COMMON_JS) {
        findings.fault(
            setting.get().pointer(),
            "\"" + key + "\" is for service workers; import the files in the code instead");
      } else {
        setting.ifPresent(files -> blobs(key, type, files, blobs));
      }
    }
    return blobs;
  }

  private void blobs(String key, ModuleType type, Setting setting, List<ModuleFile> blobs) {
    for (Map.Entry<String, JsonNode> entry : setting.value().properties()) {
      Setting named = setting.child(entry.getKey());
      String what = "\"" + key + "." + entry.getKey() + "\"";
      String text = entry.getValue().asText();
      Optional<Path> file = findings.path(folder, text, named.pointer(), what);
      if (file.filter(Files::isRegularFile).isEmpty()) {
        findings.fault(named.pointer(), what + " " + text + " is not there; build it first");
        continue;
      }
      String sent = folder.normalize().relativize(file.get()).toString().replace('\\', '/');
      blobs.add(new ModuleFile(entry.getKey(), sent, type.contentType(), file.get()));
    }
  }

  /** Whether a module can be one. */
  static boolean canBe(ModuleFile module) {
    return BINDINGS.containsKey(module.contentType());
  }

  /** A module as its bundler has the script know it. */
  static ModuleFile of(ModuleFile module) {
    return new ModuleFile(
        variable(module.name()), module.name(), module.contentType(), module.file());
  }

  /** What the bundler has a script call a module of this name. */
  static String variable(String name) {
    return NO_PART_OF_A_VARIABLE.matcher(name).replaceAll("_");
  }

  /** What Cloudflare calls its binding. */
  static String binding(ModuleFile blob) {
    return BINDINGS.getOrDefault(blob.contentType(), "");
  }
}
