package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern of paths by the rules of {@code .gitignore}, which are others than those of module
 * rules in a wrangler file. All ways to match are followed at once, place by place, so that no
 * pattern takes longer than its length times that of the path.
 */
final class IgnoreGlob {

  /** A piece of a pattern. */
  @FunctionalInterface
  private interface Piece {

    /** Where in the path it can end if it begins at one of these places. */
    BitSet after(BitSet places, String path);
  }

  /** Whether a character may stand there. */
  @FunctionalInterface
  private interface One {
    boolean takes(char sign);
  }

  private static final One NO_SLASH = sign -> sign != '/';
  private static final Piece STAR = IgnoreGlob::untilSlash;
  private static final Piece FOLDERS = IgnoreGlob::anyFolders;

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private final boolean atRoot;
  private final boolean open;

  /**
   * @param text with {@code *}, {@code **}, {@code ?} and sets in brackets
   */
  IgnoreGlob(String text) {
    this.text = text;
    boolean anywhere = text.startsWith("**/") || text.startsWith("/**/");
    int slash = text.indexOf('/');
    atRoot = !anywhere && slash >= 0 && (slash == 0 || slash < text.length() - 1);
    open = text.endsWith("/**");
    int at = anywhere ? text.indexOf("**/") + 3 : slash == 0 ? 1 : 0;
    while (at < text.length()) {
      at = add(at);
    }
  }

  boolean matches(String path) {
    BitSet places = new BitSet(path.length() + 1);
    places.set(0);
    for (int at = 0; !atRoot && at < path.length(); at++) {
      if (path.charAt(at) == '/') {
        places.set(at + 1);
      }
    }
    for (Piece piece : pieces) {
      places = piece.after(places, path);
      if (places.isEmpty()) {
        return false;
      }
    }
    int length = path.length();
    if (open) {
      return places.nextSetBit(0) < length;
    }
    boolean folder = !text.endsWith("/") && path.endsWith("/");
    return places.get(length) || (folder && places.get(length - 1));
  }

  /** Adds what stands at a place of the text, and says where the next piece begins. */
  private int add(int at) {
    int next = at + 1;
    switch (text.charAt(at)) {
      case '/' -> {
        boolean any = text.startsWith("/**", at);
        if (any && at + 4 < text.length() && text.charAt(at + 3) == '/') {
          pieces.add(FOLDERS);
          return at + 3;
        }
        pieces.add(one(sign -> sign == '/'));
        return any && at + 3 == text.length() ? at + 3 : next;
      }
      case '*' -> {
        while (next < text.length() && text.charAt(next) == '*') {
          next++;
        }
        if (next == text.length() && at > 0 && text.charAt(at - 1) == '/') {
          pieces.add(one(NO_SLASH));
        }
        pieces.add(STAR);
        return next;
      }
      case '?' -> pieces.add(one(NO_SLASH));
      case '[' -> {
        return addSet(at);
      }
      case '\\' -> {
        if (next < text.length()) {
          addSign(text.charAt(next));
        }
        return next + 1;
      }
      default -> addSign(text.charAt(at));
    }
    return next;
  }

  private void addSign(char wanted) {
    pieces.add(one(sign -> folded(sign) == folded(wanted)));
  }

  /** Adds a set of characters; one that does not end, and an empty one, take nothing. */
  private int addSet(int at) {
    int end = text.indexOf(']', at + 1);
    String members = end < 0 ? "" : text.substring(at + 1, end);
    pieces.add(one(sign -> members.indexOf('/') < 0 && isMember(members, sign)));
    return end < 0 ? text.length() : end + 1;
  }

  private static boolean isMember(String members, char sign) {
    char low = Character.toLowerCase(sign);
    char high = Character.toUpperCase(sign);
    int at = 0;
    while (at < members.length()) {
      char from = members.charAt(at);
      boolean range = at + 2 < members.length() && members.charAt(at + 1) == '-';
      char to = range ? members.charAt(at + 2) : from;
      if ((from <= low && low <= to) || (from <= high && high <= to)) {
        return true;
      }
      at += range ? 3 : 1;
    }
    return false;
  }

  private static char folded(char sign) {
    return Character.toLowerCase(Character.toUpperCase(sign));
  }

  private static Piece one(One kind) {
    return (places, path) -> {
      BitSet after = new BitSet(path.length() + 1);
      for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
        if (at < path.length() && kind.takes(path.charAt(at))) {
          after.set(at + 1);
        }
      }
      return after;
    };
  }

  private static BitSet untilSlash(BitSet places, String path) {
    BitSet after = new BitSet(path.length() + 1);
    boolean within = false;
    for (int at = 0; at <= path.length(); at++) {
      within |= places.get(at);
      after.set(at, within);
      within &= at < path.length() && path.charAt(at) != '/';
    }
    return after;
  }

  /** None or several folders, each with the slash before it. */
  private static BitSet anyFolders(BitSet places, String path) {
    BitSet after = new BitSet(path.length() + 1);
    after.or(places);
    for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
      if (at + 1 < path.length() && path.charAt(at) == '/') {
        after.set(at + 2, path.length() + 1);
        break;
      }
    }
    return after;
  }
}
