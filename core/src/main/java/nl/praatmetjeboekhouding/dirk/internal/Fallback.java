package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.model.Progress;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;

/**
 * What would be put back if production turned out sick, made sure of before anything moves.
 *
 * @param to empty if there is nothing, or no way
 * @param account why this one, or why none
 */
record Fallback(Optional<Version> to, String account) {

  /** The step that makes sure. */
  static final String STEP = "rehearse the way back";

  static final Form<Fallback> FORM =
      Forms.form(
          fallback -> {
            var node = Forms.object().put("account", fallback.account());
            node.set("to", Forms.optional(Forms.VERSION).write(fallback.to()));
            return node;
          },
          node ->
              new Fallback(
                  Forms.optional(Forms.VERSION).read(node.path("to")),
                  node.path("account").asText()));

  /**
   * The version that serves, or the newest known-good one, whichever the vendor still has.
   *
   * @param known what else is good, newest first
   */
  static Fallback of(
      Deployer deployer,
      Prepared prepared,
      Base base,
      KnownGood known,
      Supplier<CallContext> calls) {
    if (base.deployment().isEmpty()) {
      return new Fallback(
          Optional.empty(), "There is nothing to go back to: nothing serves production yet.");
    }
    if (!prepared.reversible()) {
      return new Fallback(
          Optional.empty(), "The vendor cannot put the version before back after this deploy.");
    }
    List<Version> candidates = new ArrayList<>(base.goBackTo().stream().toList());
    known.newestBut(base.version().map(Version::id).orElse("")).ifPresent(candidates::add);
    for (Version candidate : candidates) {
      Optional<Version> there =
          deployer
              .version(candidate.target(), candidate.id(), calls.get())
              .filter(version -> !(version.progress() instanceof Progress.Failed));
      if (there.isPresent()) {
        return new Fallback(there, named(candidate) + " is still there and can be put back");
      }
    }
    return new Fallback(
        Optional.empty(),
        "The vendor does not show "
            + base.version().map(Fallback::named).orElse("the version that serves")
            + " any more, so that it could not be put back.");
  }

  /** What people call it: its label, or the vendor's id where nobody gave it one. */
  static String named(Version version) {
    return version.release().map(Release::label).orElse(version.id());
  }
}
