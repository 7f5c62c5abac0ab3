package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.PagesFile;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * A folder that goes to Pages, and what is said about it.
 *
 * @param project the Pages project's name
 * @param folder the folder that the project's build made
 * @param branch makes it a production deployment if it is the project's production branch, else a
 *     preview; absent, it is production
 * @param commitHash the commit it was built from
 * @param commitMessage what that commit says
 * @param commitDirty whether there were changes that are in no commit
 * @param file the project's wrangler file, or the project's folder that it is looked for in; empty
 *     if there is none
 * @param fileHash of that file's bytes when it said the project and the folder, so that it must
 *     still be so when they are deployed; empty if the caller says these
 * @param code the folder that the project's code was built into, as {@link Bundler} does; empty if
 *     there is none
 * @param whole whether files go again that Cloudflare has already
 */
public record PagesUpload(
    String project,
    Path folder,
    Optional<String> branch,
    Optional<String> commitHash,
    Optional<String> commitMessage,
    Optional<Boolean> commitDirty,
    Optional<Path> file,
    Optional<String> fileHash,
    Optional<Path> code,
    boolean whole) {

  /** Checks that nothing is null. */
  public PagesUpload {
    requireNonNull(project, "project");
    requireNonNull(folder, "folder");
    requireNonNull(branch, "branch");
    requireNonNull(commitHash, "commitHash");
    requireNonNull(commitMessage, "commitMessage");
    requireNonNull(commitDirty, "commitDirty");
    requireNonNull(file, "file");
    requireNonNull(fileHash, "fileHash");
    requireNonNull(code, "code");
  }

  /** A folder, and nothing is said about it. */
  public static PagesUpload of(String project, Path folder) {
    return new Draft(project, folder).upload();
  }

  /**
   * What the wrangler file of a folder says: the project, and the folder that its build makes.
   *
   * @throws ConfigurationException if there is none that speaks of a Pages project, or it is wrong
   */
  public static PagesUpload in(Path projectFolder) {
    PagesFile file = PagesFile.of(projectFolder);
    return of(file.project(), file.folder().resolve(file.output()))
        .file(file.folder())
        .with(draft -> draft.fileHash = Optional.of(file.hash()));
  }

  /**
   * This one, by a wrangler file of a Pages project: Cloudflare is told its hash. It is read when
   * the folder is deployed.
   *
   * @param wranglerFile the file, or the project's folder, where a build tool may have named one
   */
  public PagesUpload file(Path wranglerFile) {
    return with(
        draft -> {
          draft.file = Optional.of(wranglerFile);
          draft.fileHash = Optional.empty();
        });
  }

  /**
   * This one, with code that was built: {@code _worker.bundle}, and for functions {@code
   * functions-filepath-routing-config.json} and {@code _routes.json}.
   */
  public PagesUpload code(Path built) {
    return with(draft -> draft.code = Optional.of(built));
  }

  /** This one, of a branch. */
  public PagesUpload branch(String name) {
    return with(draft -> draft.branch = Optional.of(name));
  }

  /** This one, built from a commit. */
  public PagesUpload commitHash(String hash) {
    return with(draft -> draft.commitHash = Optional.of(hash));
  }

  /** This one, with what its commit says. */
  public PagesUpload commitMessage(String message) {
    return with(draft -> draft.commitMessage = Optional.of(message));
  }

  /** This one, built with or without changes that are in no commit. */
  public PagesUpload commitDirty(boolean dirty) {
    return with(draft -> draft.commitDirty = Optional.of(dirty));
  }

  /** This one, whose files all go, also those that Cloudflare has already. */
  public PagesUpload sendingAll() {
    return with(draft -> draft.whole = true);
  }

  private PagesUpload with(Consumer<Draft> change) {
    Draft draft = new Draft(project, folder);
    draft.branch = branch;
    draft.commitHash = commitHash;
    draft.commitMessage = commitMessage;
    draft.commitDirty = commitDirty;
    draft.file = file;
    draft.fileHash = fileHash;
    draft.code = code;
    draft.whole = whole;
    change.accept(draft);
    return draft.upload();
  }

  /** One that is being written, of which nothing is said yet. */
  private static final class Draft {

    private final String project;
    private final Path folder;
    private Optional<String> branch = Optional.empty();
    private Optional<String> commitHash = Optional.empty();
    private Optional<String> commitMessage = Optional.empty();
    private Optional<Boolean> commitDirty = Optional.empty();
    private Optional<Path> file = Optional.empty();
    private Optional<String> fileHash = Optional.empty();
    private Optional<Path> code = Optional.empty();
    private boolean whole;

    private Draft(String project, Path folder) {
      this.project = project;
      this.folder = folder;
    }

    private PagesUpload upload() {
      return new PagesUpload(
          project,
          folder,
          branch,
          commitHash,
          commitMessage,
          commitDirty,
          file,
          fileHash,
          code,
          whole);
    }
  }
}
