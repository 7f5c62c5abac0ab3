package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/** What it means that no whole answer came. */
final class Breaks {

  private Breaks() {}

  /**
   * A failure below HTTP.
   *
   * @param gone whether a byte of the request may have left
   * @param delay how long was waited for it
   */
  static ProviderException of(Question question, IOException thrown, boolean gone, Delay delay) {
    // What OkHttp says about garbage repeats the garbage.
    IOException cause = thrown instanceof ProtocolException ? null : thrown;
    if (!gone) {
      return question.failed(
          FailureKind.NOT_SENT,
          "could not be sent ("
              + Causes.telling(thrown).getClass().getSimpleName()
              + "); check the API's address and the network",
          cause);
    }
    return thrown instanceof InterruptedIOException
        ? late(question, delay)
        : question.failed(
            FailureKind.BROKEN_OFF,
            "the connection broke before the answer was complete; see the vendor's status page",
            cause);
  }

  /** It was sent, and no whole answer came for so long. */
  static ProviderException late(Question question, Delay delay) {
    return question.failed(
        FailureKind.TIMEOUT, delay.told() + "; see the vendor's status page", null);
  }

  /** It waited so long for a name, a connection or its turn, and was not sent. */
  static ProviderException unsentFor(Question question, Duration allowed) {
    return question.failed(
        FailureKind.NOT_SENT,
        "could not be sent within "
            + allowed.toMillis()
            + " ms; check the API's address and the network",
        null);
  }

  /** It would have had to wait too long for its turn in the budget, and was not sent. */
  static ProviderException outOfTurn(Question question, RequestBudget.Limit taken, Duration wait) {
    String what =
        "not sent, for no more than "
            + taken.requests()
            + " requests of one token are taken in "
            + taken.within().toSeconds()
            + " s, and others are before it; its turn comes in "
            + wait.toMillis()
            + " ms";
    return question
        .failed(ProviderException.with(FailureKind.THROTTLED, what).retryAfter(wait).build())
        .build();
  }
}
