package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.LiveSetting;

/**
 * What serves a target before a run changes it.
 *
 * @param deployment empty if nothing ever served it
 * @param version the one version that gets all traffic; empty if there is none
 * @param settings what is live there besides, to be put back
 * @param better the newest good version, if {@code version} is known to be bad
 */
record Base(
    Optional<Deployment> deployment,
    Optional<Version> version,
    List<LiveSetting> settings,
    Optional<Version> better) {

  static final Form<Base> FORM =
      Forms.form(
          base -> {
            ObjectNode node = Forms.object();
            node.set("deployment", Forms.optional(Forms.DEPLOYMENT).write(base.deployment()));
            node.set("version", Forms.optional(Forms.VERSION).write(base.version()));
            node.set("settings", Forms.list(Forms.LIVE_SETTING).write(base.settings()));
            node.set("better", Forms.optional(Forms.VERSION).write(base.better()));
            return node;
          },
          node ->
              new Base(
                  Forms.optional(Forms.DEPLOYMENT).read(node.path("deployment")),
                  Forms.optional(Forms.VERSION).read(node.path("version")),
                  Forms.list(Forms.LIVE_SETTING).read(node.path("settings")),
                  Forms.optional(Forms.VERSION).read(node.path("better"))));

  Base {
    settings = List.copyOf(settings);
  }

  /** What to put back if what comes next turns out sick; empty if there is nothing. */
  Optional<Version> goBackTo() {
    return version.isPresent() ? better.or(() -> version) : version;
  }

  /** Whether several versions share the traffic: somebody's ramp or canary. */
  boolean isShared() {
    return deployment.isPresent() && deployment.get().split().sole().isEmpty();
  }

  /** The same as a sentence. */
  String sharing() {
    return "Production traffic is split ("
        + summary()
        + "): somebody's ramp is under way. Finish it first.";
  }

  /** Whether this is what {@code now} is, by the vendor's id. */
  boolean stillStands(Optional<Deployment> now) {
    return deployment.map(Deployment::id).equals(now.map(Deployment::id));
  }

  String summary() {
    return deployment
        .map(active -> "deployment " + active.id() + ": " + active.split())
        .orElse("nothing serves it yet");
  }
}
