package nl.praatmetjeboekhouding.dirk.catalog;

import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.spi.Settings;

/** Settings that know what was asked for. Not thread-safe. */
public interface CheckedSettings extends Settings {

  /** A fault for each setting that nobody has asked for, in the order of the text. */
  List<Fault> unread();
}
