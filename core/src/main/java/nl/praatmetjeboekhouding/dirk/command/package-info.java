/** Running a service's own tests and build. */
package nl.praatmetjeboekhouding.dirk.command;
