/** The one source of time, and the one way to stop a run. JDK only. */
package nl.praatmetjeboekhouding.dirk.time;
