package nl.praatmetjeboekhouding.dirk.proof.duel;

import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.JdbcJournal;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * The journal that is fought over, as a process can be told of it.
 *
 * @param place a folder, or a JDBC URL
 * @param schema in the database; empty for a folder
 */
record Arena(String place, String schema) {

  static Arena folder(Path folder) {
    return new Arena(folder.toString(), "");
  }

  static Arena database(Postgres server) {
    return new Arena(server.url(), Postgres.freshSchema());
  }

  static Arena read(List<String> arguments) {
    return new Arena(arguments.get(0), arguments.get(1));
  }

  List<String> arguments() {
    return List.of(place, schema);
  }

  Journal open() {
    return schema.isEmpty()
        ? FileJournal.open(Path.of(place), TimeSource.system())
        : JdbcJournal.with(Postgres.connections(place), TimeSource.system()).schema(schema).open();
  }

  @Override
  public String toString() {
    return schema.isEmpty() ? "FileJournal" : "JdbcJournal";
  }
}
