package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

/**
 * What a journal is worth.
 *
 * @param durable whether an entry survives the machine's loss of power once its append has returned
 * @param crossProcess whether several processes of one host may share it
 * @param crossHost whether several hosts may share it
 * @param place where it is, for people; no password
 */
public record Capabilities(boolean durable, boolean crossProcess, boolean crossHost, String place) {

  /** Checks that nothing is null. */
  public Capabilities {
    requireNonNull(place, "place");
  }
}
