package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One file of an artifact: its name, what it must contain, and where to read it. Immutable; safe
 * for use by several threads.
 */
public final class ContentFile {

  /** Opens the content anew each time. */
  @FunctionalInterface
  public interface Content {
    /** A fresh stream, which the caller closes. */
    InputStream open() throws IOException;
  }

  private final String name;
  private final Digest digest;
  private final long size;
  private final Content content;

  private ContentFile(String name, Digest digest, long size, Content content) {
    this.name = requireNonNull(name, "name");
    this.digest = requireNonNull(digest, "digest");
    this.size = size;
    this.content = requireNonNull(content, "content");
    if (name.isBlank() || name.startsWith("/") || name.indexOf('\\') >= 0 || climbs(name)) {
      throw new IllegalArgumentException("name must be relative, with forward slashes: " + name);
    }
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative: " + size);
    }
  }

  /**
   * A file that is kept somewhere.
   *
   * @param name relative, with forward slashes, without {@code ..}
   * @param size in bytes
   */
  public static ContentFile of(String name, Digest digest, long size, Content content) {
    return new ContentFile(name, digest, size, content);
  }

  /** A file on disk as it is now; its digest is taken at once. */
  public static ContentFile of(String name, Path file) throws IOException {
    return new ContentFile(
        name, Digest.of(file), Files.size(file), () -> Files.newInputStream(file));
  }

  /** A file in memory. */
  public static ContentFile of(String name, byte[] bytes) {
    byte[] copy = bytes.clone();
    return new ContentFile(
        name, Digest.of(copy), copy.length, () -> new java.io.ByteArrayInputStream(copy));
  }

  /** Relative, with forward slashes. */
  public String name() {
    return name;
  }

  /** What the content must be. */
  public Digest digest() {
    return digest;
  }

  /** In bytes. */
  public long size() {
    return size;
  }

  /** A fresh stream over the content; the caller closes it. */
  public InputStream open() throws IOException {
    return content.open();
  }

  /** Two files are equal if name and digest are; where they lie does not matter. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ContentFile that
        && name.equals(that.name)
        && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + digest.hashCode();
  }

  @Override
  public String toString() {
    return name + " (" + size + " bytes, " + digest.abbreviated() + ")";
  }

  private static boolean climbs(String name) {
    return java.util.Arrays.asList(name.split("/", -1)).stream()
        .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
  }
}
