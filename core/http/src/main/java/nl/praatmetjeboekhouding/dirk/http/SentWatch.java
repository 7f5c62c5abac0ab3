package nl.praatmetjeboekhouding.dirk.http;

import okhttp3.Call;
import okhttp3.EventListener;

/** Sees whether a byte of a request may have left. */
final class SentWatch extends EventListener {

  private volatile boolean sent;

  @Override
  public void requestHeadersStart(Call call) {
    sent = true;
  }

  /** False only if certainly nothing of the request was sent. */
  boolean maybeSent() {
    return sent;
  }
}
