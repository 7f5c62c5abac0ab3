package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Whether a request has left or is called off: one of the two, and for good. Where its time is over
 * when it could leave, it is called off. Goes with the request as a tag. Safe for use by several
 * threads.
 */
final class Departure {

  private enum State {
    WAITING,
    GONE,
    CALLED_OFF
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private final BooleanSupplier late;

  /**
   * One that has not left.
   *
   * @param late whether the time is over in which it may leave
   */
  Departure(BooleanSupplier late) {
    this.late = late;
  }

  /** Lets requests leave on the network side, where the connection is there and nothing is sent. */
  static Response watch(Interceptor.Chain chain) throws IOException {
    Departure departure = chain.request().tag(Departure.class);
    if (departure != null && !departure.leaves()) {
      throw new IOException("called off before it was sent");
    }
    return chain.proceed(chain.request());
  }

  /** Keeps the request from leaving; false if it has left already. */
  boolean callOff() {
    return state.compareAndSet(State.WAITING, State.CALLED_OFF) || state.get() == State.CALLED_OFF;
  }

  /** False only if certainly nothing of the request was sent. */
  boolean isGone() {
    return state.get() == State.GONE;
  }

  /** Whether it never left and never will. */
  boolean isCalledOff() {
    return state.get() == State.CALLED_OFF;
  }

  private boolean leaves() {
    if (late.getAsBoolean()) {
      callOff();
      return false;
    }
    return state.compareAndSet(State.WAITING, State.GONE) || state.get() == State.GONE;
  }
}
