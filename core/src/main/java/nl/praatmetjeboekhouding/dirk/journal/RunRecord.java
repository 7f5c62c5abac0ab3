package nl.praatmetjeboekhouding.dirk.journal;

/** What a run writes. Filled in with the engine. */
public sealed interface RunRecord {
  /** Placeholder. */
  record Nothing() implements RunRecord {}
}
