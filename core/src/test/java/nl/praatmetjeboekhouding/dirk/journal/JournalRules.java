package nl.praatmetjeboekhouding.dirk.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.model.Digest;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;

/** What every journal keeps to. */
abstract class JournalRules {

  static final Duration MINUTE = Duration.ofMinutes(1);

  final ManualTime time = ManualTime.create();

  abstract Journal journal();

  @Test
  final void keepsTheEntriesOfAStreamInOrder() {
    Journal journal = journal();

    Entry first = journal.append("run:a", 1, List.of(), record("one"));
    Entry second = journal.append("run:a", 2, List.of(), record("two"));

    assertThat(journal.read("run:a", 1)).containsExactly(first, second);
    assertThat(journal.read("run:a", 2)).containsExactly(second);
    assertThat(journal.read("run:b", 1)).isEmpty();
  }

  @Test
  final void refusesAGapAndASecondEntryOfOneNumber() {
    Journal journal = journal();
    journal.append("run:a", 1, List.of(), record("one"));

    assertKind(
        JournalException.Kind.SEQUENCE,
        () -> journal.append("run:a", 1, List.of(), record("again")));
    assertKind(
        JournalException.Kind.SEQUENCE, () -> journal.append("run:a", 3, List.of(), record("gap")));
    assertThat(journal.read("run:a", 1)).hasSize(1);
  }

  @Test
  final void givesTheLastEntryOfEveryStreamOfAKind() {
    Journal journal = journal();
    journal.append("run:a", 1, List.of(), record("a1"));
    Entry headOfB = journal.append("run:b", 1, List.of(), record("b1"));
    Entry headOfA = journal.append("run:a", 2, List.of(), record("a2"));
    journal.append("incident:c", 1, List.of(), record("c1"));

    assertThat(journal.heads("run")).containsExactly(headOfA, headOfB);
  }

  @Test
  final void leasesAResourceToOneHolder() {
    Journal journal = journal();
    journal.acquire("r", "me", "deploy 1", MINUTE);

    assertThatThrownBy(() -> journal.acquire("r", "you", "deploy 2", MINUTE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("me")
        .hasMessageContaining("deploy 1");
    assertThat(journal.holder("r")).map(Lease::holder).contains("me");
  }

  @Test
  final void handsALeaseOnWhenItRanOutAndRefusesItsFormerHolder() {
    Journal journal = journal();
    Lease mine = journal.acquire("r", "me", "deploy 1", MINUTE);
    time.advance(MINUTE.plusSeconds(1));

    Lease yours = journal.acquire("r", "you", "deploy 2", MINUTE);

    assertThat(yours.epoch()).isGreaterThan(mine.epoch());
    assertKind(
        JournalException.Kind.STALE_EPOCH,
        () -> journal.append("run:a", 1, List.of(mine), record("late")));
    assertKind(JournalException.Kind.STALE_EPOCH, () -> journal.renew(mine, MINUTE));
    journal.release(mine);
    assertThat(journal.holder("r")).map(Lease::holder).contains("you");
  }

  @Test
  final void refusesAnAppendUnderALeaseThatRanOut() {
    Journal journal = journal();
    Lease mine = journal.acquire("r", "me", "deploy 1", MINUTE);
    time.advance(MINUTE.plusSeconds(1));

    assertKind(
        JournalException.Kind.STALE_EPOCH,
        () -> journal.append("run:a", 1, List.of(mine), record("late")));
  }

  @Test
  final void keepsALeaseThatIsRenewed() {
    Journal journal = journal();
    Lease lease = journal.acquire("r", "me", "deploy 1", MINUTE);
    time.advance(Duration.ofSeconds(50));
    Lease renewed = journal.renew(lease, MINUTE);
    time.advance(Duration.ofSeconds(50));

    journal.append("run:a", 1, List.of(renewed), record("one"));

    assertThat(journal.holder("r")).isPresent();
  }

  @Test
  final void givesTheSameHolderItsLeaseAgainUnderANewEpoch() {
    Journal journal = journal();
    Lease first = journal.acquire("r", "me", "deploy 1", MINUTE);

    Lease second = journal.acquire("r", "me", "deploy 1", MINUTE);

    assertThat(second.epoch()).isGreaterThan(first.epoch());
    assertKind(
        JournalException.Kind.STALE_EPOCH,
        () -> journal.append("run:a", 1, List.of(first), record("old")));
  }

  @Test
  final void freesAResourceThatIsReleased() {
    Journal journal = journal();
    journal.release(journal.acquire("r", "me", "deploy 1", MINUTE));

    assertThat(journal.holder("r")).isEmpty();
    assertThat(journal.acquire("r", "you", "deploy 2", MINUTE).holder()).isEqualTo("you");
  }

  @Test
  final void givesBackContentByItsDigest() throws Exception {
    Journal journal = journal();
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);

    Digest digest = journal.keep(new ByteArrayInputStream(content));
    Digest again = journal.keep(new ByteArrayInputStream(content));

    assertThat(again).isEqualTo(digest).isEqualTo(Digest.of("content"));
    try (InputStream kept = journal.kept(digest).orElseThrow()) {
      assertThat(kept.readAllBytes()).isEqualTo(content);
    }
    assertThat(journal.kept(Digest.of("other"))).isEmpty();
  }

  @Test
  final void isNotBrokenByAnInterrupt() {
    Journal journal = journal();

    Thread.currentThread().interrupt();
    journal.append("run:a", 1, List.of(), record("one"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(journal.append("run:a", 2, List.of(), record("two")).sequence()).isEqualTo(2);
  }

  @Test
  final void takesAppendsOfManyThreads() throws Exception {
    Journal journal = journal();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch done = new CountDownLatch(8);

    IntStream.range(0, 8)
        .forEach(
            thread ->
                threads.execute(
                    () -> {
                      IntStream.rangeClosed(1, 20)
                          .forEach(
                              number ->
                                  journal.append("run:" + thread, number, List.of(), record("x")));
                      done.countDown();
                    }));

    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    threads.shutdown();
    assertThat(journal.heads("run")).hasSize(8).allMatch(entry -> entry.sequence() == 20);
  }

  static JournalRecord record(String text) {
    return new JournalRecord("note", 1, JsonNodeFactory.instance.objectNode().put("text", text));
  }

  static void assertKind(
      JournalException.Kind kind, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            JournalException.class, thrown -> assertThat(thrown.kind()).isEqualTo(kind));
  }
}
