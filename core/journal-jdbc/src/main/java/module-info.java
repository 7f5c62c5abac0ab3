/** The journal in PostgreSQL, for several machines. Brings no driver. */
@org.jspecify.annotations.NullMarked
module nl.praatmetjeboekhouding.dirk.journal.jdbc {
  requires transitive java.sql;
  requires transitive nl.praatmetjeboekhouding.dirk;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;

  exports nl.praatmetjeboekhouding.dirk.journal.jdbc;
}
