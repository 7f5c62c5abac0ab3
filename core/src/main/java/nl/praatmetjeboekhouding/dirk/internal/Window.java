package nl.praatmetjeboekhouding.dirk.internal;

import java.time.Instant;

/**
 * The time in which a switch must be confirmed.
 *
 * @param from when traffic began to move
 * @param confirmBy when the version before is put back unless the new one was confirmed
 */
record Window(Instant from, Instant confirmBy) {

  static final Form<Window> FORM =
      Forms.form(
          window ->
              Forms.object()
                  .put("from", window.from().toString())
                  .put("confirmBy", window.confirmBy().toString()),
          node ->
              new Window(
                  Instant.parse(node.path("from").asText()),
                  Instant.parse(node.path("confirmBy").asText())));
}
