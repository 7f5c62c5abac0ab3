package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which keys of a file cannot be carried, do not apply, are unknown, or have values that
 * wrangler does not take. The top level is looked at whichever environment is chosen.
 */
final class KeyCheck {

  /** What somebody does whose Worker has to be bundled. */
  static final String BUILD_IT =
      "Dirk never bundles: build the modules into a folder, for instance with wrangler deploy"
          + " --dry-run --outdir dist, and name it in the deployer's settings, as"
          + " \"settings\": { \"modules\": \"dist\" }; or have Bundler do that, from Java";

  /** Keys of which an empty list is not the same as none. */
  private static final Set<String> EMPTY_TAKES_AWAY = Set.of("addresses");

  private final View view;
  private final Findings findings;

  KeyCheck(View view, Findings findings) {
    this.view = view;
    this.findings = findings;
  }

  void check() {
    view.everything().forEach(this::check);
  }

  /** Looks at some keys only. */
  void check(String... names) {
    view.everything().stream()
        .filter(setting -> List.of(names).contains(name(setting)))
        .forEach(this::check);
  }

  private static String name(Setting setting) {
    return setting.pointer().substring(setting.pointer().lastIndexOf('/') + 1);
  }

  private void check(Setting setting) {
    String name = name(setting);
    Optional<Key> key = Key.of(name);
    boolean atTop = setting.pointer().lastIndexOf('/') == 0;
    if (key.isEmpty()) {
      findings.warn(setting.pointer(), "\"" + name + "\" is unknown and was ignored");
    } else if (key.get().scope() == Key.Scope.TOP && !atTop) {
      findings.warn(
          setting.pointer(),
          "\"" + name + "\" is for the top level; in an environment it was ignored");
    } else {
      key.get().form().check(setting, name, findings);
      use(setting, name, key.get());
    }
  }

  private void use(Setting setting, String name, Key key) {
    String shown = "\"" + name + "\"";
    boolean says = !isEmpty(setting.value()) || EMPTY_TAKES_AWAY.contains(name);
    boolean applies =
        view.find(name).filter(found -> found.pointer().equals(setting.pointer())).isPresent();
    if (key.use() == Key.Use.REMOVED) {
      findings.fault(
          setting.pointer(), shown + " is no longer taken, by wrangler neither; take it out");
    } else if (says && applies && key.use() == Key.Use.REFUSED) {
      findings.fault(
          setting.pointer(),
          shown
              + " changes what is deployed and this version of Dirk cannot carry it;"
              + " deploy this Worker with wrangler");
    } else if (says && applies && key.use() == Key.Use.BUNDLED && view.modules().isEmpty()) {
      findings.fault(setting.pointer(), shown + " takes a bundler, and " + BUILD_IT);
    } else if (says && key.scope() == Key.Scope.OWN && view.find(name).isEmpty()) {
      findings.warn(
          setting.pointer(), shown + " of the top level does not apply to this environment");
    }
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isBoolean() && !value.asBoolean());
  }
}
