package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.time.Instant;
import java.util.Map;

/**
 * A deployment of a Pages project.
 *
 * @param said what the form said, such as {@code commit_message}
 * @param visibleFrom when reads show it, in nanoseconds of the time source
 * @param doneFrom when its stages are through, likewise
 */
record PagesUpload(
    String id,
    Instant created,
    String branch,
    boolean isProduction,
    Map<String, String> said,
    long visibleFrom,
    long doneFrom) {

  boolean isDone(long now) {
    return doneFrom - now <= 0;
  }
}
