package nl.praatmetjeboekhouding.dirk.testkit;

import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.testing.ForwardingJournal;
import nl.praatmetjeboekhouding.dirk.testing.InMemoryDeployer.Shape;
import nl.praatmetjeboekhouding.dirk.testing.MemoryJournal;

/** Crashes of releases that go straight to production, over a journal of the author's. */
final class StraightToProductionCrashTest extends InMemoryCrashContract {

  StraightToProductionCrashTest() {
    super(Shape.SWITCHING);
  }

  @Override
  protected Journal newJournal() {
    return new ForwardingJournal(MemoryJournal.create(time()));
  }

  @Override
  protected boolean hasStaging() {
    return false;
  }
}
