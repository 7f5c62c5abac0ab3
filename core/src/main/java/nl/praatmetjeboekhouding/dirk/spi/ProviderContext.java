package nl.praatmetjeboekhouding.dirk.spi;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * What a provider is given when it makes something.
 *
 * @param service the service that it is made for
 * @param project the service's project folder; absolute
 * @param settings what the configuration says
 * @param time the source of time of whoever asks
 */
public record ProviderContext(String service, Path project, Settings settings, TimeSource time) {

  /** Checks that nothing is null and the folder absolute. */
  public ProviderContext {
    requireNonNull(service, "service");
    requireNonNull(project, "project");
    requireNonNull(settings, "settings");
    requireNonNull(time, "time");
    if (!project.isAbsolute()) {
      throw new IllegalArgumentException("project must be absolute: " + project);
    }
  }
}
