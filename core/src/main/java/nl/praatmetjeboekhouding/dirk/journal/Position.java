package nl.praatmetjeboekhouding.dirk.journal;

/**
 * Where a line lies.
 *
 * @param line its number, from 1
 * @param offset of its first byte
 * @param length in bytes, with its line feed
 */
record Position(long line, long offset, int length) {

  static final Position START = new Position(0, 0, 0);

  /** The place right after this one. */
  Position next(int nextLength) {
    return new Position(line + 1, end(), nextLength);
  }

  long end() {
    return offset + length;
  }
}
