package nl.praatmetjeboekhouding.dirk.context;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * What somebody says to have read.
 *
 * @param documents the digest of each document by its name, sorted by name
 */
public record Acknowledgement(Map<String, Digest> documents) {

  /** Copies and sorts. */
  public Acknowledgement {
    documents = Collections.unmodifiableMap(new TreeMap<>(documents));
  }

  /** That nothing was read. */
  public static Acknowledgement none() {
    return new Acknowledgement(Map.of());
  }
}
