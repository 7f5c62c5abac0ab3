package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * What a run leaves behind for later ones.
 *
 * @param changedProduction whether it moved production traffic
 * @param knownGood the version that production's gate passed, or empty
 * @param bad the versions that failed there, or that were or were to be put away
 * @param putBack the version that was put back, seen to be good or not; or empty
 */
record Facts(
    boolean changedProduction,
    Optional<Version> knownGood,
    List<Version> bad,
    Optional<Version> putBack) {

  static final Form<Facts> FORM =
      Forms.form(
          facts -> {
            ObjectNode node = Forms.object().put("changedProduction", facts.changedProduction());
            node.set("knownGood", Forms.optional(Forms.VERSION).write(facts.knownGood()));
            node.set("bad", Forms.list(Forms.VERSION).write(facts.bad()));
            node.set("putBack", Forms.optional(Forms.VERSION).write(facts.putBack()));
            return node;
          },
          node ->
              new Facts(
                  node.path("changedProduction").asBoolean(),
                  Forms.optional(Forms.VERSION).read(node.path("knownGood")),
                  Forms.list(Forms.VERSION).read(node.path("bad")),
                  Forms.optional(Forms.VERSION).read(node.path("putBack"))));

  Facts {
    bad = List.copyOf(bad);
  }

  static Facts nothingChanged() {
    return new Facts(false, Optional.empty(), List.of(), Optional.empty());
  }

  /** Production changed, and nobody can say more. */
  static Facts changed(Optional<Version> bad) {
    return new Facts(true, Optional.empty(), bad.stream().toList(), Optional.empty());
  }

  static Facts good(Version version) {
    return new Facts(true, Optional.of(version), List.of(), Optional.empty());
  }

  /** After a way back from {@code bad}, as far as it came. */
  static Facts putBack(Version good, Optional<Version> bad, WayBack.Went went) {
    List<Version> failed = new ArrayList<>(bad.stream().toList());
    boolean isBack = went.deployment().isPresent();
    if (isBack && went.reached() == WayBack.Reached.FAILED) {
      failed.add(good);
    }
    return new Facts(
        true,
        went.reached() == WayBack.Reached.BACK ? Optional.of(good) : Optional.empty(),
        failed,
        isBack && went.reached() != WayBack.Reached.CONFLICT
            ? Optional.of(good)
            : Optional.empty());
  }
}
