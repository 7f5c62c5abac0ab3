package nl.praatmetjeboekhouding.dirk.proof.duel;

import java.time.Instant;

/**
 * An effect that took place.
 *
 * @param token which, and by whom
 * @param epoch of the lease that it was sent under
 * @param at when it took place
 */
record Landing(String token, long epoch, Instant at) {}
