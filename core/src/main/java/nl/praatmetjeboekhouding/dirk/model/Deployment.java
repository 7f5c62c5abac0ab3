package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Which versions get which share of a target's traffic, since when.
 *
 * @param id the vendor's id of it; never a version's id
 * @param target where
 * @param split who gets what
 * @param key the step that made it, as {@link StepKey#text()}, or empty if no key can be read back
 * @param created when, or empty if the vendor does not tell
 * @param progress how far the vendor is with it
 * @param reference whatever the provider needs to find it again; opaque and durable; may be empty
 *     text
 */
public record Deployment(
    String id,
    Target target,
    Split split,
    Optional<String> key,
    Optional<Instant> created,
    Progress progress,
    String reference) {

  /** Checks that nothing is null or blank. */
  public Deployment {
    requireNonNull(id, "id");
    requireNonNull(target, "target");
    requireNonNull(split, "split");
    requireNonNull(key, "key");
    requireNonNull(created, "created");
    requireNonNull(progress, "progress");
    requireNonNull(reference, "reference");
    if (id.isBlank()) {
      throw new IllegalArgumentException("id must not be blank");
    }
  }

  /** A deployment that is ready and of which nothing more is known. */
  public static Deployment of(String id, Target target, Split split) {
    return new Deployment(
        id, target, split, Optional.empty(), Optional.empty(), Progress.ready(), "");
  }

  /** This one, with the key of the step that made it. */
  public Deployment withKey(String text) {
    return new Deployment(id, target, split, Optional.of(text), created, progress, reference);
  }

  /** This one, with the time it was made. */
  public Deployment withCreated(Instant when) {
    return new Deployment(id, target, split, key, Optional.of(when), progress, reference);
  }

  /** This one, so far. */
  public Deployment withProgress(Progress soFar) {
    return new Deployment(id, target, split, key, created, soFar, reference);
  }

  /** This one, with the provider's own reference. */
  public Deployment withReference(String text) {
    return new Deployment(id, target, split, key, created, progress, text);
  }
}
