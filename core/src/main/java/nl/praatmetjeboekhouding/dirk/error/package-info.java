/** What Dirk throws. Depends on nothing. */
package nl.praatmetjeboekhouding.dirk.error;
