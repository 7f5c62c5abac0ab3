/** Finding providers by the id that the configuration names. */
package nl.praatmetjeboekhouding.dirk.catalog;
