package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Content on its way: small content in memory, more in a temporary file of its owner only. So no
 * transaction waits for whoever reads or writes the content, and it can be sent once more. Read and
 * written without channels, because an interrupt closes those.
 */
final class Spool implements AutoCloseable {

  private static final int IN_MEMORY = 1 << 20;

  private final MessageDigest sha256 = sha256();
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable Path file;
  private @Nullable OutputStream out;
  private long size;

  /** All that the stream holds, which is not closed. */
  static Spool of(InputStream content) throws IOException {
    Spool spool = new Spool();
    try {
      byte[] buffer = new byte[64 * 1024];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        spool.add(buffer, read);
      }
      spool.end();
      return spool;
    } catch (IOException | RuntimeException | Error e) {
      spool.close();
      throw e;
    }
  }

  /** Adds content at the end. */
  void add(byte[] bytes, int length) throws IOException {
    sha256.update(bytes, 0, length);
    size += length;
    if (out == null && size > IN_MEMORY) {
      file = Files.createTempFile("dirk-", ".content");
      out = new FileOutputStream(file.toFile());
      memory.writeTo(out);
      memory.reset();
    }
    (out == null ? memory : out).write(bytes, 0, length);
  }

  /** Nothing is added any more. */
  void end() throws IOException {
    if (out != null) {
      out.close();
    }
  }

  long size() {
    return size;
  }

  /** Of what was added; asked for once, at the end. */
  Digest digest() {
    return new Digest(HexFormat.of().formatHex(clone(sha256).digest()));
  }

  InputStream open() throws IOException {
    return file == null
        ? new ByteArrayInputStream(memory.toByteArray())
        : new FileInputStream(file.toFile());
  }

  /** Opens it; when that stream is closed, so is this. */
  InputStream openOnce() throws IOException {
    return new FilterInputStream(open()) {
      @Override
      public void close() throws IOException {
        try (Spool spool = Spool.this) {
          super.close();
        }
      }
    };
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }

  private static MessageDigest clone(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every Java platform's SHA-256 can be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
