package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import org.jspecify.annotations.Nullable;

/** The words for a disk that refuses. */
final class Storage {

  private Storage() {}

  /**
   * A disk that refused.
   *
   * @param asked what was to be done, such as {@code written}
   */
  static JournalException refused(Path path, String asked, IOException cause) {
    String message =
        "The journal could not be %s at %s: %s. Check that there is free space and that the folder"
            + " is writable by this user, then try again.";
    return new JournalException(
        Kind.STORAGE, message.formatted(asked, path, reason(cause)), cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    @Nullable String reason =
        cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }
}
