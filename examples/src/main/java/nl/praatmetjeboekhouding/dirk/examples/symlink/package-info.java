/**
 * A deployer of one's own: release folders on this machine, and a symlink that says which one is
 * live.
 */
package nl.praatmetjeboekhouding.dirk.examples.symlink;
