package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.spi.VendorRequest;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Response;

/**
 * Tells the audit of one attempt, once: what the vendor answered and what it calls the request, or
 * that no answer came. An attempt that never left is not told. Safe for use by several threads.
 */
final class Telling {

  private final Question question;
  private final Departure departure;
  private final List<String> idHeaders;
  private final Consumer<VendorRequest> audit;
  private final TimeSource time;
  private final long began;
  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * @param idHeaders in which headers the vendor names the request
   */
  Telling(
      Question question,
      Departure departure,
      List<String> idHeaders,
      Consumer<VendorRequest> audit,
      TimeSource time) {
    this.question = question;
    this.departure = departure;
    this.idHeaders = idHeaders;
    this.audit = audit;
    this.time = time;
    this.began = time.nanoTime();
  }

  void answered(Response response) {
    Map<String, String> ids = new HashMap<>();
    for (String name : idHeaders) {
      String value = response.header(name);
      if (value != null) {
        ids.put(name, question.redaction().text(value));
      }
    }
    tell(response.code(), ids);
  }

  /** No answer came, or nobody waits for it any more. */
  void unanswered() {
    if (departure.isGone()) {
      tell(0, Map.of());
    }
  }

  private void tell(int status, Map<String, String> ids) {
    if (told.compareAndSet(false, true)) {
      Duration took = Duration.ofNanos(time.nanoTime() - began);
      audit.accept(new VendorRequest(question.asked(), status, took, ids));
    }
  }
}
