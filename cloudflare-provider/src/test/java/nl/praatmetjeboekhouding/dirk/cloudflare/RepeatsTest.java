package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;

/** Writes that are sent again. */
class RepeatsTest {

  private final Repeats repeats =
      new Repeats(CallContext.of(Duration.ofSeconds(20)), ManualTime.create());
  private final Deque<FailureKind> failures = new ArrayDeque<>();

  @Test
  void areSentOnceMoreIfALookShowsThatTheyTookNoEffect() {
    fails(FailureKind.TIMEOUT);

    assertThat(repeats.send(this::write, failure -> Optional.empty())).isEqualTo("made");
  }

  @Test
  void areNotSentAgainIfALookShowsWhatTheyMade() {
    fails(FailureKind.TIMEOUT, FailureKind.INVALID);

    assertThat(repeats.send(this::write, failure -> Optional.of("found"))).isEqualTo("found");
  }

  @Test
  void mayHaveTakenEffectAlsoWhereNobodyCanLook() {
    fails(FailureKind.TIMEOUT);

    ProviderException failure =
        failure(() -> repeats.send(this::write, any -> thrown(FailureKind.NOT_SENT)));

    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure).hasMessage("a TIMEOUT; and then: a NOT_SENT");
  }

  @Test
  void areToldAsStoppedIfTheLookIs() {
    fails(FailureKind.TIMEOUT);

    ProviderException failure =
        failure(() -> repeats.send(this::write, any -> thrown(FailureKind.STOPPED)));

    assertThat(failure.kind()).isEqualTo(FailureKind.STOPPED);
    assertThat(failure).hasMessage("a TIMEOUT; and then: a STOPPED");
  }

  @Test
  void tellOfNoAttemptOfWhichALookShowedThatItTookNoEffect() {
    fails(FailureKind.TIMEOUT, FailureKind.INVALID);

    ProviderException failure = failure(() -> repeats.send(this::write, any -> Optional.empty()));

    assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
    assertThat(failure).hasMessage("a INVALID");
  }

  @Test
  void thatNobodyLooksForMayHaveTakenEffectWhateverComesNext() {
    fails(FailureKind.BROKEN_OFF, FailureKind.THROTTLED, FailureKind.NOT_SENT);

    ProviderException failure = failure(() -> repeats.repeat(this::write));

    assertThat(failure.kind()).isEqualTo(FailureKind.BROKEN_OFF);
    assertThat(failure).hasMessage("a BROKEN_OFF; and then: a NOT_SENT");
  }

  private void fails(FailureKind... kinds) {
    failures.addAll(List.of(kinds));
  }

  private String write() {
    return failures.isEmpty() ? "made" : thrown(failures.removeFirst()).orElseThrow();
  }

  private static Optional<String> thrown(FailureKind kind) {
    throw ProviderException.of(kind, "a " + kind);
  }

  private static ProviderException failure(Supplier<String> sent) {
    return catchThrowableOfType(ProviderException.class, sent::get);
  }
}
