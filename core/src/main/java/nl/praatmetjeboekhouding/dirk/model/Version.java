package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * A release uploaded to a target.
 *
 * @param id the vendor's id of it
 * @param target where it was uploaded to
 * @param release what it is, or empty if the vendor does not tell (uploaded by another tool)
 * @param key the step that uploaded it, as {@link StepKey#text()}, or empty if no key can be read
 *     back
 * @param created when, or empty if the vendor does not tell
 * @param progress how far the vendor is with it
 * @param reference whatever the provider needs to find it again; opaque and durable; may be empty
 *     text
 */
public record Version(
    String id,
    Target target,
    Optional<Release> release,
    Optional<String> key,
    Optional<Instant> created,
    Progress progress,
    String reference) {

  /** Checks that nothing is null or blank. */
  public Version {
    requireNonNull(id, "id");
    requireNonNull(target, "target");
    requireNonNull(release, "release");
    requireNonNull(key, "key");
    requireNonNull(created, "created");
    requireNonNull(progress, "progress");
    requireNonNull(reference, "reference");
    if (id.isBlank()) {
      throw new IllegalArgumentException("id must not be blank");
    }
  }

  /** A version that is ready and of which nothing more is known. */
  public static Version of(String id, Target target) {
    return new Version(
        id, target, Optional.empty(), Optional.empty(), Optional.empty(), Progress.ready(), "");
  }

  /** This one, with what it is. */
  public Version withRelease(Release what) {
    return new Version(id, target, Optional.of(what), key, created, progress, reference);
  }

  /** This one, with the key of the step that uploaded it. */
  public Version withKey(String text) {
    return new Version(id, target, release, Optional.of(text), created, progress, reference);
  }

  /** This one, with the time it was made. */
  public Version withCreated(Instant when) {
    return new Version(id, target, release, key, Optional.of(when), progress, reference);
  }

  /** This one, so far. */
  public Version withProgress(Progress soFar) {
    return new Version(id, target, release, key, created, soFar, reference);
  }

  /** This one, with the provider's own reference. */
  public Version withReference(String text) {
    return new Version(id, target, release, key, created, progress, text);
  }
}
