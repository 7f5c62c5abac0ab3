/** Where a caller starts: the runbooks. */
package nl.praatmetjeboekhouding.dirk;
