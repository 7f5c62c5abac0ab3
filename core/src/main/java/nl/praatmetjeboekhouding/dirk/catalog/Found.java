package nl.praatmetjeboekhouding.dirk.catalog;

import nl.praatmetjeboekhouding.dirk.spi.Provider;

/** A provider and the id it gave when it was loaded. */
record Found<T>(String id, Provider<T> provider) {

  String className() {
    return provider.getClass().getName();
  }
}
