package nl.praatmetjeboekhouding.dirk.config;

import nl.praatmetjeboekhouding.dirk.error.Fault;

/** Where something stands: line and column from 1, both 0 for what was made as objects. */
record Place(String source, int line, int column) {

  static Place none(String source) {
    return new Place(source, 0, 0);
  }

  Fault fault(String message) {
    return new Fault(source, line, column, message);
  }
}
