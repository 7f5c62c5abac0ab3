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

  /** What to do where Cloudflare does not know who asks. */
  static final String TOKEN =
      "check that the token is whole, not expired and of this account;"
          + " its settings are under My Profile, API Tokens";

  private static final Map<Integer, KnownError> ALL = all();

  /** R2 and the upload of code share a code. */
  private static final int BUCKET_OR_CODE = 10006;

  private static final KnownError NO_BUCKET =
      new KnownError(FailureKind.NOT_FOUND, "create the R2 bucket, or correct its name");

  /** What the code means in an answer of this status, or empty if that is not known. */
  static Optional<KnownError> of(int status, int code) {
    return code == BUCKET_OR_CODE && status == 404
        ? Optional.of(NO_BUCKET)
        : Optional.ofNullable(ALL.get(code));
  }

  private static Map<Integer, KnownError> all() {
    Map<Integer, KnownError> errors = new HashMap<>();
    access(errors);
    missing(errors);
    code(errors);
    settings(errors);
    state(errors);
    storage(errors);
    return Map.copyOf(errors);
  }

  private static void access(Map<Integer, KnownError> errors) {
    add(errors, FailureKind.UNAUTHENTICATED, TOKEN, 1000, 6003, 9106, 9109);
    String permission =
        "give the token the permission Workers Scripts Write for this account, and for routes"
            + " Workers Routes Write and Zone Read for their zones; if it has them, check the"
            + " account's id";
    add(errors, FailureKind.FORBIDDEN, permission, 10000, 10023);
    add(errors, FailureKind.FORBIDDEN, "the account's plan does not include this", 10015, 10208);
    String blocked = "wait: all calls of this token are refused for a while";
    add(errors, FailureKind.THROTTLED, blocked, 971);
  }

  private static void missing(Map<Integer, KnownError> errors) {
    add(errors, FailureKind.NOT_FOUND, "check the Worker's name and the account", 10007, 10090);
    add(errors, FailureKind.NOT_FOUND, "check the ids of account and zone", 7000, 7003);
    add(errors, FailureKind.NOT_FOUND, "the Worker has no version: upload one first", 10222);
    add(errors, FailureKind.NOT_FOUND, "register a workers.dev subdomain first", 10063);
    add(errors, FailureKind.NOT_FOUND, "create the workflow first", 10200);
    String dispatched = "check the names of the Worker and of its dispatch namespace";
    add(errors, FailureKind.NOT_FOUND, dispatched, 10092);
    add(errors, FailureKind.NOT_FOUND, "upload a version to have a preview of it", 10025, 10049);
    String early =
        "the version was uploaded a moment ago and is not to be seen everywhere; try again in some"
            + " seconds";
    add(errors, FailureKind.UNAVAILABLE, early, 100146);
  }

  private static void code(Map<Integer, KnownError> errors) {
    String code = "Cloudflare cannot start the code with its bindings: fix it and build again";
    add(errors, FailureKind.INVALID, code, 10006, 10021);
    String handlers = "the code handles no event that Workers know: export a fetch handler";
    add(errors, FailureKind.INVALID, handlers, 10068, 10069);
    add(errors, FailureKind.INVALID, "make the bundle smaller", 10027);
  }

  private static void settings(Map<Integer, KnownError> errors) {
    String bindings = "check the bindings and vars in the wrangler file";
    add(errors, FailureKind.INVALID, bindings, 10052, 10054, 10055);
    String resource = "create the resource that the binding names, or correct the wrangler file";
    add(errors, FailureKind.INVALID, resource, 10056);
    add(errors, FailureKind.INVALID, "set the secrets that the bindings inherit first", 10057);
    String name = "choose another name for the Worker";
    add(errors, FailureKind.INVALID, name, 10016, 100132, 100315);
    add(errors, FailureKind.CONFLICT, "the name is taken, choose another", 10040);
    add(errors, FailureKind.INVALID, "delete a Worker or ask for a higher limit", 10037);
    String subdomain =
        "choose another workers.dev subdomain: this one is taken or no part of a name";
    add(errors, FailureKind.INVALID, subdomain, 10031, 10032);
    String rate = "set \"head_sampling_rate\" of observability between 0 and 1";
    add(errors, FailureKind.INVALID, rate, 100308);
    String tag = "use fewer or shorter tags, of letters, digits, hyphens and the like";
    add(errors, FailureKind.INVALID, tag, 100102, 100103, 100134);
    add(errors, FailureKind.CONFLICT, "a Worker has this route already: free it first", 10020);
    String request = "Cloudflare does not understand Dirk: a newer version of Dirk may help";
    add(errors, FailureKind.INVALID, request, 10003, 10026);
  }

  private static void state(Map<Integer, KnownError> errors) {
    String concurrent = "somebody else changes this Worker now: look, then try again";
    add(errors, FailureKind.CONFLICT, concurrent, 10035);
    String jurisdiction =
        "a workflow's jurisdiction cannot be changed: give it another name, or delete it first";
    add(errors, FailureKind.CONFLICT, jurisdiction, 10209);
    String newest =
        "the newest version is not the deployed one, as after a rollback: deploy it first, or change"
            + " the secret in a version without traffic (Workers.versionSecrets()) and deploy that";
    add(errors, FailureKind.CONFLICT, newest, 10214, 10215);
    String secret =
        "a secret was changed since that version was uploaded: choose a later version, or upload"
            + " its code again";
    add(errors, FailureKind.INELIGIBLE, secret, 10220);
    String migration = "deploy the Durable Object migration first, with all traffic";
    add(errors, FailureKind.INELIGIBLE, migration, 10211, 100402, 100406);
    String exports = "the versions export different Durable Objects: give one all traffic";
    add(errors, FailureKind.INELIGIBLE, exports, 100405);
  }

  private static void storage(Map<Integer, KnownError> errors) {
    add(errors, FailureKind.CONFLICT, "a KV namespace has this title already", 10014);
    add(errors, FailureKind.NOT_FOUND, "the R2 bucket has none of these rules yet", 10081);
    add(errors, FailureKind.NOT_FOUND, "create the D1 database, or correct its name", 7404);
    add(errors, FailureKind.CONFLICT, "a D1 database has this name already", 7502);
    String databases = "delete a D1 database or ask for a higher limit";
    add(errors, FailureKind.INVALID, databases, 7406);
    add(errors, FailureKind.NOT_FOUND, "create the Pages project, or correct its name", 8000007);
    String session = "the upload took longer than its token lives: begin it again";
    add(errors, FailureKind.UNAUTHENTICATED, session, 8000013);
  }

  private static void add(
      Map<Integer, KnownError> errors, FailureKind kind, String advice, int... codes) {
    for (int code : codes) {
      errors.put(code, new KnownError(kind, advice));
    }
  }
}
