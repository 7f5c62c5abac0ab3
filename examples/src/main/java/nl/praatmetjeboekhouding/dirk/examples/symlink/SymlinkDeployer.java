package nl.praatmetjeboekhouding.dirk.examples.symlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Deployment;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.model.Release;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.model.Version;
import nl.praatmetjeboekhouding.dirk.spi.ActivateRequest;
import nl.praatmetjeboekhouding.dirk.spi.Activation;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeploymentPage;
import nl.praatmetjeboekhouding.dirk.spi.FindRequest;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.Prepared;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import nl.praatmetjeboekhouding.dirk.spi.UploadRequest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Puts releases into folders of this machine and switches a symlink from one to the next. Ids are
 * made from step keys, so that what a key did is found under the id that it must have got.
 */
final class SymlinkDeployer implements Deployer {

  private static final int PAGE = 20;

  private final Path root;
  private final Content content;
  private final TimeSource time;

  /**
   * A deployer below a folder, which must be there when it is used: an empty folder in place of a
   * disk that is not mounted would look like a target that never served anything.
   */
  SymlinkDeployer(Path root, Content content, TimeSource time) {
    this.root = root;
    this.content = content;
    this.time = time;
  }

  // snippet: prepare
  @Override
  public String resource(Target target) {
    return "symlink:" + place(target);
  }

  @Override
  public Prepared prepare(PrepareRequest request, CallContext call) {
    Target target = request.target();
    List<ContentFile> files = reading("list " + content.folder(), content::files);
    if (files.isEmpty()) {
      throw ProviderException.of(
          FailureKind.INVALID, content.folder() + " is empty: build the project, then try again");
    }
    return Prepared.of(target, resource(target), Activation.SWITCH, files)
        .withChanges(List.of("Puts " + files.size() + " files below " + place(target)));
  }

  // end

  // snippet: upload
  @Override
  public synchronized Version upload(UploadRequest request, CallContext call) {
    Target target = request.prepared().target();
    Release release = request.artifact().release();
    String id = id(request.key());
    Map<String, String> texts =
        Map.of(
            "key", request.key().text(),
            "label", release.label(),
            "digest", release.digest().hex(),
            "created", time.instant().toString());
    try {
      folder(target).addVersion(id, new Note(texts), request.artifact().files());
    } catch (IOException e) {
      throw failed(FailureKind.NOT_SENT, "add version " + id + " of " + target, e);
    }
    return version(target, id, call).orElseThrow();
  }

  @Override
  public Sighting<Version> findUpload(FindRequest request, CallContext call) {
    return version(request.target(), id(request.key()), call)
        .<Sighting<Version>>map(Sighting.Done::new)
        .orElseGet(Sighting.Absent::new);
  }

  // end

  // snippet: activate
  @Override
  public synchronized Deployment activate(ActivateRequest request, CallContext call) {
    TargetFolder folder = folder(request.target());
    String version = onlyVersion(request, call);
    String id = id(request.key());
    Map<String, String> texts = new HashMap<>();
    texts.put("key", request.key().text());
    texts.put("version", version);
    texts.put("created", time.instant().toString());
    try {
      Optional<String> current = folder.current();
      if (folder.history(current, Integer.MAX_VALUE).contains(id)) {
        return deployment(request.target(), id);
      }
      current.ifPresent(before -> texts.put("before", before));
      folder.addDeployment(id, new Note(texts), version);
    } catch (IOException e) {
      throw failed(FailureKind.NOT_SENT, "add deployment " + id + " of " + request.target(), e);
    }
    try {
      folder.makeLive(id);
    } catch (IOException e) {
      throw failed(FailureKind.BROKEN_OFF, "make deployment " + id + " live", e);
    }
    return deployment(request.target(), id);
  }

  // end

  // snippet: find-activation
  @Override
  public Sighting<Deployment> findActivation(FindRequest request, CallContext call) {
    TargetFolder folder = folder(request.target());
    String id = id(request.key());
    return reading(
        "look for deployment " + id + " of " + request.target(),
        () -> {
          Optional<Deployment> added = folder.deployment(id);
          Optional<String> current = folder.current();
          if (added.isEmpty()) {
            return new Sighting.Absent<>();
          }
          if (current.equals(Optional.of(id))) {
            return new Sighting.Done<>(added.get());
          }
          if (folder.history(current, Integer.MAX_VALUE).contains(id)) {
            return new Sighting.Superseded<>(added.get());
          }
          return folder.before(id).equals(current)
              ? new Sighting.Absent<>()
              : new Sighting.CannotTell<>("it was added, and then somebody else switched");
        });
  }

  // end

  @Override
  public Optional<Deployment> active(Target target, CallContext call) {
    return reading("read what is live in " + target, () -> folder(target).current())
        .map(id -> deployment(target, id));
  }

  @Override
  public Optional<Version> version(Target target, String id, CallContext call) {
    return reading("read version " + id + " of " + target, () -> folder(target).version(id));
  }

  @Override
  public DeploymentPage deployments(Target target, Optional<String> cursor, CallContext call) {
    TargetFolder folder = folder(target);
    List<String> ids =
        reading(
            "list the deployments of " + target,
            () -> folder.history(cursor.isPresent() ? cursor : folder.current(), PAGE + 1));
    return new DeploymentPage(
        ids.stream().limit(PAGE).map(id -> deployment(target, id)).toList(),
        ids.stream().skip(PAGE).findFirst());
  }

  // snippet: guarantees
  @Override
  public Guarantees guarantees() {
    return Guarantees.of(Guarantees.Kind.READ_BACK_KEY, Guarantees.Kind.READ_BACK_KEY);
  }

  // end

  private Path place(Target target) {
    return root.resolve(target.service()).resolve(target.environment().name());
  }

  private TargetFolder folder(Target target) {
    if (!Files.isDirectory(root)) {
      throw ProviderException.of(
          FailureKind.NOT_SENT, "There is no folder " + root + ": create it, or mount its disk");
    }
    return new TargetFolder(place(target), target);
  }

  private static String id(StepKey key) {
    return Digest.of(key.text()).abbreviated();
  }

  private String onlyVersion(ActivateRequest request, CallContext call) {
    return request
        .split()
        .sole()
        .filter(id -> version(request.target(), id, call).isPresent())
        .orElseThrow(
            () ->
                ProviderException.of(
                    FailureKind.INVALID,
                    request.target()
                        + " can serve one version that is there, and not "
                        + request.split()));
  }

  private Deployment deployment(Target target, String id) {
    return reading("read deployment " + id + " of " + target, () -> folder(target).deployment(id))
        .orElseThrow(
            () -> ProviderException.of(FailureKind.UNREADABLE, "deployment " + id + " is gone"));
  }

  // snippet: failures
  private interface Look<T> {
    T look() throws IOException;
  }

  private static <T> T reading(String what, Look<T> look) {
    try {
      return look.look();
    } catch (IOException e) {
      throw failed(FailureKind.UNREADABLE, what, e);
    }
  }

  private static ProviderException failed(FailureKind kind, String what, IOException cause) {
    return ProviderException.with(kind, "Could not " + what + ": " + cause).cause(cause).build();
  }
  // end
}
