package nl.praatmetjeboekhouding.dirk.journal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * One fact, as it is written. What the types mean and how their data look is told by {@link
 * RunRecord}; a journal stores them without looking inside.
 *
 * @param type what kind of fact, such as {@code intent}
 * @param version of the form of its data, from 1; every form that was ever written stays readable
 * @param data the fact; an object; never holds a secret
 */
public record JournalRecord(String type, int version, JsonNode data) {

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z-]*");

  /** Checks type, version and form, and copies the data. */
  public JournalRecord {
    requireNonNull(type, "type");
    requireNonNull(data, "data");
    if (!TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("type must be lower-case letters and hyphens: " + type);
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1: " + version);
    }
    if (!data.isObject()) {
      throw new IllegalArgumentException("data must be an object: " + data.getNodeType());
    }
    data = data.deepCopy();
  }
}
