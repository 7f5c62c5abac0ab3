package nl.praatmetjeboekhouding.dirk.internal;

import nl.praatmetjeboekhouding.dirk.run.Outcome;

/**
 * Why a deploy goes no further.
 *
 * @param outcome how its run ends, or stays open
 * @param reason the same in one word
 * @param why the same as sentences
 */
record Objection(Outcome outcome, String reason, String why) {}
