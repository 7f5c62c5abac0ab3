package nl.praatmetjeboekhouding.dirk.error;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The vendor refuses, is down or cannot be reached. The only exception that a provider's methods
 * may throw.
 */
public final class ProviderException extends DirkException {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final transient List<String> vendorCodes;
  private final @Nullable Duration retryAfter;
  private final @Nullable String requestId;

  private ProviderException(Builder builder) {
    super(builder.message, builder.cause);
    kind = builder.kind;
    vendorCodes = builder.vendorCodes;
    retryAfter = builder.retryAfter;
    requestId = builder.requestId;
  }

  /** A failure that has nothing more to tell than its kind and a sentence. */
  public static ProviderException of(FailureKind kind, String message) {
    return with(kind, message).build();
  }

  /**
   * Starts a failure.
   *
   * @param message who, what was asked, what came back, what to do; no secret
   */
  public static Builder with(FailureKind kind, String message) {
    return new Builder(kind, message);
  }

  /** What this means for what happens next. */
  public FailureKind kind() {
    return kind;
  }

  /** The vendor's own error codes, first the most telling; empty if it gave none. */
  public List<String> vendorCodes() {
    return vendorCodes;
  }

  /** How long the vendor asks to wait, or empty if it does not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** The vendor's id of the request, for its support, or empty if it gave none. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** Collects what is known about a failure. Not thread-safe. */
  public static final class Builder {

    private final FailureKind kind;
    private final String message;
    private List<String> vendorCodes = List.of();
    private @Nullable Duration retryAfter;
    private @Nullable String requestId;
    private @Nullable Throwable cause;

    private Builder(FailureKind kind, String message) {
      this.kind = requireNonNull(kind, "kind");
      this.message = requireNonNull(message, "message");
    }

    /** The vendor's own error codes. */
    public Builder vendorCodes(List<String> codes) {
      vendorCodes = List.copyOf(codes);
      return this;
    }

    /** How long the vendor asks to wait. */
    public Builder retryAfter(Duration wait) {
      retryAfter = requireNonNull(wait, "wait");
      return this;
    }

    /** The vendor's id of the request. */
    public Builder requestId(String id) {
      requestId = requireNonNull(id, "id");
      return this;
    }

    /** What was thrown below. Its message must not hold a secret. */
    public Builder cause(Throwable thrown) {
      cause = requireNonNull(thrown, "thrown");
      return this;
    }

    /** The failure, ready to be thrown. */
    public ProviderException build() {
      return new ProviderException(this);
    }
  }
}
