package nl.praatmetjeboekhouding.dirk.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import nl.praatmetjeboekhouding.dirk.context.Acknowledgement;
import nl.praatmetjeboekhouding.dirk.model.Digest;

/**
 * How somebody wants a deploy to be.
 *
 * @param acknowledgement what he has read
 * @param plan the hash of the plan that must still stand, or empty
 * @param cure whether production may be sick before
 * @param within how long it may take; empty: as long as its steps take
 * @param exceptions the reasons by the names of the gates that it is excepted from
 */
public record DeployOrder(
    Acknowledgement acknowledgement,
    Optional<Digest> plan,
    boolean cure,
    Optional<Duration> within,
    Map<String, String> exceptions) {

  private static final String PLAN = "plan";
  private static final String CURE = "cure";
  private static final String WITHIN = "within";
  private static final String EXCEPTIONS = "exceptions";

  /** Copies the exceptions, in the order of their names. */
  public DeployOrder {
    exceptions = Collections.unmodifiableMap(new TreeMap<>(exceptions));
  }

  static DeployOrder of(JsonNode request, Acknowledgement acknowledgement) {
    return new DeployOrder(
        acknowledgement,
        Forms.text(request, PLAN).map(Digest::new),
        request.path(CURE).asBoolean(),
        Forms.text(request, WITHIN).map(Duration::parse),
        exceptions(request.path(EXCEPTIONS)));
  }

  private static Map<String, String> exceptions(JsonNode node) {
    Map<String, String> exceptions = new TreeMap<>();
    node.properties().forEach(one -> exceptions.put(one.getKey(), one.getValue().asText()));
    return exceptions;
  }

  /** This, with the reasons of its exceptions without secrets. */
  DeployOrder masked(UnaryOperator<String> mask) {
    Map<String, String> reasons = new TreeMap<>();
    exceptions.forEach((name, reason) -> reasons.put(mask.apply(name), mask.apply(reason)));
    return new DeployOrder(acknowledgement, plan, cure, within, reasons);
  }

  /** What makes two orders differ, for the journal. */
  ObjectNode request() {
    ObjectNode request = Forms.object();
    plan.ifPresent(hash -> request.put(PLAN, hash.hex()));
    if (cure) {
      request.put(CURE, true);
    }
    within.ifPresent(time -> request.put(WITHIN, time.toString()));
    if (!exceptions.isEmpty()) {
      ObjectNode named = request.putObject(EXCEPTIONS);
      exceptions.forEach(named::put);
    }
    return request;
  }
}
