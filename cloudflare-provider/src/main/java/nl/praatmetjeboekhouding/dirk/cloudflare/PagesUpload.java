package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;
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
 * @param file the project's wrangler file, or empty if it has none
 * @param code the folder that the project's code was built into, as {@link Bundler} does; empty if
 *     there is none
 */
public record PagesUpload(
    String project,
    Path folder,
    Optional<String> branch,
    Optional<String> commitHash,
    Optional<String> commitMessage,
    Optional<Boolean> commitDirty,
    Optional<Path> file,
    Optional<Path> code) {

  /** Checks that nothing is null. */
  public PagesUpload {
    requireNonNull(project, "project");
    requireNonNull(folder, "folder");
    requireNonNull(branch, "branch");
    requireNonNull(commitHash, "commitHash");
    requireNonNull(commitMessage, "commitMessage");
    requireNonNull(commitDirty, "commitDirty");
    requireNonNull(file, "file");
    requireNonNull(code, "code");
  }

  /** A folder, and nothing is said about it. */
  public static PagesUpload of(String project, Path folder) {
    return new PagesUpload(
        project,
        folder,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * What the wrangler file of a folder says: the project, and the folder that its build makes.
   *
   * @throws ConfigurationException if there is none that speaks of a Pages project, or it is wrong
   */
  public static PagesUpload in(Path projectFolder) {
    PagesFile file =
        PagesFile.in(projectFolder)
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        projectFolder.toString(),
                        "holds no wrangler file with \"pages_build_output_dir\"; write one, or say"
                            + " which project and folder it is"));
    return of(file.project(), file.folder().resolve(file.output())).file(file.path());
  }

  /**
   * This one, by a wrangler file of a Pages project: Cloudflare is told its hash. It is read when
   * the folder is deployed.
   */
  public PagesUpload file(Path wranglerFile) {
    return new PagesUpload(
        project,
        folder,
        branch,
        commitHash,
        commitMessage,
        commitDirty,
        Optional.of(wranglerFile),
        code);
  }

  /**
   * This one, with code that was built: {@code _worker.bundle}, and for functions {@code
   * functions-filepath-routing-config.json} and {@code _routes.json}.
   */
  public PagesUpload code(Path built) {
    return new PagesUpload(
        project, folder, branch, commitHash, commitMessage, commitDirty, file, Optional.of(built));
  }

  /** This one, of a branch. */
  public PagesUpload branch(String name) {
    return new PagesUpload(
        project, folder, Optional.of(name), commitHash, commitMessage, commitDirty, file, code);
  }

  /** This one, built from a commit. */
  public PagesUpload commitHash(String hash) {
    return new PagesUpload(
        project, folder, branch, Optional.of(hash), commitMessage, commitDirty, file, code);
  }

  /** This one, with what its commit says. */
  public PagesUpload commitMessage(String message) {
    return new PagesUpload(
        project, folder, branch, commitHash, Optional.of(message), commitDirty, file, code);
  }

  /** This one, built with or without changes that are in no commit. */
  public PagesUpload commitDirty(boolean dirty) {
    return new PagesUpload(
        project, folder, branch, commitHash, commitMessage, Optional.of(dirty), file, code);
  }
}
