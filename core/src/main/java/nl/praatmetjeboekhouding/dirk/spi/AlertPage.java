package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Some alerts, and where to go on.
 *
 * @param alerts in the order in which they became known
 * @param next what to ask with the next time, so that no alert that becomes known later is lost;
 *     empty: ask as before
 */
public record AlertPage(List<Alert> alerts, Optional<String> next) {

  /** Copies. */
  public AlertPage {
    alerts = List.copyOf(alerts);
    requireNonNull(next, "next");
  }

  /** These, from a source that is asked in the same way each time. */
  public static AlertPage of(List<Alert> alerts) {
    return new AlertPage(alerts, Optional.empty());
  }

  /** This one, after which a caller goes on with this cursor. */
  public AlertPage withNext(String cursor) {
    return new AlertPage(alerts, Optional.of(cursor));
  }
}
