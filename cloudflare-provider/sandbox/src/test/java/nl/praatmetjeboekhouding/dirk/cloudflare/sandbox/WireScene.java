package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/** A run that is disturbed at each of its requests in turn. */
enum WireScene {
  /** A release over an earlier one, which changes crons and observability too. */
  DEPLOY("Deploy", "", false),
  /** A release that answers badly in production; disturbed from its way back on. */
  WAY_BACK("Deploy that fails in production, from its way back on", "put back production", true),
  /** The version before is asked for. */
  ROLLBACK("Rollback", "", false);

  private final String title;
  private final String from;
  private final boolean sick;

  WireScene(String title, String from, boolean sick) {
    this.title = title;
    this.from = from;
    this.sick = sick;
  }

  String title() {
    return title;
  }

  /** The step from which on it is disturbed; empty for the first. */
  String from() {
    return from;
  }

  /** Whether the new release answers badly in production. */
  boolean isSick() {
    return sick;
  }
}
