package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Duration;
import java.time.Instant;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;

/**
 * How a step waits and calls: it is heard, it keeps the leases alive, and it ends when somebody
 * stops the run.
 */
interface LedgerPauses {

  long nanoTime();

  Instant instant();

  /**
   * Waits, which is heard unless it is no time at all.
   *
   * @throws RunStopped if somebody stops the run meanwhile
   */
  void pause(String why, Duration pause);

  /** What goes with a call of this length; leases are made to outlast it. */
  CallContext call(Duration timeout);

  /** As {@link #call}, once the journal has confirmed that the leases are still held. */
  CallContext writingCall(Duration timeout);

  /** Tells the listener of a line that a command wrote. */
  void output(String line);

  /** Tells the listener of a look. */
  void tell(Reading reading, String remark);

  /**
   * Does nothing unless somebody detached the run.
   *
   * @throws RunStopped if somebody did
   */
  void stopIfDetached();
}
