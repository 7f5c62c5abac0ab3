package nl.praatmetjeboekhouding.dirk.catalog;

import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.spi.Settings;

/** Settings that know what was asked for and where they stand. Not thread-safe. */
public interface CheckedSettings extends Settings {

  /** A fault for each setting that was asked for but is not what it must be. */
  List<Fault> wrong();

  /** A fault for each setting that nobody has asked for, in the order of the text. */
  List<Fault> unread();

  /** A fault at the place where the provider is named. */
  Fault fault(String message);
}
