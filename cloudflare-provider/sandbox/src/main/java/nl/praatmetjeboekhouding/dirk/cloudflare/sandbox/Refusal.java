package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/** Why the API does not do what was asked: an HTTP status, Cloudflare's code and a message. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;

  Refusal(int status, int code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static Refusal noSuchWorker(String name) {
    return new Refusal(404, 10007, "This Worker does not exist on your account: " + name);
  }

  static Refusal noSuchService(String name) {
    return new Refusal(404, 10090, "There is no service named " + name + " on your account.");
  }

  static Refusal noSuchVersion(String id) {
    return new Refusal(404, 10222, "This Worker has no version " + id);
  }

  static Refusal invalid(String message) {
    return new Refusal(400, 10021, message);
  }

  static Refusal unreadable(String message) {
    return new Refusal(400, 10026, "Cannot parse the request body: " + message);
  }

  int status() {
    return status;
  }

  int code() {
    return code;
  }
}
