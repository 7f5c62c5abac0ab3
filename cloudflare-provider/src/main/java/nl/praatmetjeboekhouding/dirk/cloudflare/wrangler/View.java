package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A document as one environment sees it: what the caller says, then its own values, and those of
 * the top level that it inherits.
 */
final class View {

  /** Keys of which an empty text says the same as nothing. */
  private static final Set<String> BLANK_IS_ABSENT = Set.of("route", "account_id");

  private static final Setting NOTHING = new Setting("", MissingNode.getInstance());

  private final Path file;
  private final Overrides overrides;
  private final Setting top;
  private final Optional<Setting> own;

  private View(Path file, Overrides overrides, Setting top, Optional<Setting> own) {
    this.file = file;
    this.overrides = overrides;
    this.top = top;
    this.own = own;
  }

  /**
   * The view of an environment.
   *
   * @param environment empty for the top level
   */
  static View of(
      Document document, Optional<String> environment, Overrides overrides, Findings findings) {
    Optional<Setting> own = own(document, environment, findings);
    return new View(document.file(), overrides, new Setting("", document.root()), own);
  }

  private static Optional<Setting> own(
      Document document, Optional<String> environment, Findings findings) {
    Setting declared = new Setting("", document.root()).child("env");
    if (environment.isEmpty() || !present(declared.value())) {
      environment.ifPresent(
          name ->
              findings.warn(
                  "", "no environments are configured, so that " + name + " is the top level"));
      return Optional.empty();
    }
    Setting own = declared.child(environment.get());
    if (!own.value().isObject()) {
      findings.fault(
          declared.pointer(),
          "there is no environment " + environment.get() + "; declare it or choose another");
      return Optional.empty();
    }
    return Optional.of(own);
  }

  /** The value that applies, or empty if there is none. */
  Optional<Setting> find(String name) {
    return overrides.find(name).or(() -> inFile(name));
  }

  /** The value that the file gives, or empty if there is none. */
  private Optional<Setting> inFile(String name) {
    Key.Scope scope = Key.of(name).map(Key::scope).orElse(Key.Scope.OWN);
    Setting mine = own.map(setting -> setting.child(name)).orElse(NOTHING);
    if (scope != Key.Scope.TOP && present(name, mine.value())) {
      return Optional.of(mine);
    }
    boolean fromTop = own.isEmpty() || scope != Key.Scope.OWN;
    return fromTop
        ? Optional.of(top.child(name)).filter(it -> present(name, it.value()))
        : Optional.empty();
  }

  /** What the caller says, or empty if nothing. */
  Optional<Setting> override(String name) {
    return overrides.find(name);
  }

  /** What the top level says, whatever the environment is. */
  Optional<Setting> atTop(String name) {
    return Optional.of(top.child(name)).filter(setting -> present(setting.value()));
  }

  /** What the environment itself says. */
  Optional<Setting> atOwn(String name) {
    return own.map(setting -> setting.child(name)).filter(setting -> present(setting.value()));
  }

  /** The vars that apply; the caller's are texts, and a list has the names 0, 1 and so on. */
  Optional<Setting> vars() {
    Optional<Setting> found = find("vars").map(View::named);
    boolean usable = found.map(setting -> setting.value().isObject()).orElse(true);
    if (!usable || overrides.vars().isEmpty()) {
      return found;
    }
    Setting base = found.orElse(new Setting("/vars", JsonNodeFactory.instance.objectNode()));
    return Optional.of(new Setting(base.pointer(), overrides.over((ObjectNode) base.value())));
  }

  private static Setting named(Setting vars) {
    if (!vars.value().isArray()) {
      return vars;
    }
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    vars.value().forEach(item -> named.set(Integer.toString(named.size()), item));
    return new Setting(vars.pointer(), named);
  }

  /** Whether the caller gives a var of this name. */
  boolean isCallersVar(String name) {
    return overrides.vars().containsKey(name);
  }

  /** The folder that the build wrote the modules into, or empty if the caller names none. */
  Optional<Path> modules() {
    return overrides.modules();
  }

  /** The folder of static assets that the caller names. */
  Optional<Path> assets() {
    return overrides.assets();
  }

  /** Custom domains that the caller names. */
  List<String> domains() {
    return overrides.domains();
  }

  /** What the caller asks for. */
  Set<Consent> consents() {
    return overrides.consents();
  }

  /** Whether this is the wrangler file itself. */
  boolean isFile(Path other) {
    return file.equals(other);
  }

  /** The levels of the file that have a say, the environment first. */
  List<Setting> levels() {
    return own.map(mine -> List.of(mine, top)).orElse(List.of(top));
  }

  /** Names every key of the top level and of the environment, and where it stands. */
  List<Setting> everything() {
    List<Setting> all = new ArrayList<>();
    top.value().fieldNames().forEachRemaining(name -> all.add(top.child(name)));
    own.ifPresent(
        setting ->
            setting.value().fieldNames().forEachRemaining(name -> all.add(setting.child(name))));
    return all;
  }

  private static boolean present(String name, JsonNode value) {
    boolean blank = value.isTextual() && value.asText().isBlank();
    return present(value) && !(blank && BLANK_IS_ABSENT.contains(name));
  }

  private static boolean present(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }
}
