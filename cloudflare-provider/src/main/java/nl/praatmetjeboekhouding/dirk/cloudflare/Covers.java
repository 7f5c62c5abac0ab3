package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;

/** Whether something is already as wanted, although the vendor may tell more than was wanted. */
final class Covers {

  private Covers() {}

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
