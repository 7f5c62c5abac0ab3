package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.regex.Pattern;

/**
 * A pattern of a module rule, as wrangler takes it: {@code *} is any part of a name, {@code **}
 * between slashes is any number of folders, everything else stands for itself.
 */
final class Glob {

  private static final String FOLDERS = "(?:[^/]*(?:/|$))*";
  private static final String NAME = "[^/]*";

  private Glob() {}

  static Pattern pattern(String glob) {
    StringBuilder pattern = new StringBuilder();
    int at = 0;
    while (at < glob.length()) {
      int end = at;
      while (end < glob.length() && glob.charAt(end) == '*') {
        end++;
      }
      if (end == at) {
        pattern.append(Pattern.quote(glob.substring(at, at + 1)));
        at++;
      } else if (isFolders(glob, at, end)) {
        pattern.append(FOLDERS);
        at = end + 1;
      } else {
        pattern.append(NAME);
        at = end;
      }
    }
    return Pattern.compile(pattern.toString());
  }

  private static boolean isFolders(String glob, int start, int end) {
    boolean opens = start == 0 || glob.charAt(start - 1) == '/';
    boolean closes = end == glob.length() || glob.charAt(end) == '/';
    return end - start > 1 && opens && closes;
  }
}
