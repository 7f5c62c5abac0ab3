package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

class MemoryJournalContractTest extends JournalContract {

  @Override
  protected Journal openJournal(TimeSource time) {
    return MemoryJournal.create(time);
  }
}
