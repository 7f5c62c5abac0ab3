package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Looks into what was thrown. */
final class Causes {

  private Causes() {}

  /**
   * What tells most of several failures: a name with several addresses fails with that of the
   * first, and a certificate that is refused at one says more than a port that is closed at
   * another.
   */
  static IOException telling(IOException thrown) {
    return Stream.concat(Stream.of(thrown), Stream.of(thrown.getSuppressed()))
        .filter(IOException.class::isInstance)
        .map(IOException.class::cast)
        .min(Comparator.comparingInt(Causes::rank))
        .orElse(thrown);
  }

  /** The first of a type in the chain of causes. */
  static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
    return Stream.iterate(thrown, link -> link != null, Throwable::getCause)
        .filter(type::isInstance)
        .findFirst()
        .map(type::cast);
  }

  private static int rank(IOException thrown) {
    if (thrown instanceof SSLException) {
      return 0;
    }
    return thrown instanceof ConnectException ? 2 : 1;
  }
}
