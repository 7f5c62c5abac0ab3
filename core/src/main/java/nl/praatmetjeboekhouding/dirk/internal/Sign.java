package nl.praatmetjeboekhouding.dirk.internal;

/** What a reading says of the version that is waited for. */
enum Sign {
  /** It answered well. */
  GOOD,
  /** It answered badly. */
  BAD,
  /** Another one answered, or nobody said who. */
  NOT_YET,
  /** The look told nothing. */
  BLIND
}
