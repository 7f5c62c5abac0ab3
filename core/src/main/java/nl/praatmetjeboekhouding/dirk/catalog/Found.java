package nl.praatmetjeboekhouding.dirk.catalog;

import java.security.CodeSource;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.Provider;

/** A provider and the id it gave when it was loaded. */
record Found<T>(String id, Provider<T> provider) {

  /** Its class, and the jar or folder that this comes from where that is known. */
  String origin() {
    Class<?> type = provider.getClass();
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .map(location -> type.getName() + " of " + location.getPath())
        .orElse(type.getName());
  }
}
