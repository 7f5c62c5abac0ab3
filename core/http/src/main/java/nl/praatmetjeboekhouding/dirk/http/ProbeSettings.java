package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;
import java.util.Map;

/**
 * How a probe looks.
 *
 * @param attemptTimeout how long a look may take at most
 * @param bodyLimit how many bytes of a body are read at most
 * @param allowPrivateAddresses whether it may connect to addresses that are not public
 * @param connect where to connect instead
 */
record ProbeSettings(
    Duration attemptTimeout,
    int bodyLimit,
    boolean allowPrivateAddresses,
    Map<HostPort, HostPort> connect) {

  ProbeSettings {
    if (attemptTimeout.isNegative() || attemptTimeout.isZero()) {
      throw new IllegalArgumentException("attemptTimeout must be positive: " + attemptTimeout);
    }
    if (bodyLimit < 1 || bodyLimit == Integer.MAX_VALUE) {
      throw new IllegalArgumentException("bodyLimit must be from 1 to 2147483646: " + bodyLimit);
    }
    connect = Map.copyOf(connect);
  }
}
