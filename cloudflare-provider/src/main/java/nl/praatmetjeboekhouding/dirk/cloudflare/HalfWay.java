package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/**
 * What a deploy of several requests has done so far, for whoever hears that the next one failed.
 */
final class HalfWay {

  private final List<String> done = new ArrayList<>();

  /** Notes what was done, such as {@code the Worker shop is live}. */
  void did(String what) {
    done.add(what);
  }

  /** The same thing went further: notes that instead of what was noted last. */
  void wentOn(String what) {
    done.set(done.size() - 1, what);
  }

  /** The failure, with what was done before it if there is anything. */
  ProviderException told(ProviderException failure) {
    return done.isEmpty()
        ? failure
        : saying(
            failure.getMessage() + "; nothing is taken back: " + String.join(", ", done), failure);
  }

  /** The same failure in other words. */
  static ProviderException saying(String message, ProviderException failure) {
    ProviderException.Builder said =
        ProviderException.with(failure.kind(), message)
            .vendorCodes(failure.vendorCodes())
            .cause(failure);
    failure.retryAfter().ifPresent(said::retryAfter);
    failure.requestId().ifPresent(said::requestId);
    return said.build();
  }
}
