package nl.praatmetjeboekhouding.dirk.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The journal cannot be read or written, so that no effect may be started. */
public final class JournalException extends DirkException {

  private static final long serialVersionUID = 1L;

  /** What is the matter. */
  public enum Kind {
    /** Somebody else holds, or took over, what the append was guarded by. */
    STALE_EPOCH,
    /** The stream has moved on: somebody else wrote the expected place. */
    SEQUENCE,
    /** The lease is held by somebody else. */
    LEASED,
    /**
     * What is stored does not agree with its checksum or hash chain, makes no sense, or was written
     * by a newer Dirk; the message says which.
     */
    CORRUPT,
    /** The disk or the database refuses: full, read-only, no rights, gone. */
    STORAGE,
    /** The journal was closed. */
    CLOSED
  }

  private final Kind kind;

  /** A failure without a cause below it. */
  public JournalException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** A failure with what was thrown below, if anything. */
  public JournalException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
  }

  /** What is the matter. */
  public Kind kind() {
    return kind;
  }
}
