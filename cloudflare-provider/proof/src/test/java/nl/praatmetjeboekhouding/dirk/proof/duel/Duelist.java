package nl.praatmetjeboekhouding.dirk.proof.duel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * A process that fights with another over one target: it takes the lease, or takes it from the
 * other, and as long as the journal lets it it writes an intent, sends the effect, and writes the
 * result. Now and then it stays away for longer than its lease lasts. It looks at no clock and at
 * nothing that the other does: what it must not do, the journal has to refuse.
 */
final class Duelist {

  static final Duration TTL = Duration.ofMillis(150);
  static final String STREAM = "run:duel";
  static final String INTENT = "intent";
  static final String RESULT = "result";

  /** What it says: that it took a lease, of this epoch and at this time. */
  static final String TOOK = "took";

  /** That the result of this effect was written. */
  static final String SETTLED = "settled";

  /** That this effect is in doubt, because its result was refused. */
  static final String FENCED = "fenced";

  /** That this effect was never sent, because its intent was refused. */
  static final String HELD_BACK = "held-back";

  private final Journal journal;
  private final String name;
  private final Random random;
  private final int port;
  private final long end;
  private long sent;

  private Duelist(Journal journal, String name, Random random, int port, long end) {
    this.journal = journal;
    this.name = name;
    this.random = random;
    this.port = port;
    this.end = end;
  }

  /**
   * Takes its name, a seed, for how many milliseconds it fights, a port and the {@link
   * SharedJournal}.
   */
  public static void main(String[] arguments) throws IOException {
    List<String> told = Arrays.asList(arguments);
    Random random = new Random(Long.parseLong(told.get(1)));
    long end = System.nanoTime() + Duration.ofMillis(Long.parseLong(told.get(2))).toNanos();
    try (Journal journal =
        SharedJournal.read(told.subList(4, told.size())).open(TimeSource.system())) {
      new Duelist(journal, told.get(0), random, Integer.parseInt(told.get(3)), end).fight();
    }
  }

  private void fight() throws IOException {
    while (System.nanoTime() < end) {
      try {
        Lease lease = take();
        for (int turn = 1 + random.nextInt(5); turn > 0; turn--) {
          change(lease);
          lease = journal.renew(lease, TTL);
        }
        if (random.nextBoolean()) {
          journal.release(lease);
        }
      } catch (JournalException e) {
        if (e.kind() != Kind.LEASED && e.kind() != Kind.STALE_EPOCH) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(20)).toNanos());
      }
    }
  }

  private Lease take() {
    Lease lease =
        random.nextInt(10) == 0
            ? journal.preempt("target", name, "a rollback in a duel", TTL)
            : journal.acquire("target", name, "a deploy in a duel", TTL);
    say(TOOK, lease.epoch() + " " + lease.since());
    return lease;
  }

  private void change(Lease lease) throws IOException {
    sent++;
    String token = name + "-" + sent;
    pause();
    write(INTENT, token, lease, HELD_BACK);
    pause();
    SharedTarget.send(port, token, lease.epoch());
    pause();
    write(RESULT, token, lease, FENCED);
    say(SETTLED, token);
  }

  /**
   * Whoever was fenced tries once more, with the right number: only his epoch may stop him.
   *
   * @param refused what to say then
   */
  private void write(String type, String token, Lease lease, String refused) {
    try {
      append(type, token, lease);
    } catch (JournalException e) {
      if (e.kind() == Kind.STALE_EPOCH) {
        say(refused, token);
        append("again", token, lease);
      }
      throw e;
    }
  }

  /** Goes on after whatever is the stream's last entry; the other may be faster, any time. */
  private void append(String type, String token, Lease lease) {
    JournalRecord record =
        new JournalRecord(
            type,
            1,
            JsonNodeFactory.instance.objectNode().put("epoch", lease.epoch()).put("token", token));
    while (true) {
      long last = journal.heads("run").stream().mapToLong(Entry::sequence).findFirst().orElse(0);
      try {
        Entry unused = journal.append(STREAM, last + 1, List.of(lease), record);
        return;
      } catch (JournalException e) {
        if (e.kind() != Kind.SEQUENCE) {
          throw e;
        }
      }
    }
  }

  /** Mostly none; sometimes one that a lease may or may not outlast. */
  private void pause() {
    if (random.nextInt(12) == 0) {
      LockSupport.parkNanos(Duration.ofMillis(random.nextLong(TTL.toMillis() * 2)).toNanos());
    }
  }

  private static void say(String what, String of) {
    System.out.println(what + " " + of);
    System.out.flush();
  }
}
