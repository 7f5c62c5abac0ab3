/** What happened in a run: its report, and the listener that hears it while it happens. */
package nl.praatmetjeboekhouding.dirk.run;
