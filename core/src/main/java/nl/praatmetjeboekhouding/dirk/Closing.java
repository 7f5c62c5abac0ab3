package nl.praatmetjeboekhouding.dirk;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes everything, whatever one of them throws. */
final class Closing {

  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  static void all(List<AutoCloseable> owned) {
    for (int index = owned.size() - 1; index >= 0; index--) {
      try {
        owned.get(index).close();
      } catch (Exception e) {
        LOG.warn("{} could not be closed", owned.get(index).getClass().getName(), e);
      }
    }
  }
}
