package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file's content, read no further than the file was large: one that grows may have no end. */
final class ExactContent extends FilterInputStream {

  private long left;

  ExactContent(InputStream content, long size) {
    super(content);
    left = size;
  }

  @Override
  public int read() throws IOException {
    int next = left == 0 ? -1 : super.read();
    left -= next < 0 ? 0 : 1;
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (left == 0) {
      return length == 0 ? 0 : -1;
    }
    int count = super.read(bytes, offset, (int) Math.min(length, left));
    left -= Math.max(count, 0);
    return count;
  }

  /** Whether the file was still as large, now that this has been read to its end. */
  boolean wasExact() throws IOException {
    return left == 0 && super.read() < 0;
  }
}
