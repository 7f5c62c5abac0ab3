package nl.praatmetjeboekhouding.dirk.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread of one process at a time at the journal. What other threads want to write
 * meanwhile is written together by the next one, with one sync for all (group commit).
 */
final class Turns {

  /** Something to be read. */
  @FunctionalInterface
  interface Look<T> {
    T at(Book book) throws IOException;
  }

  /** What is done last. */
  @FunctionalInterface
  interface Closing {
    void run() throws IOException;
  }

  private static final int ENOUGH = 1024 * 1024;

  private final JournalFolder folder;
  private final OsLock osLock;
  private final Segment segment;
  private final Book book;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Turn<?>> waiting = new ConcurrentLinkedQueue<>();
  private boolean closed;

  Turns(JournalFolder folder, OsLock osLock, Segment segment, Book book) {
    this.folder = folder;
    this.osLock = osLock;
    this.segment = segment;
    this.book = book;
  }

  /** Looks at what every process has written so far. */
  <T> T look(Look<T> look) {
    lock.lock();
    try {
      begin();
      try {
        return look.at(book);
      } finally {
        osLock.release();
      }
    } catch (IOException e) {
      throw Storage.refused(folder.path(), "read", e);
    } finally {
      lock.unlock();
    }
  }

  /** Writes; what it returns is durable. */
  <T> T change(Turn.Change<T> change) {
    Turn<T> turn = new Turn<>(change);
    waiting.add(turn);
    lock.lock();
    try {
      while (!turn.isOver()) {
        takeTurns();
      }
    } finally {
      lock.unlock();
    }
    return turn.outcome();
  }

  /** Fails with CLOSED once it was closed. */
  void requireOpen() {
    lock.lock();
    try {
      refuseIfClosed();
    } finally {
      lock.unlock();
    }
  }

  /** Ends it; runs {@code last} once, while nobody else is at the journal. */
  void close(Closing last) {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        last.run();
      }
    } catch (IOException e) {
      throw Storage.refused(folder.path(), "closed", e);
    } finally {
      lock.unlock();
    }
  }

  private void refuseIfClosed() {
    if (closed) {
      throw new JournalException(
          Kind.CLOSED, "The journal at %s was closed; open it again.".formatted(folder.path()));
    }
  }

  private void takeTurns() {
    List<Turn<?>> taken = new ArrayList<>();
    try {
      begin();
      try {
        writeTogether(taken);
      } finally {
        osLock.release();
      }
    } catch (IOException e) {
      fail(taken, Storage.refused(folder.path(), "written", e));
    } catch (JournalException e) {
      fail(taken, e);
    } catch (RuntimeException | Error e) {
      fail(taken, new JournalException(Kind.STORAGE, "The journal failed unexpectedly.", e));
      throw e;
    }
  }

  private void writeTogether(List<Turn<?>> taken) throws IOException {
    Draft draft = book.draft();
    for (Turn<?> turn = next(draft); turn != null; turn = next(draft)) {
      taken.add(turn);
      turn.attempt(book, draft);
    }
    if (draft.size() > 0) {
      segment.commit(draft);
    }
    taken.forEach(Turn::end);
  }

  private @Nullable Turn<?> next(Draft draft) {
    return draft.size() < ENOUGH ? waiting.poll() : null;
  }

  private void fail(List<Turn<?>> taken, JournalException failure) {
    book.clear();
    taken.forEach(turn -> turn.fail(failure));
    for (Turn<?> turn = waiting.poll(); turn != null; turn = waiting.poll()) {
      turn.fail(failure);
    }
  }

  private void begin() throws IOException {
    refuseIfClosed();
    osLock.take();
    try {
      book.readOn();
    } catch (IOException | RuntimeException e) {
      osLock.release();
      throw e;
    }
  }
}
