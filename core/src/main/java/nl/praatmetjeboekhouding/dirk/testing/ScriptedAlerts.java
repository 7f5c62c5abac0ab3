package nl.praatmetjeboekhouding.dirk.testing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.Alert;
import nl.praatmetjeboekhouding.dirk.spi.AlertFilter;
import nl.praatmetjeboekhouding.dirk.spi.AlertPage;
import nl.praatmetjeboekhouding.dirk.spi.AlertSource;
import nl.praatmetjeboekhouding.dirk.spi.AlertSourceProvider;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/** A tracker that says what a test has told it. Safe for use by several threads. */
public final class ScriptedAlerts implements AlertSource {

  private final List<Alert> alerts = new ArrayList<>();
  private final List<AlertFilter> asked = new ArrayList<>();
  private final Deque<FailureKind> failures = new ArrayDeque<>();

  private ScriptedAlerts() {}

  /** A tracker that knows of nothing. */
  public static ScriptedAlerts none() {
    return new ScriptedAlerts();
  }

  /** A provider that gives this tracker to every service which names the id. */
  public AlertSourceProvider provider(String id) {
    return new GivenAlerts(requireNonNull(id, "id"), this);
  }

  /** From now on it knows of this alert too. */
  public synchronized ScriptedAlerts raise(Alert alert) {
    alerts.add(requireNonNull(alert, "alert"));
    return this;
  }

  /** Makes the next question fail. */
  public synchronized ScriptedAlerts failNext(FailureKind kind) {
    failures.add(requireNonNull(kind, "kind"));
    return this;
  }

  /** What it was asked for, in order. */
  public synchronized List<AlertFilter> asked() {
    return List.copyOf(asked);
  }

  /** Those that became known since the cursor, whatever their release is. */
  @Override
  public synchronized AlertPage alerts(
      AlertFilter filter, Optional<String> cursor, CallContext call) {
    asked.add(filter);
    FailureKind failure = failures.poll();
    if (failure != null) {
      throw ProviderException.of(failure, "planted: the tracker failed with " + failure);
    }
    int from = cursor.map(Integer::parseInt).orElse(0);
    List<Alert> since =
        alerts.subList(from, alerts.size()).stream()
            .filter(alert -> !alert.at().isBefore(filter.since()))
            .toList();
    return AlertPage.of(since).withNext(Integer.toString(alerts.size()));
  }
}
