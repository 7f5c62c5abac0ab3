package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps passwords, which JDBC URLs may hold, out of what is told. */
final class Secrets {

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)((?:pass(?:word|wd|phrase)?|pwd|secret|token)\\s*[=:]\\s*)[^&;,\\s\"']+");
  private static final Pattern USER_INFO = Pattern.compile("[^/\\s@\"']*:[^/\\s@\"']*@");

  private Secrets() {}

  /** The text with three stars in place of what may be a password. */
  static String masked(String text) {
    return USER_INFO.matcher(PARAMETER.matcher(text).replaceAll("$1***")).replaceAll("***@");
  }

  /**
   * What was thrown, for whoever prints its stack, unless a message in it had to be masked: then
   * null.
   */
  static @Nullable Throwable clean(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return isClean(thrown, seen) ? thrown : null;
  }

  private static boolean isClean(@Nullable Throwable thrown, Set<Throwable> seen) {
    if (thrown == null || !seen.add(thrown)) {
      return true;
    }
    String message = String.valueOf(thrown.getMessage());
    if (!masked(message).equals(message) || !isClean(thrown.getCause(), seen)) {
      return false;
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (!isClean(suppressed, seen)) {
        return false;
      }
    }
    return true;
  }
}
