package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import nl.praatmetjeboekhouding.dirk.model.RolloutPolicy;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Reach;

/**
 * How traffic comes to a version, as far as the vendor can do what the policy wants.
 *
 * @param dark whether it is looked at first with a share of zero
 * @param ramp the percentages before all
 * @param canReach whether the version can be asked for whatever its share is
 * @param notes what was left out, and why
 */
record Course(boolean dark, List<Integer> ramp, boolean canReach, List<String> notes) {

  /** What the steps are called that choose one. */
  static final String STEP = "choose the course in ";

  static final Course AT_ONCE = new Course(false, List.of(), false, List.of());

  static final Form<Course> FORM =
      Forms.form(
          course -> {
            var node = Forms.object().put("dark", course.dark()).put("canReach", course.canReach());
            course.ramp().forEach(node.putArray("ramp")::add);
            node.set("notes", Forms.TEXTS.write(course.notes()));
            return node;
          },
          node -> {
            List<Integer> ramp = new ArrayList<>();
            node.path("ramp").forEach(percent -> ramp.add(percent.asInt()));
            return new Course(
                node.path("dark").asBoolean(),
                ramp,
                node.path("canReach").asBoolean(),
                Forms.TEXTS.read(node.path("notes")));
          });

  Course {
    ramp = List.copyOf(ramp);
    notes = List.copyOf(notes);
  }

  /**
   * What can be done of the policy.
   *
   * @param version which is to come
   */
  static Course of(Stage stage, Deployer deployer, Prepared prepared, Base base, Version version) {
    RolloutPolicy policy = stage.rollout();
    if (prepared.activation() != Activation.SPLIT || base.version().isEmpty()) {
      return new Course(false, List.of(), false, withoutSplit(policy, prepared, base));
    }
    List<String> notes = new ArrayList<>();
    Optional<Endpoint> way = reach(deployer, version, stage.endpoint());
    boolean tells = !(stage.endpoint().identity() instanceof IdentityRule.None);
    if (policy.dark() && deployer instanceof Reach && way.isEmpty()) {
      notes.add("There was no look in the dark: the vendor cannot address one version here.");
    }
    if (policy.dark() && way.isPresent() && !tells) {
      notes.add(
          "There was no look in the dark: the service cannot tell its version, so that nobody could"
              + " tell who answers.");
    }
    return new Course(
        policy.dark() && way.isPresent() && tells, policy.ramp(), way.isPresent(), notes);
  }

  private static List<String> withoutSplit(RolloutPolicy policy, Prepared prepared, Base base) {
    List<String> notes = new ArrayList<>();
    if (policy.dark()
        && prepared.activation() == Activation.SPLIT
        && base.deployment().isPresent()) {
      notes.add(
          "There was no look in the dark: the vendor does not show the version that served before.");
    }
    if (policy.ramp().isEmpty()) {
      return notes;
    }
    notes.add(
        "There was no ramp: "
            + (base.deployment().isEmpty()
                ? "nothing served before."
                : prepared.activation() == Activation.SPLIT
                    ? "the vendor does not show the version that served before."
                    : "the vendor cannot share the traffic here."));
    return notes;
  }

  private static Optional<Endpoint> reach(Deployer deployer, Version version, Endpoint endpoint) {
    return deployer instanceof Reach reach ? reach.reach(version, endpoint) : Optional.empty();
  }

  /** How to ask for one version where that was found to be possible. */
  static Endpoint wayTo(Deployer deployer, Version version, Endpoint endpoint) {
    return reach(deployer, version, endpoint)
        .orElseThrow(
            () ->
                ProviderException.of(
                    FailureKind.INELIGIBLE,
                    "the vendor has no way to address one version any more"));
  }

  String summary() {
    return String.join(", ", stages());
  }

  /** Its stages, and what follows them. */
  List<String> words(RolloutPolicy policy) {
    List<String> words = new ArrayList<>(stages());
    if (!policy.soak().isNone()) {
      words.add("soak " + policy.soak().length());
    }
    return words;
  }

  private List<String> stages() {
    List<String> stages = new ArrayList<>();
    if (dark) {
      stages.add("dark");
    }
    ramp.forEach(percent -> stages.add(percent + " %"));
    stages.add("100 %");
    return stages;
  }
}
