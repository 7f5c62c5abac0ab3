/** The runbook file {@code dirk.jsonc}, read and checked as a whole, and the same as objects. */
package nl.praatmetjeboekhouding.dirk.config;
