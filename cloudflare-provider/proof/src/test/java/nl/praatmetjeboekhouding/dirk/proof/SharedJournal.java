package nl.praatmetjeboekhouding.dirk.proof;

import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.JdbcJournal;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A journal that several processes share, as each can be told of it.
 *
 * @param place a folder, or a JDBC URL
 * @param schema in the database; empty for a folder
 */
public record SharedJournal(String place, String schema) {

  /** One in a folder. */
  public static SharedJournal in(Path folder) {
    return new SharedJournal(folder.toString(), "");
  }

  /** One in a schema of its own. */
  public static SharedJournal in(Postgres server) {
    return new SharedJournal(server.url(), Postgres.freshSchema());
  }

  /** What {@link #arguments()} said. */
  public static SharedJournal read(List<String> arguments) {
    return new SharedJournal(arguments.get(0), arguments.get(1));
  }

  /** For the command line of a process. */
  public List<String> arguments() {
    return List.of(place, schema);
  }

  /** Opens it for this process. */
  public Journal open(TimeSource time) {
    return schema.isEmpty()
        ? FileJournal.open(Path.of(place), time)
        : JdbcJournal.with(Postgres.connections(place), time).schema(schema).open();
  }

  @Override
  public String toString() {
    return schema.isEmpty() ? "FileJournal" : "JdbcJournal";
  }
}
