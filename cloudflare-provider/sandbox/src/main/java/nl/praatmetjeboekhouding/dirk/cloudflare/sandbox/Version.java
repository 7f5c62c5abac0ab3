package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An uploaded version.
 *
 * @param number counted per Worker from 1; 0 while it is not part of one
 * @param bindings complete, secrets with their text
 * @param visibleFrom nanoseconds of the time source from which lists show it
 */
record Version(
    String id,
    int number,
    Instant created,
    Map<String, String> annotations,
    List<ObjectNode> bindings,
    Code code,
    long visibleFrom) {

  Version {
    annotations = Map.copyOf(annotations);
    bindings = List.copyOf(bindings);
  }

  Version numbered(int position, long visible) {
    return new Version(id, position, created, annotations, bindings, code, visible);
  }

  Optional<String> tag() {
    return Optional.ofNullable(annotations.get("workers/tag"));
  }
}
