package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What was asked, oldest first; the oldest is forgotten above a limit. Safe for several threads.
 */
final class RequestLog<T> {

  static final int LIMIT = 100_000;

  private final Deque<T> entries = new ArrayDeque<>();
  private int count;

  /** Adds what is made of its number, counted from 1. */
  synchronized void add(IntFunction<T> entry) {
    count++;
    entries.addLast(entry.apply(count));
    if (entries.size() > LIMIT) {
      entries.removeFirst();
    }
  }

  synchronized List<T> entries() {
    return List.copyOf(entries);
  }
}
