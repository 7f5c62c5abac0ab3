package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A release with its files at hand, ready to be uploaded to any number of targets.
 *
 * @param release what was built
 * @param files its modules and assets; their digest is the release's
 */
public record Artifact(Release release, List<ContentFile> files) {

  /** Checks that the files are the release's. */
  public Artifact {
    requireNonNull(release, "release");
    files = List.copyOf(files);
    Digest digest = Release.digestOf(files);
    if (!digest.equals(release.digest())) {
      throw new IllegalArgumentException(
          "files must be those of " + release + ", but their digest is " + digest.abbreviated());
    }
  }

  /** The files under a label. */
  public static Artifact of(String label, List<ContentFile> files) {
    return new Artifact(new Release(label, Release.digestOf(files)), files);
  }
}
