/** The documents that must have been read before a run may start. */
package nl.praatmetjeboekhouding.dirk.context;
