package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.testkit.JournalContract;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** The contract over a pool of connections. */
class JdbcJournalContractTest extends JournalContract {

  private final String schema = Postgres.freshSchema();

  @Override
  protected Journal openJournal(TimeSource time) {
    return JdbcJournal.with(Postgres.sharedPool(), time).schema(schema).open();
  }
}
