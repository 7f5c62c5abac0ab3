package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * What a run leaves behind for later ones.
 *
 * @param changedProduction whether it moved production traffic
 * @param knownGood the version that production's gate passed, or empty
 * @param bad the version that failed there and was, or was to be, put away; or empty
 * @param putBack whether {@code knownGood} was put back rather than put forward
 */
record Facts(
    boolean changedProduction,
    Optional<Version> knownGood,
    Optional<Version> bad,
    boolean putBack) {

  static final Form<Facts> FORM =
      Forms.form(
          facts -> {
            ObjectNode node =
                Forms.object()
                    .put("changedProduction", facts.changedProduction())
                    .put("putBack", facts.putBack());
            node.set("knownGood", Forms.optional(Forms.VERSION).write(facts.knownGood()));
            node.set("bad", Forms.optional(Forms.VERSION).write(facts.bad()));
            return node;
          },
          node ->
              new Facts(
                  node.path("changedProduction").asBoolean(),
                  Forms.optional(Forms.VERSION).read(node.path("knownGood")),
                  Forms.optional(Forms.VERSION).read(node.path("bad")),
                  node.path("putBack").asBoolean()));

  static Facts nothingChanged() {
    return new Facts(false, Optional.empty(), Optional.empty(), false);
  }

  /** Production changed, and nobody can say more. */
  static Facts changed(Optional<Version> bad) {
    return new Facts(true, Optional.empty(), bad, false);
  }

  static Facts good(Version version) {
    return new Facts(true, Optional.of(version), Optional.empty(), false);
  }

  static Facts putBack(Version good, Optional<Version> bad) {
    return new Facts(true, Optional.of(good), bad, true);
  }
}
