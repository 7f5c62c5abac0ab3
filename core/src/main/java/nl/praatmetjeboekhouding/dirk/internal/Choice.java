package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * Which version is put back.
 *
 * @param to empty if there is none
 * @param alreadyThere whether it serves already
 * @param away the version that was put away for it before, if it serves already and that is known
 * @param account why this one, for people
 */
record Choice(Optional<Version> to, boolean alreadyThere, Optional<Version> away, String account) {

  /** The step that chooses. */
  static final String STEP = "choose the version";

  /** The step that chooses again, because the first choice is sick itself. */
  static final String EARLIER = "choose an earlier version";

  static final Form<Choice> FORM =
      Forms.form(
          choice -> {
            ObjectNode node =
                Forms.object()
                    .put("alreadyThere", choice.alreadyThere())
                    .put("account", choice.account());
            node.set("to", Forms.optional(Forms.VERSION).write(choice.to()));
            node.set("away", Forms.optional(Forms.VERSION).write(choice.away()));
            return node;
          },
          node ->
              new Choice(
                  Forms.optional(Forms.VERSION).read(node.path("to")),
                  node.path("alreadyThere").asBoolean(),
                  Forms.optional(Forms.VERSION).read(node.path("away")),
                  node.path("account").asText()));

  static Choice of(Version version, String account) {
    return new Choice(Optional.of(version), false, Optional.empty(), account);
  }

  static Choice none(String account) {
    return new Choice(Optional.empty(), false, Optional.empty(), account);
  }

  static Choice alreadyThere(Version version, Optional<Version> away, String account) {
    return new Choice(Optional.of(version), true, away, account);
  }

  Decided<Choice> decided() {
    return new Decided<>(this, to.isEmpty(), account);
  }
}
