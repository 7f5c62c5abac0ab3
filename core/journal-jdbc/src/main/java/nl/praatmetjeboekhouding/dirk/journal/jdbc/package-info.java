/** The journal in PostgreSQL, for several machines. */
package nl.praatmetjeboekhouding.dirk.journal.jdbc;
