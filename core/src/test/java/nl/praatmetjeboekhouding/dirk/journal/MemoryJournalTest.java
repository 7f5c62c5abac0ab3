package nl.praatmetjeboekhouding.dirk.journal;

import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;

final class MemoryJournalTest extends JournalRules {

  private final Journal journal = MemoryJournal.create(time);

  @Override
  Journal journal() {
    return journal;
  }
}
