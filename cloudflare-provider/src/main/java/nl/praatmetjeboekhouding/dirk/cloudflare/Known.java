package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;

/**
 * What the project's folder said of each target when a deploy was last prepared. A run names its
 * target, and the folder says what that is; a build that writes the folder anew in mid-run must
 * neither lead the rest of the run to something else nor keep it from its way back. Safe for use by
 * several threads.
 *
 * @param <T> what the folder says
 */
final class Known<T> {

  /** So many runs are known; one that is longer ago has ended, or looks before it goes on. */
  private static final int MOST = 1000;

  private record RunTarget(String run, Target target) {}

  private final String kind;
  private final Function<Target, T> reading;
  private final Function<T, String> name;
  private final Map<Target, T> known = new ConcurrentHashMap<>();
  private final Map<RunTarget, String> begun = new LinkedHashMap<>();

  /**
   * @param kind what a target is, such as {@code the Worker}
   * @param reading reads the folder
   * @param name what a target is called there
   */
  Known(String kind, Function<Target, T> reading, Function<T, String> name) {
    this.kind = kind;
    this.reading = reading;
    this.name = name;
  }

  /** Takes this, of which a deploy was prepared, for what the folder says. */
  void remember(Target target, T prepared) {
    known.put(target, prepared);
  }

  /** What it said. */
  T of(Target target) {
    return known.computeIfAbsent(target, reading);
  }

  /**
   * What the folder says now, which must be about the same.
   *
   * @throws ProviderException if it is about something else
   */
  T still(Target target) {
    T now = reading.apply(target);
    T before = known.getOrDefault(target, now);
    if (!name.apply(before).equals(name.apply(now))) {
      throw elsewhere(name.apply(before), name.apply(now), target);
    }
    known.put(target, now);
    return now;
  }

  /**
   * What it said, for a change that a run makes: all of them are made to what the first was made
   * to, whoever has prepared another deploy meanwhile.
   *
   * @throws ProviderException if it is about something else
   */
  T of(StepKey key, Target target) {
    T said = of(target);
    begin(key, target, name.apply(said));
    return said;
  }

  /** Notes what a run changes, where its plan says that. */
  void begin(StepKey key, Target target, String changed) {
    String first = first(new RunTarget(key.run(), target), changed);
    if (!first.equals(changed)) {
      throw elsewhere(first, changed, target);
    }
  }

  private ProviderException elsewhere(String before, String now, Target target) {
    return ProviderException.of(
        FailureKind.NOT_SENT,
        "Cloudflare was not asked: "
            + target.environment().name()
            + " was "
            + kind
            + " "
            + before
            + " when this began, and the project's folder names "
            + now
            + " by now, in its wrangler file or in the one that .wrangler/deploy/config.json leads"
            + " to; put that back as it was, or plan anew");
  }

  private synchronized String first(RunTarget run, String changed) {
    String first = begun.putIfAbsent(run, changed);
    if (begun.size() > MOST) {
      begun.remove(begun.keySet().iterator().next());
    }
    return first == null ? changed : first;
  }
}
