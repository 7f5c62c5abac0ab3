/** The journal: what was intended, what came of it, and who may write. */
package nl.praatmetjeboekhouding.dirk.journal;
