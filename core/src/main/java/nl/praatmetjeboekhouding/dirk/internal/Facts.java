package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * What a run leaves behind for later ones.
 *
 * @param changedProduction whether it moved production traffic
 * @param knownGood the version that production's gate passed, or empty
 * @param bad the versions that failed there, or that were or were to be put away
 * @param putBack the version that was put back, seen to be good or not; or empty
 * @param epochs of the leases that the run took last, by resource: what orders runs on one resource
 *     whatever the clocks did
 */
record Facts(
    boolean changedProduction,
    Optional<Version> knownGood,
    List<Version> bad,
    Optional<Version> putBack,
    Map<String, Long> epochs) {

  static final Form<Facts> FORM =
      Forms.form(
          facts -> {
            ObjectNode node = Forms.object().put("changedProduction", facts.changedProduction());
            node.set("knownGood", Forms.optional(Forms.VERSION).write(facts.knownGood()));
            node.set("bad", Forms.list(Forms.VERSION).write(facts.bad()));
            node.set("putBack", Forms.optional(Forms.VERSION).write(facts.putBack()));
            ObjectNode epochs = node.putObject("epochs");
            new TreeMap<>(facts.epochs()).forEach(epochs::put);
            return node;
          },
          node ->
              new Facts(
                  node.path("changedProduction").asBoolean(),
                  Forms.optional(Forms.VERSION).read(node.path("knownGood")),
                  Forms.list(Forms.VERSION).read(node.path("bad")),
                  Forms.optional(Forms.VERSION).read(node.path("putBack")),
                  epochs(node.path("epochs"))));

  private static Map<String, Long> epochs(JsonNode node) {
    Map<String, Long> epochs = new TreeMap<>();
    node.properties().forEach(one -> epochs.put(one.getKey(), one.getValue().asLong()));
    return epochs;
  }

  Facts {
    bad = List.copyOf(bad);
    epochs = Map.copyOf(epochs);
  }

  static Facts nothingChanged() {
    return new Facts(false, Optional.empty(), List.of(), Optional.empty(), Map.of());
  }

  /** Production changed, and nobody can say more. */
  static Facts changed(Optional<Version> bad) {
    return new Facts(true, Optional.empty(), bad.stream().toList(), Optional.empty(), Map.of());
  }

  /** Nothing was changed, and what serves turned out sick. */
  static Facts sick(Version version) {
    return new Facts(false, Optional.empty(), List.of(version), Optional.empty(), Map.of());
  }

  static Facts good(Version version) {
    return new Facts(true, Optional.of(version), List.of(), Optional.empty(), Map.of());
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
        (isBack && went.reached() != WayBack.Reached.CONFLICT)
                || went.reached() == WayBack.Reached.UNKNOWN
            ? Optional.of(good)
            : Optional.empty(),
        Map.of());
  }

  /** These, of a run that held leases of these epochs. */
  Facts under(Map<String, Long> held) {
    return new Facts(changedProduction, knownGood, bad, putBack, held);
  }
}
