package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.BitSet;

/**
 * A pattern of a module rule, as wrangler takes it: {@code *} is any part of a name, {@code **}
 * between slashes is any number of folders, everything else stands for itself. All ways to match
 * are followed at once, place by place, so that no pattern takes longer than its length times that
 * of the path.
 *
 * @param text the pattern
 */
record Glob(String text) {

  /** Whether it is the pattern of a whole path. */
  boolean matches(String path) {
    BitSet places = new BitSet(path.length() + 1);
    places.set(0);
    int at = 0;
    while (at < text.length() && !places.isEmpty()) {
      int end = at;
      while (end < text.length() && text.charAt(end) == '*') {
        end++;
      }
      if (end == at) {
        places = afterSign(places, path, text.charAt(at));
        at++;
      } else if (isFolders(at, end)) {
        places = afterFolders(places, path);
        at = end + 1;
      } else {
        places = afterName(places, path);
        at = end;
      }
    }
    return places.get(path.length());
  }

  private boolean isFolders(int start, int end) {
    boolean opens = start == 0 || text.charAt(start - 1) == '/';
    boolean closes = end == text.length() || text.charAt(end) == '/';
    return end - start > 1 && opens && closes;
  }

  private static BitSet afterSign(BitSet places, String path, char sign) {
    BitSet after = new BitSet(path.length() + 1);
    for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
      if (at < path.length() && path.charAt(at) == sign) {
        after.set(at + 1);
      }
    }
    return after;
  }

  /** No folder, or as many as there are, each with the slash behind it, and what follows them. */
  private static BitSet afterFolders(BitSet places, String path) {
    BitSet after = (BitSet) places.clone();
    for (int at = places.nextSetBit(0); at < path.length(); at++) {
      if (path.charAt(at) == '/') {
        after.set(at + 1);
      }
    }
    after.set(path.length());
    return after;
  }

  private static BitSet afterName(BitSet places, String path) {
    BitSet after = new BitSet(path.length() + 1);
    boolean within = false;
    for (int at = 0; at <= path.length(); at++) {
      within |= places.get(at);
      after.set(at, within);
      within &= at < path.length() && path.charAt(at) != '/';
    }
    return after;
  }
}
