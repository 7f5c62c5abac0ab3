package nl.praatmetjeboekhouding.dirk.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A setting, a file or an id is wrong. Thrown before anything runs, with every fault that was
 * found.
 */
public final class ConfigurationException extends DirkException {

  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /** One fault without a position. */
  public ConfigurationException(String source, String message) {
    this(List.of(Fault.of(source, message)));
  }

  /** All that was found, in the order of the text; at least one. */
  public ConfigurationException(List<Fault> faults) {
    super(text(faults), null);
    this.faults = List.copyOf(faults);
  }

  /** What is wrong, in the order of the text. */
  public List<Fault> faults() {
    return faults;
  }

  private static String text(List<Fault> faults) {
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("faults must not be empty");
    }
    return faults.stream().map(Fault::toString).collect(Collectors.joining(System.lineSeparator()));
  }
}
