/**
 * How runbooks work; exported to nobody. A run is a story ({@link
 * nl.praatmetjeboekhouding.dirk.internal.DeployRun}, {@link
 * nl.praatmetjeboekhouding.dirk.internal.RollbackRun}) told over a {@link
 * nl.praatmetjeboekhouding.dirk.internal.Ledger}.
 */
package nl.praatmetjeboekhouding.dirk.internal;
