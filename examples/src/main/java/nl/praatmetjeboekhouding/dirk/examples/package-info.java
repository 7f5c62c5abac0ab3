/** One main a task, and the demo. */
package nl.praatmetjeboekhouding.dirk.examples;
