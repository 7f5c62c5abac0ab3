package nl.praatmetjeboekhouding.dirk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.journal.Entry;
import nl.praatmetjeboekhouding.dirk.journal.Journal;
import nl.praatmetjeboekhouding.dirk.journal.JournalRecord;
import nl.praatmetjeboekhouding.dirk.journal.Lease;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Journal} keeps to. Extend it, say how a journal is opened, and run it; {@code
 * docs/provider-contract.md} has the rules under the same numbers. A rule that a journal does not
 * claim in its {@linkplain Journal#capabilities() capabilities} is skipped in sight.
 */
public abstract class JournalContract {

  private static final Duration TTL = Duration.ofSeconds(30);
  private static final String RESOURCE = "cloudflare/account/worker";
  private static final String STREAM = "run:1";

  private final ManualTime time = ManualTime.create();

  @SuppressWarnings("NullAway.Init") // set before each test
  private Journal journal;

  /** For classes that say how their journal is opened. */
  protected JournalContract() {}

  /**
   * Opens the journal of this test: empty the first time, afterwards with what was written before.
   * A journal that is not durable may be empty every time.
   *
   * @param time the time that it shall live by
   */
  protected abstract Journal openJournal(TimeSource time);

  @BeforeEach
  final void open() {
    journal = openJournal(time);
  }

  @AfterEach
  final void close() {
    journal.close();
  }

  @Test
  @DisplayName("J1: the entries of a stream are numbered from 1 and stamped with the time")
  final void j1NumbersAndStamps() {
    Entry first = append(STREAM, 1, "a");
    time.advance(Duration.ofMillis(1));
    Entry second = append(STREAM, 2, "b");
    Entry other = append("run:2", 1, "c");

    assertThat(first.at()).isEqualTo(second.at().minusMillis(1));
    assertThat(journal.read(STREAM, 1)).containsExactly(first, second);
    assertThat(journal.read("run:2", 1)).containsExactly(other);
  }

  @Test
  @DisplayName("J2: a gap and a number that was used are refused, and nothing is written")
  final void j2RefusesGapsAndDuplicates() {
    append(STREAM, 1, "a");

    assertThat(refusal(() -> append(STREAM, 1, "again"))).isEqualTo(Kind.SEQUENCE);
    assertThat(refusal(() -> append(STREAM, 3, "gap"))).isEqualTo(Kind.SEQUENCE);
    assertThat(refusal(() -> append("run:2", 2, "late"))).isEqualTo(Kind.SEQUENCE);
    assertThat(refusal(() -> append(STREAM, 0, "zero"))).isEqualTo(Kind.SEQUENCE);

    assertThat(journal.read(STREAM, 1)).hasSize(1);
    assertThat(journal.heads("run")).hasSize(1);
  }

  @Test
  @DisplayName("J3: a stream is read from any number on; what is not there is empty")
  final void j3ReadsFromANumberOn() {
    List<Entry> written =
        IntStream.rangeClosed(1, 5).mapToObj(n -> append(STREAM, n, "x")).toList();

    assertThat(journal.read(STREAM, 4)).isEqualTo(written.subList(3, 5));
    assertThat(journal.read(STREAM, 6)).isEmpty();
    assertThat(journal.read("run:none", 1)).isEmpty();
  }

  @Test
  @DisplayName("J4: heads are the last entries of a kind's streams, in the order the streams began")
  final void j4HeadsInOrder() {
    append("run:b", 1, "first");
    append("incident:1", 1, "other kind");
    append("run:a", 1, "second");
    append("runner:1", 1, "a kind that begins alike");
    Entry lastOfA = append("run:a", 2, "last of a");
    Entry lastOfB = append("run:b", 2, "last of b");

    assertThat(journal.heads("run")).containsExactly(lastOfB, lastOfA);
    assertThat(journal.heads("monitor")).isEmpty();
  }

  @Test
  @DisplayName("J5: data are read back as they were written, to the last digit")
  final void j5KeepsDataAsTheyAre() {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("text", "line\nfeed, \"quotes\", \u0000, \u2028, naïve, 🚀");
    data.put("long", Long.MAX_VALUE).put("small", 5L).put("exact", new BigDecimal("0.10"));
    data.putNull("nothing").putArray("list").add(true).addObject().put("deep", "");

    Entry written = journal.append(STREAM, 1, List.of(), new JournalRecord("note", 3, data));

    if (journal.capabilities().durable()) {
      reopen();
    }
    Entry read = journal.read(STREAM, 1).get(0);
    assertThat(read.record().data().toString()).isEqualTo(data.toString());
    assertThat(read.record().type()).isEqualTo("note");
    assertThat(read.record().version()).isEqualTo(3);
    assertThat(read.at()).isEqualTo(written.at());
  }

  @Test
  @DisplayName("J6: of several writers that want one number one gets it")
  final void j6TwoWritersNeverMix() throws Exception {
    List<Integer> written = Crowd.of(8, this::appendIfFirst);

    List<Long> sequences = journal.read(STREAM, 1).stream().map(Entry::sequence).toList();
    assertThat(sequences).isEqualTo(LongStream.rangeClosed(1, 20).boxed().toList());
    assertThat(written.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
  }

  @Test
  @DisplayName("J7: entries, leases and kept content outlive the journal that wrote them")
  final void j7SurvivesReopening() throws IOException {
    assumeTrue(journal.capabilities().durable(), "this journal is not durable");
    Entry written = append(STREAM, 1, "a");
    Lease lease = acquire("one");
    Digest digest = journal.keep(content("kept"));

    reopen();

    assertThat(journal.read(STREAM, 1)).containsExactly(written);
    assertThat(journal.heads("run")).containsExactly(written);
    assertThat(journal.holder(RESOURCE)).contains(lease);
    assertThat(refusal(() -> acquire("two"))).isEqualTo(Kind.LEASED);
    assertThat(text(journal.kept(digest))).isEqualTo("kept");
    append(STREAM, 2, "b", lease);
  }

  @Test
  @DisplayName("J8: one holds a lease; others are told who, why and since when")
  final void j8LeaseIsExclusive() {
    Lease lease = journal.acquire(RESOURCE, "run-1", "deploy mcp-server", TTL);

    JournalException refused = failure(() -> journal.acquire(RESOURCE, "run-2", "deploy too", TTL));

    assertThat(refused.kind()).isEqualTo(Kind.LEASED);
    assertThat(refused)
        .hasMessageContainingAll("run-1", "deploy mcp-server", lease.since().toString());
    assertThat(lease.until()).isEqualTo(time.instant().plus(TTL));
    journal.acquire("another resource", "run-2", "deploy too", TTL);
  }

  @Test
  @DisplayName(
      "J9: the same holder gets its lease again with a new epoch, and the old one is stale")
  final void j9SameHolderGetsItAgain() {
    Lease first = acquire("one");

    Lease second = acquire("one");

    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertThat(refusal(() -> append(STREAM, 1, "a", first))).isEqualTo(Kind.STALE_EPOCH);
    append(STREAM, 1, "a", second);
  }

  @Test
  @DisplayName("J10: a lease that ran out guards nothing and may be taken by others")
  final void j10LeaseRunsOut() {
    Lease lease = acquire("one");
    time.advance(TTL.minusNanos(1));
    append(STREAM, 1, "just in time", lease);

    time.advance(Duration.ofNanos(1));

    assertThat(journal.holder(RESOURCE)).isEmpty();
    assertThat(refusal(() -> append(STREAM, 2, "late", lease))).isEqualTo(Kind.STALE_EPOCH);
    assertThat(acquire("two").epoch()).isGreaterThan(lease.epoch());
  }

  @Test
  @DisplayName("J11: a renewed lease holds for its time from now, with the same epoch")
  final void j11RenewExtends() {
    Lease lease = acquire("one");
    time.advance(TTL.dividedBy(2));

    Lease renewed = journal.renew(lease, TTL);

    assertThat(renewed.epoch()).isEqualTo(lease.epoch());
    assertThat(renewed.since()).isEqualTo(lease.since());
    assertThat(renewed.until()).isEqualTo(time.instant().plus(TTL));
    time.advance(TTL.minusNanos(1));
    append(STREAM, 1, "the lease as it was first given counts too", lease);
    assertThat(refusal(() -> acquire("two"))).isEqualTo(Kind.LEASED);
  }

  @Test
  @DisplayName("J12: a lease that ran out can be renewed until somebody takes it over")
  final void j12RenewsUntilTakenOver() {
    Lease lease = acquire("one");
    time.advance(TTL);
    journal.renew(lease, TTL);
    append(STREAM, 1, "it holds again", lease);
    time.advance(TTL);
    Lease taken = acquire("two");

    assertThat(refusal(() -> journal.renew(lease, TTL))).isEqualTo(Kind.STALE_EPOCH);
    assertThat(journal.holder(RESOURCE)).contains(taken);
  }

  @Test
  @DisplayName(
      "J13: a lease given back is free at once and stale; giving back a lost one does nothing")
  final void j13Release() {
    Lease lost = acquire("one");
    time.advance(TTL);
    Lease current = acquire("two");

    journal.release(lost);
    assertThat(journal.holder(RESOURCE)).contains(current);
    journal.release(current);
    journal.release(current);

    assertThat(journal.holder(RESOURCE)).isEmpty();
    assertThat(refusal(() -> append(STREAM, 1, "a", current))).isEqualTo(Kind.STALE_EPOCH);
    assertThat(refusal(() -> journal.renew(current, TTL))).isEqualTo(Kind.STALE_EPOCH);
    assertThat(acquire("three").epoch()).isGreaterThan(current.epoch());
  }

  @Test
  @DisplayName(
      "J14: what a writer appends after its lease was taken over is refused and not written")
  final void j14FencesFormerHolder() {
    Lease former = acquire("one");
    Lease other = journal.acquire("other resource", "one", "both are needed", TTL.multipliedBy(9));
    append(STREAM, 1, "a", former, other);
    time.advance(TTL);
    Lease current = acquire("two");

    assertThat(refusal(() -> append(STREAM, 2, "late", other, former))).isEqualTo(Kind.STALE_EPOCH);

    assertThat(journal.read(STREAM, 1)).hasSize(1);
    append(STREAM, 2, "by the new holder", current);
  }

  @Test
  @DisplayName("J15: the holder is told as it is now")
  final void j15Holder() {
    assertThat(journal.holder(RESOURCE)).isEmpty();

    Lease lease = acquire("one");
    assertThat(journal.holder(RESOURCE)).contains(lease);

    Lease renewed = journal.renew(lease, TTL.multipliedBy(2));
    assertThat(journal.holder(RESOURCE)).contains(renewed);
  }

  @Test
  @DisplayName("J16: kept content is found by its digest; keeping it again does nothing")
  final void j16KeepsContent() throws IOException {
    Digest digest = journal.keep(content("a worker"));
    Digest again = journal.keep(content("a worker"));
    Digest empty = journal.keep(content(""));

    assertThat(digest).isEqualTo(Digest.of("a worker")).isEqualTo(again);
    assertThat(text(journal.kept(digest))).isEqualTo("a worker");
    assertThat(text(journal.kept(empty))).isEmpty();
    assertThat(journal.kept(Digest.of("unknown"))).isEmpty();
  }

  @Test
  @DisplayName("J17: content that cannot be read is STORAGE, and nothing is kept of it")
  final void j17ContentThatBreaks() {
    InputStream breaking =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("connection reset");
          }
        };

    JournalException refused = failure(() -> journal.keep(breaking));

    assertThat(refused.kind()).isEqualTo(Kind.STORAGE);
    assertThat(refused).hasMessageContaining("connection reset");
    assertThat(journal.kept(Digest.of(""))).isEmpty();
  }

  @Test
  @DisplayName("J18: an interrupt breaks neither the call nor the journal, and is handed on")
  final void j18Interrupts() throws IOException {
    Thread.currentThread().interrupt();
    Entry first = append(STREAM, 1, "interrupted before");
    Lease lease = acquire("one");
    Digest digest = journal.keep(content("kept"));
    Optional<InputStream> kept = journal.kept(digest);
    List<Entry> read = journal.read(STREAM, 1);
    boolean handedOn = Thread.interrupted();

    assertThat(handedOn).isTrue();
    assertThat(read).containsExactly(first);
    assertThat(text(kept)).isEqualTo("kept");
    append(STREAM, 2, "afterwards", lease);
  }

  @Test
  @DisplayName("J19: threads that are interrupted all the time lose nothing")
  final void j19InterruptsWhileWriting() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(4);
    List<Thread> threads = new ArrayList<>();
    List<Future<?>> done = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String stream = "run:" + writer;
      done.add(
          writers.submit(
              () -> {
                synchronized (threads) {
                  threads.add(Thread.currentThread());
                }
                IntStream.rangeClosed(1, 50).forEach(n -> appendInterrupted(stream, n));
              }));
    }
    while (!done.stream().allMatch(Future::isDone)) {
      synchronized (threads) {
        threads.forEach(Thread::interrupt);
      }
      Thread.onSpinWait();
    }
    writers.shutdown();

    for (Future<?> writer : done) {
      writer.get();
    }
    assertThat(journal.heads("run")).hasSize(4).allMatch(head -> head.sequence() == 50);
  }

  @Test
  @DisplayName("J20: eight threads write their own streams and duel for one lease")
  final void j20Concurrency() throws Exception {
    List<Long> epochs = new ArrayList<>();

    List<Long> last =
        Crowd.of(
            8,
            writer -> {
              for (int sequence = 1; sequence <= 25; sequence++) {
                append("run:" + writer, sequence, "own");
                duel("writer-" + writer, epochs);
              }
              return journal.read("run:" + writer, 25).get(0).sequence();
            });

    assertThat(last).containsOnly(25L);
    assertThat(journal.heads("run")).hasSize(8).allMatch(head -> head.sequence() == 25);
    assertThat(epochs).isSorted().doesNotHaveDuplicates();
    assertThat(journal.read("incident:duel", 1)).hasSize(epochs.size()).isNotEmpty();
  }

  @Test
  @DisplayName("J21: a closed journal says so; a second close does nothing")
  final void j21Close() {
    Lease lease = acquire("one");
    journal.close();
    journal.close();

    assertThat(refusal(() -> append(STREAM, 1, "a"))).isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> journal.read(STREAM, 1))).isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> journal.heads("run"))).isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> acquire("one"))).isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> journal.preempt(RESOURCE, "one", "a test", TTL)))
        .isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> journal.renew(lease, TTL))).isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> journal.release(lease))).isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> journal.holder(RESOURCE))).isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> journal.keep(content("a")))).isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> journal.keepAll(List.of(() -> content("a"))))).isEqualTo(Kind.CLOSED);
    assertThat(refusal(() -> journal.kept(Digest.of("a")))).isEqualTo(Kind.CLOSED);
  }

  @Test
  @DisplayName("J23: a lease that is preempted is stale at once, however much time its holder had")
  final void j23Preemption() {
    Lease former = acquire("one");
    append(STREAM, 1, "a", former);

    Lease current = journal.preempt(RESOURCE, "two", "a rollback comes over it", TTL);

    assertThat(current.epoch()).isGreaterThan(former.epoch());
    assertThat(journal.holder(RESOURCE)).contains(current);
    assertThat(refusal(() -> append(STREAM, 2, "late", former))).isEqualTo(Kind.STALE_EPOCH);
    assertThat(refusal(() -> journal.renew(former, TTL))).isEqualTo(Kind.STALE_EPOCH);
    journal.release(former);
    assertThat(journal.holder(RESOURCE)).contains(current);
    append(STREAM, 2, "b", current);
    assertThat(journal.preempt("nobody's", "two", "nobody has it", TTL).epoch()).isEqualTo(1);
  }

  @Test
  @DisplayName("J24: who lost a lease is told who took it, why and when")
  final void j24TellsWhoTookIt() {
    Lease preempted = acquire("one");
    Lease current = journal.preempt(RESOURCE, "two", "a rollback comes over it", TTL);
    Lease ranOut = journal.acquire("other resource", "one", "a test", TTL);
    time.advance(TTL);
    journal.acquire("other resource", "three", "a later deploy", TTL);

    JournalException appending = failure(() -> append(STREAM, 1, "late", preempted));
    JournalException renewing = failure(() -> journal.renew(preempted, TTL));
    JournalException afterwards = failure(() -> journal.renew(ranOut, TTL));

    String when = current.since().toString();
    assertThat(appending).hasMessageContainingAll("two", "a rollback comes over it", when);
    assertThat(renewing).hasMessageContainingAll("two", "a rollback comes over it", when);
    assertThat(afterwards).hasMessageContainingAll("three", "a later deploy");
  }

  @Test
  @DisplayName("J25: many things are kept together as they are one by one, in their order")
  final void j25KeepsTogether() throws IOException {
    Digest before = journal.keep(content("content 3"));
    List<ContentFile.Content> many = new ArrayList<>();
    List<Digest> expected = new ArrayList<>();
    for (int number = 0; number < 100; number++) {
      String text = "content " + number % 50;
      many.add(() -> content(text));
      expected.add(Digest.of(text));
    }

    List<Digest> kept = journal.keepAll(many);

    assertThat(kept).isEqualTo(expected).contains(before);
    for (int number = 0; number < 100; number++) {
      assertThat(text(journal.kept(kept.get(number)))).isEqualTo("content " + number % 50);
    }
    assertThat(journal.keepAll(List.of())).isEmpty();
    List<ContentFile.Content> broken =
        List.of(
            () -> content("whole"),
            () -> {
              throw new IOException("connection reset");
            });
    assertThat(refusal(() -> journal.keepAll(broken))).isEqualTo(Kind.STORAGE);
  }

  @Test
  @DisplayName("J22: nonsense arguments are refused by name before anything is written")
  final void j22NonsenseArguments() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> append("no kind", 1, "a"))
        .withMessageContaining("stream");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> journal.read(STREAM, 0))
        .withMessageContaining("from");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> journal.acquire(RESOURCE, "one", "why", Duration.ZERO))
        .withMessageContaining("ttl");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> journal.preempt(RESOURCE, "one", "why", Duration.ZERO))
        .withMessageContaining("ttl");

    assertThat(journal.heads("run")).isEmpty();
    assertThat(journal.holder(RESOURCE)).isEmpty();
  }

  private void appendInterrupted(String stream, long sequence) {
    while (!Thread.interrupted()) {
      Thread.onSpinWait();
    }
    Thread.currentThread().interrupt();
    append(stream, sequence, "x");
  }

  /** How many of the same twenty entries this writer was the first to write. */
  private int appendIfFirst(int writer) {
    int written = 0;
    for (int sequence = 1; sequence <= 20; sequence++) {
      try {
        append(STREAM, sequence, "writer " + writer);
        written++;
      } catch (JournalException e) {
        assertThat(e.kind()).isEqualTo(Kind.SEQUENCE);
      }
    }
    return written;
  }

  private void duel(String holder, List<Long> epochs) {
    try {
      Lease lease = acquire(holder);
      synchronized (epochs) {
        append("incident:duel", epochs.size() + 1, holder, lease);
        epochs.add(lease.epoch());
      }
      journal.release(lease);
    } catch (JournalException e) {
      assertThat(e.kind()).isEqualTo(Kind.LEASED);
    }
  }

  private void reopen() {
    journal.close();
    journal = openJournal(time);
  }

  private Entry append(String stream, long sequence, String text, Lease... held) {
    ObjectNode data = JsonNodeFactory.instance.objectNode().put("text", text);
    return journal.append(stream, sequence, List.of(held), new JournalRecord("note", 1, data));
  }

  private Lease acquire(String holder) {
    return journal.acquire(RESOURCE, holder, "a test", TTL);
  }

  private static InputStream content(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Optional<InputStream> content) throws IOException {
    try (InputStream stream = content.orElseThrow()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JournalException failure(ThrowingCallable asked) {
    JournalException failure = catchThrowableOfType(JournalException.class, asked);
    assertThat(failure).as("a JournalException").isNotNull();
    return failure;
  }

  private static Kind refusal(ThrowingCallable asked) {
    return failure(asked).kind();
  }
}
