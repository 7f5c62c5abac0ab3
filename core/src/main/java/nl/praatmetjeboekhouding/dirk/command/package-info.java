/** Running test and build commands, and ending all that they started. */
package nl.praatmetjeboekhouding.dirk.command;
