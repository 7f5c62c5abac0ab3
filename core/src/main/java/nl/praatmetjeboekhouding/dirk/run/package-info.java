/** What happens in a run: the listener that hears it, and the report that remains. */
package nl.praatmetjeboekhouding.dirk.run;
