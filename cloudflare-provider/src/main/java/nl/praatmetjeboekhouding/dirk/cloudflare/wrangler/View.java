package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A document as one environment sees it: its own values, and those of the top level that it
 * inherits.
 */
final class View {

  private static final Setting NOTHING = new Setting("", MissingNode.getInstance());

  private final Setting top;
  private final Optional<Setting> own;

  private View(Setting top, Optional<Setting> own) {
    this.top = top;
    this.own = own;
  }

  /**
   * The view of an environment.
   *
   * @param environment empty for the top level
   */
  static View of(Document document, Optional<String> environment, Findings findings) {
    Setting top = new Setting("", document.root());
    Setting declared = top.child("env");
    if (environment.isEmpty() || declared.value().isMissingNode()) {
      environment.ifPresent(
          name ->
              findings.warn(
                  "", "no environments are configured, so that " + name + " is the top level"));
      return new View(top, Optional.empty());
    }
    Setting own = declared.child(environment.get());
    if (!own.value().isObject()) {
      findings.fault(
          declared.pointer(),
          "there is no environment " + environment.get() + "; declare it or choose another");
      return new View(top, Optional.empty());
    }
    return new View(top, Optional.of(own));
  }

  /** The value that applies, or empty if there is none. */
  Optional<Setting> find(String name) {
    Key.Scope scope = Key.of(name).map(Key::scope).orElse(Key.Scope.OWN);
    Setting mine = own.map(setting -> setting.child(name)).orElse(NOTHING);
    if (scope != Key.Scope.TOP && present(mine.value())) {
      return Optional.of(mine);
    }
    boolean fromTop = own.isEmpty() || scope != Key.Scope.OWN;
    return fromTop
        ? Optional.of(top.child(name)).filter(it -> present(it.value()))
        : Optional.empty();
  }

  /** What the top level says, whatever the environment is. */
  Optional<Setting> atTop(String name) {
    return Optional.of(top.child(name)).filter(setting -> present(setting.value()));
  }

  /** What the environment itself says. */
  Optional<Setting> atOwn(String name) {
    return own.map(setting -> setting.child(name)).filter(setting -> present(setting.value()));
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

  private static boolean present(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }
}
