package nl.praatmetjeboekhouding.dirk.model;

/** What one look says about the one who answered. */
public enum Health {
  /** It answered, and well. */
  HEALTHY,
  /** It answered badly, or does not answer. */
  UNHEALTHY,
  /**
   * The probe could not look: throttled, blocked by a challenge, refused to go there. Says nothing
   * about the service.
   */
  INCONCLUSIVE
}
