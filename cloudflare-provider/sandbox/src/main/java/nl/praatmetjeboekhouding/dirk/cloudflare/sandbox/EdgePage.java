package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/** The pages that the edge answers by itself. */
final class EdgePage {

  private EdgePage() {}

  /** The Worker threw an exception. */
  static Answer exception() {
    return error(500, 1101, "Worker threw exception");
  }

  /** No zone, route or workers.dev name leads anywhere. */
  static Answer unknownHost() {
    return error(404, 1016, "There is nothing here");
  }

  /** The Worker is known, but nothing of it serves. */
  static Answer nothingDeployed() {
    return error(404, 1042, "There is nothing here yet");
  }

  static Answer planted(int status) {
    return Answer.html(status, "<!DOCTYPE html><title>" + status + "</title>");
  }

  private static Answer error(int status, int code, String title) {
    return Answer.html(
        status,
        "<!DOCTYPE html><title>"
            + title
            + "</title><h1>Error "
            + code
            + "</h1><p>"
            + title
            + "</p>\n");
  }
}
