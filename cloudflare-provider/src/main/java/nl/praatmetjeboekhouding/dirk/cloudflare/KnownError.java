package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;

/**
 * What an error code of Cloudflare means. The codes are those of its API schema, its page about
 * errors of Workers, and wrangler.
 *
 * @param kind what it means for what happens next
 * @param advice what to do
 */
record KnownError(FailureKind kind, String advice) {

  private static final Map<Integer, KnownError> ALL = all();

  /** What the code means, or empty if that is not known. */
  static Optional<KnownError> of(int code) {
    return Optional.ofNullable(ALL.get(code));
  }

  private static Map<Integer, KnownError> all() {
    Map<Integer, KnownError> errors = new HashMap<>();
    String token = "check that the token is whole, not expired and of this account";
    add(errors, FailureKind.UNAUTHENTICATED, token, 1000, 9106, 9109);
    String permission = "give the token the permission Workers Scripts Write for this account";
    add(errors, FailureKind.FORBIDDEN, permission, 10000, 10023);
    add(errors, FailureKind.FORBIDDEN, "the account's plan does not include this", 10015);
    add(errors, FailureKind.NOT_FOUND, "check the Worker's name and the account", 10007, 10090);
    add(errors, FailureKind.NOT_FOUND, "upload a version first", 10222);
    add(errors, FailureKind.NOT_FOUND, "register a workers.dev subdomain first", 10063);
    String concurrent = "somebody else changes this Worker now: look, then try again";
    add(errors, FailureKind.CONFLICT, concurrent, 10035);
    add(errors, FailureKind.CONFLICT, "the name is taken, choose another", 10040);
    String newest = "the newest version is not the deployed one: deploy it first";
    add(errors, FailureKind.CONFLICT, newest, 10214, 10215);
    String code = "the code does not start: fix it and build again";
    add(errors, FailureKind.INVALID, code, 10006, 10021, 10068, 10069);
    add(errors, FailureKind.INVALID, "make the bundle smaller", 10027);
    String bindings = "check the bindings and vars in the wrangler file";
    add(errors, FailureKind.INVALID, bindings, 10052, 10054, 10055, 10056);
    add(errors, FailureKind.INVALID, "set the secrets that the bindings inherit first", 10057);
    String name = "choose another name for the Worker";
    add(errors, FailureKind.INVALID, name, 10016, 100132, 100315);
    add(errors, FailureKind.INVALID, "delete a Worker or ask for a higher limit", 10037);
    String request = "this is a fault of Dirk or of the settings it was given";
    add(errors, FailureKind.INVALID, request, 10003, 10026, 100102, 100103, 100134, 100308);
    String secret = "a secret changed since that version: upload its code again instead";
    add(errors, FailureKind.INELIGIBLE, secret, 10220);
    String migration = "deploy the Durable Object migration with wrangler first";
    add(errors, FailureKind.INELIGIBLE, migration, 10211, 100402, 100405, 100406);
    add(errors, FailureKind.THROTTLED, "wait; all calls of this token are blocked", 971);
    return Map.copyOf(errors);
  }

  private static void add(
      Map<Integer, KnownError> errors, FailureKind kind, String advice, int... codes) {
    for (int code : codes) {
      errors.put(code, new KnownError(kind, advice));
    }
  }
}
