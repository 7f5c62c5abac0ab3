package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether something is already as wanted, told in whatever form of numbers. */
final class Covers {

  private Covers() {}

  /** Whether two are the same, whatever the form of their numbers. */
  static boolean same(JsonNode one, JsonNode other) {
    return one.equals(
        (left, right) ->
            left.isNumber() && right.isNumber()
                ? left.decimalValue().compareTo(right.decimalValue())
                : left.equals(right) ? 0 : 1,
        other);
  }

  /** Whether it is as wanted, although the vendor may tell more than was wanted. */
  static boolean all(JsonNode now, JsonNode wanted) {
    if (wanted.isObject()) {
      return wanted.properties().stream()
          .allMatch(entry -> all(now.path(entry.getKey()), entry.getValue()));
    }
    boolean nothing = now.isMissingNode() || now.isNull();
    if (nothing) {
      return wanted.isArray() ? wanted.isEmpty() : wanted.isBoolean() && !wanted.asBoolean();
    }
    if (wanted.isNumber() && now.isNumber()) {
      return wanted.decimalValue().compareTo(now.decimalValue()) == 0;
    }
    return now.equals(wanted);
  }
}
