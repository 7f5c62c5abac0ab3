package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract over a journal that breaks it; run by {@link JournalContractTest} only. */
@ExtendWith(ContractRun.FlawParameter.class)
final class FlawedJournalContract extends JournalContract {

  private final JournalFlaw flaw;

  FlawedJournalContract(JournalFlaw flaw) {
    this.flaw = flaw;
  }

  @Override
  protected Journal openJournal(TimeSource time) {
    return flaw.journal(MemoryJournal.create(time), time);
  }
}
