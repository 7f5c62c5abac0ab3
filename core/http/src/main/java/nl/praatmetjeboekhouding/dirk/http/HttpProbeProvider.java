package nl.praatmetjeboekhouding.dirk.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbeProvider;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.spi.Spi;

/**
 * Makes probes that look over HTTP. Settings, none of them required:
 *
 * <ul>
 *   <li>{@code attemptTimeout}: how long a look may take at most; 5 s
 *   <li>{@code bodyLimit}: how many bytes of a body are read at most; 65536
 *   <li>{@code allowPrivateAddresses}: whether it may go to addresses that are not public, such as
 *       this machine; no
 *   <li>{@code connect}: from {@code host:port} to {@code host:port}: where to connect instead,
 *       with the same name in the request and in TLS
 * </ul>
 */
public final class HttpProbeProvider implements HealthProbeProvider {

  /** For {@link java.util.ServiceLoader}. */
  public HttpProbeProvider() {}

  @Override
  public String id() {
    return "http";
  }

  @Override
  public int spiLevel() {
    return Spi.LEVEL;
  }

  @Override
  public HealthProbe create(ProviderContext context) {
    Settings settings = context.settings();
    Duration attemptTimeout =
        settings
            .duration("attemptTimeout")
            .filter(
                timeout ->
                    allowed(
                        !timeout.isNegative() && !timeout.isZero(),
                        settings,
                        "attemptTimeout",
                        "must be positive"))
            .orElse(Duration.ofSeconds(5));
    long bodyLimit =
        settings
            .number("bodyLimit")
            .filter(
                limit ->
                    allowed(
                        limit >= 1 && limit < Integer.MAX_VALUE,
                        settings,
                        "bodyLimit",
                        "must be from 1 to " + (Integer.MAX_VALUE - 1)))
            .orElse(64L * 1024);
    boolean allowPrivate = settings.flag("allowPrivateAddresses").orElse(false);
    Map<String, String> texts = settings.texts("connect");
    Map<HostPort, HostPort> connect = new HashMap<>();
    texts.forEach(
        (from, to) -> {
          try {
            connect.put(HostPort.parse(from), HostPort.parse(to));
          } catch (IllegalArgumentException e) {
            settings.refuse("connect", "must say host:port for host:port, unlike " + from);
          }
        });
    return new HttpProbe(
        new ProbeSettings(attemptTimeout, (int) bodyLimit, allowPrivate, connect), context.time());
  }

  private static boolean allowed(boolean isAllowed, Settings settings, String name, String why) {
    if (!isAllowed) {
      settings.refuse(name, why);
    }
    return isAllowed;
  }
}
