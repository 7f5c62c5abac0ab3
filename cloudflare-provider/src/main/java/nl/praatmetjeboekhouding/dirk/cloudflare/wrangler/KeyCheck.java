package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Tells which keys of a file cannot be carried, do not apply, or are unknown. */
final class KeyCheck {

  private final View view;
  private final Findings findings;

  KeyCheck(View view, Findings findings) {
    this.view = view;
    this.findings = findings;
  }

  void check() {
    view.everything().forEach(this::check);
  }

  private void check(Setting setting) {
    String name = setting.pointer().substring(setting.pointer().lastIndexOf('/') + 1);
    Optional<Key> key = Key.of(name);
    if (key.isEmpty()) {
      findings.warn(setting.pointer(), "\"" + name + "\" is unknown and was ignored");
    } else if (!isEmpty(setting.value())) {
      check(setting, name, key.get());
    }
  }

  private void check(Setting setting, String name, Key key) {
    String shown = "\"" + name + "\"";
    boolean applies =
        view.find(name).filter(found -> found.pointer().equals(setting.pointer())).isPresent();
    if (applies && key.use() == Key.Use.REFUSED) {
      findings.fault(
          setting.pointer(),
          shown
              + " changes what is deployed and this version of Dirk cannot carry it;"
              + " deploy this Worker with wrangler");
    } else if (applies && key.use() == Key.Use.BUNDLED && view.modules().isEmpty()) {
      findings.fault(
          setting.pointer(),
          shown
              + " takes a bundler, and Dirk has none: build the modules into a folder, for"
              + " instance with wrangler deploy --dry-run --outdir, and name that folder");
    } else if (key.scope() == Key.Scope.OWN && view.find(name).isEmpty()) {
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
