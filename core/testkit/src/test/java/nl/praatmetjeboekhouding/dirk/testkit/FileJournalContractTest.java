package nl.praatmetjeboekhouding.dirk.testkit;

import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.io.TempDir;

class FileJournalContractTest extends JournalContract {

  @TempDir private Path folder;

  @Override
  protected Journal openJournal(TimeSource time) {
    return FileJournal.open(folder.resolve("journal"), time);
  }
}
