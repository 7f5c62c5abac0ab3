/** Runbooks in virtual time, at a vendor where everything goes wrong that can: from a seed. */
package nl.praatmetjeboekhouding.dirk.testkit.simulation;
