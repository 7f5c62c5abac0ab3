package nl.praatmetjeboekhouding.dirk.error;

/** Why a call to a provider failed, in the terms that decide what happens next. */
public enum FailureKind {
  /** Nothing was sent: no name, no route, connection refused, TLS refused. */
  NOT_SENT(true),
  /** The vendor does not know who asks: token missing, wrong or expired. */
  UNAUTHENTICATED(true),
  /** The vendor knows who asks and says no: a permission is missing. */
  FORBIDDEN(true),
  /** What was asked for does not exist. */
  NOT_FOUND(true),
  /** The vendor read the request and refuses it as it is. */
  INVALID(true),
  /** Somebody else changed it, or changes it now. */
  CONFLICT(true),
  /** Too many requests; see {@link ProviderException#retryAfter()}. */
  THROTTLED(true),
  /** The vendor can never do this, for instance a way back across a migration. */
  INELIGIBLE(true),
  /** The vendor broke down while working (5xx): whether it took effect is unknown. */
  UNAVAILABLE(false),
  /** No answer in time: whether it took effect is unknown. */
  TIMEOUT(false),
  /** The connection broke after the first byte: whether it took effect is unknown. */
  BROKEN_OFF(false),
  /** An answer came that cannot be read: whether it took effect is unknown. */
  UNREADABLE(false),
  /** The caller stopped the call: whether it took effect is unknown. */
  STOPPED(false);

  private final boolean changedNothing;

  FailureKind(boolean changedNothing) {
    this.changedNothing = changedNothing;
  }

  /**
   * Whether a write that failed like this certainly had no effect. If not, it has to be looked for.
   */
  public boolean changedNothing() {
    return changedNothing;
  }
}
