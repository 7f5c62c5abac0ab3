package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

/** A command line, or a part of one, that the harness has no way to do through Dirk. */
final class NotUnderstood extends Exception {

  private static final long serialVersionUID = 1L;

  private final String what;

  NotUnderstood(String what) {
    super(what);
    this.what = what;
  }

  String what() {
    return what;
  }
}
