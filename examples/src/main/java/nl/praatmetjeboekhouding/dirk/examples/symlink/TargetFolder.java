package nl.praatmetjeboekhouding.dirk.examples.symlink;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.Split;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;

/**
 * The folder of one target on this machine:
 *
 * <pre>
 * versions/ID/files/      what was uploaded, beside a note
 * deployments/ID/files    a symlink to a version's files, beside a note that names the deployment before
 * current                 a symlink to the files of the deployment that is live: what a web server serves
 * </pre>
 *
 * Versions and deployments appear whole or not at all, and never change. A deployment was live if
 * it is reached from {@code current} by going from each to the one before.
 */
record TargetFolder(Path folder, Target target) {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");
  private static final Pattern LIVE = Pattern.compile("deployments/([0-9a-f]{12})/files");

  /** The version of this id, or empty if there is none. */
  Optional<Version> version(String id) throws IOException {
    Optional<Note> note =
        ID.matcher(id).matches() ? Note.in(versions().resolve(id)) : Optional.empty();
    if (note.isEmpty()) {
      return Optional.empty();
    }
    Digest digest = new Digest(note.get().text("digest"));
    return Optional.of(
        Version.of(id, target)
            .withRelease(new Release(note.get().text("label"), digest))
            .withKey(note.get().text("key"))
            .withCreated(Instant.parse(note.get().text("created"))));
  }

  /** The deployment of this id, live or not, or empty if there is none. */
  Optional<Deployment> deployment(String id) throws IOException {
    Optional<Note> note = Note.in(deployments().resolve(id));
    if (note.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Deployment.of(id, target, Split.all(note.get().text("version")))
            .withKey(note.get().text("key"))
            .withCreated(Instant.parse(note.get().text("created"))));
  }

  /** The id of the deployment that is live, or empty if there never was one. */
  Optional<String> current() throws IOException {
    if (!Files.exists(link(), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Matcher live = LIVE.matcher(Files.readSymbolicLink(link()).toString());
    if (live.matches()) {
      return Optional.of(live.group(1));
    }
    throw new IOException(link() + " was changed by somebody else and leads to no deployment");
  }

  /** The id of the deployment that was live when this one was prepared, or empty if none was. */
  Optional<String> before(String id) throws IOException {
    return Note.in(deployments().resolve(id)).flatMap(note -> note.find("before"));
  }

  /** The ids of the deployments that were live, newest first, from this one on. */
  List<String> history(Optional<String> newest, int most) throws IOException {
    List<String> history = new ArrayList<>();
    Optional<String> next = newest;
    while (next.isPresent() && history.size() < most) {
      history.add(next.get());
      next = before(next.get());
    }
    return history;
  }

  /** Adds a version; one that is there already stays as it is. */
  void addVersion(String id, Note note, List<ContentFile> files) throws IOException {
    WholeFolder.add(versions().resolve(id), note, place -> WholeFolder.copy(files, place));
  }

  /** Adds a deployment of a version, which does not make it live. */
  void addDeployment(String id, Note note, String version) throws IOException {
    Path files = Path.of("..", "..", "versions", version, "files");
    WholeFolder.add(
        deployments().resolve(id), note, place -> Files.createSymbolicLink(place, files));
  }

  /** Makes a deployment live: a rename, which happens or does not. */
  void makeLive(String deployment) throws IOException {
    Path next = folder.resolve("next-" + deployment);
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, Path.of("deployments", deployment, "files"));
    Files.move(next, link(), ATOMIC_MOVE);
  }

  private Path versions() {
    return folder.resolve("versions");
  }

  private Path deployments() {
    return folder.resolve("deployments");
  }

  private Path link() {
    return folder.resolve("current");
  }
}
