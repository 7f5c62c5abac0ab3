package nl.praatmetjeboekhouding.dirk.journal.jdbc;

import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.STREAM;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.append;
import static nl.praatmetjeboekhouding.dirk.journal.jdbc.Notes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;

/** Several machines, with clocks of their own, that share a journal. */
class SharedJournalTest {

  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration APART = Duration.ofSeconds(7);

  private final String schema = Postgres.freshSchema();

  @Test
  void isMadeOnceThoughSeveralOpenItAtOnce() throws Exception {
    ExecutorService machines = Executors.newFixedThreadPool(8);
    List<Callable<Long>> openings = new ArrayList<>();
    for (int machine = 0; machine < 8; machine++) {
      String stream = "run:" + machine;
      openings.add(
          () -> {
            try (JdbcJournal journal = open(Postgres.sharedPool(), TimeSource.system())) {
              return journal.append(stream, 1, List.of(), Notes.note("")).sequence();
            }
          });
    }

    List<Future<Long>> opened = machines.invokeAll(openings);
    machines.shutdown();

    for (Future<Long> one : opened) {
      assertThat(one.get()).isEqualTo(1);
    }
    assertThat(Postgres.shared().ask("SELECT count(*) FROM " + schema + ".version")).isEqualTo("1");
  }

  @Test
  void givesItsLinesAsTheyAreStored() {
    try (JdbcJournal journal = open(Postgres.sharedPool(), TimeSource.system())) {
      long written = 0;
      for (int number = 1; number <= 3; number++) {
        written += journal.append("run:1", number, List.of(), Notes.note("")).sequence();
      }
      List<String> lines = journal.lines("run:1");

      assertThat(written).isEqualTo(6);
      assertThat(lines).hasSize(3);
      assertThat(lines.get(0)).contains("\"streamPrev\":\"\"");
      assertThat(lines.get(1))
          .contains("\"streamPrev\":\"" + StreamChain.hash(lines.get(0)) + "\"");
      assertThat(lines.get(2))
          .contains("\"streamPrev\":\"" + StreamChain.hash(lines.get(1)) + "\"");
      assertThat(journal.lines("run:2")).isEmpty();
    }
  }

  @Test
  void letsTheDatabasesClockDecideWhetherALeaseRanOut() {
    JdbcJournal fast = machine(APART);
    JdbcJournal slow = machine(APART.negated());
    Duration ttl = APART.multipliedBy(2).minusMillis(500);

    Lease ofSlow = slow.acquire("one", "slow", "a test", ttl);
    assertThat(refusal(() -> fast.acquire("one", "fast", "a test", ttl)).kind())
        .isEqualTo(Kind.LEASED);
    assertThat(fast.holder("one")).contains(ofSlow);
    Entry unused = append(fast, 1, ofSlow);
  }

  @Test
  void tellsAHolderTheEndByHisOwnClock() {
    Instant before = Instant.now();
    Lease ofFast = machine(APART).acquire("one", "fast", "a test", TTL);
    Lease ofSlow = machine(APART.negated()).acquire("two", "slow", "a test", TTL);

    assertThat(ofFast.until())
        .isBetween(before.plus(TTL), before.plus(TTL).plus(APART.multipliedBy(2)));
    assertThat(ofSlow.until()).isBefore(before.plus(TTL));
  }

  @Test
  void stampsEntriesByTheDatabasesClock() {
    Entry first = append(machine(APART), 1);
    Entry second = append(machine(APART.negated()), 2);

    assertThat(second.at()).isAfter(first.at());
    assertThat(Duration.between(first.at(), second.at())).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void takesOverWhatRanOutByTheDatabasesClock() throws SQLException {
    JdbcJournal one = machine(Duration.ZERO);
    JdbcJournal two = machine(Duration.ZERO);
    Lease former = one.acquire("one", "one", "a test", Duration.ofMillis(50));
    Postgres.shared().run("SELECT pg_sleep(0.06)");

    Lease current = two.acquire("one", "two", "a test", TTL);

    assertThat(current.epoch()).isGreaterThan(former.epoch());
    assertThat(refusal(() -> append(one, 1, former)).kind()).isEqualTo(Kind.STALE_EPOCH);
    Entry unused = append(two, 1, current);
  }

  @Test
  void refusesAMachineWhoseClockIsFarOff() {
    JournalException ahead = refusal(() -> machine(Duration.ofMinutes(2)));
    JournalException behind = refusal(() -> machine(Duration.ofMinutes(-2)));

    assertThat(ahead.kind()).isEqualTo(Kind.STORAGE);
    assertThat(ahead).hasMessageContainingAll("s ahead of", schema, "NTP");
    assertThat(behind).hasMessageContaining("s behind");
  }

  @Test
  void refusesToTakeALeaseOnceTheMachinesClockIsFarOff() {
    ManualTime time = ManualTime.startingAt(Instant.now());
    JdbcJournal journal = byDatabase(time);
    time.step(Duration.ofMinutes(2));

    JournalException refused = refusal(() -> journal.acquire("one", "one", "a test", TTL));

    assertThat(refused).hasMessageContaining("ahead of");
    Entry unused = append(journal, 1);
  }

  @Test
  void letsNobodyTakeOverWhileAnAppendUnderTheLeaseIsUnderway() throws Exception {
    ManualTime time = ManualTime.create();
    JdbcJournal other = open(Postgres.shared().dataSource("ApplicationName=" + schema), time);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    List<Future<Lease>> taking = new ArrayList<>();
    AtomicBoolean appending = new AtomicBoolean();
    JdbcJournal journal =
        open(
            beforeCommit(
                () -> {
                  if (appending.getAndSet(false)) {
                    time.advance(TTL);
                    taking.add(thread.submit(() -> other.acquire("one", "two", "a test", TTL)));
                    awaitLockWaiter(taking.get(0));
                    assertThat(taking.get(0).isDone()).isFalse();
                  }
                }),
            time);
    Lease lease = journal.acquire("one", "one", "a test", TTL);

    appending.set(true);
    Entry written = append(journal, 1, lease);
    thread.shutdown();

    assertThat(taking.get(0).get().epoch()).isGreaterThan(lease.epoch());
    assertThat(refusal(() -> append(journal, 2, lease)).kind()).isEqualTo(Kind.STALE_EPOCH);
    assertThat(journal.read(STREAM, 1)).containsExactly(written);
  }

  /** A machine whose clock is off by so much. */
  private JdbcJournal machine(Duration off) {
    return byDatabase(ManualTime.startingAt(Instant.now().plus(off)));
  }

  private JdbcJournal byDatabase(TimeSource time) {
    return JdbcJournal.with(Postgres.sharedPool(), time)
        .clock(JdbcJournal.Clock.DATABASE)
        .schema(schema)
        .open();
  }

  private JdbcJournal open(DataSource source, TimeSource time) {
    return JdbcJournal.with(source, time).schema(schema).open();
  }

  private interface Step {
    void run() throws SQLException;
  }

  private static DataSource beforeCommit(Step step) {
    return Wrapped.source(
        Postgres.shared().dataSource(),
        connection ->
            Wrapped.connection(
                connection,
                (method, call) -> {
                  if (method.equals("commit")) {
                    step.run();
                  }
                  return call.call();
                }));
  }

  /** Waits until somebody waits for a lock, or need not any more. */
  private void awaitLockWaiter(Future<?> taking) throws SQLException {
    String waiting = "0";
    while (waiting.equals("0") && !taking.isDone()) {
      waiting =
          Postgres.shared()
              .ask(
                  "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                      + " AND application_name = '"
                      + schema
                      + "'");
    }
  }
}
