package nl.praatmetjeboekhouding.dirk.internal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.model.StepKey;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Guarantees;
import nl.praatmetjeboekhouding.dirk.spi.Sighting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an effect and finds out what became of it. A call whose fate is unknown is looked for until
 * the vendor says that it took effect, or the settle window has passed and the vendor says that it
 * did not; only then is it sent again.
 */
final class Settling {

  private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration JUST = Duration.ofSeconds(1);

  private final Duration settleWindow;
  private final Duration patience;

  /**
   * @param settleWindow how long the vendor's reads may lag behind its writes
   * @param patience how long beyond that an answer is waited for
   */
  Settling(Duration settleWindow, Duration patience) {
    this.settleWindow = settleWindow;
    this.patience = patience;
  }

  /** What came of an effect, and whether it had to be looked for. */
  record Settled<T>(Taken<T> taken, boolean lookedFor) {}

  /**
   * @param since when it was intended
   * @param left when an earlier process sent it, if one may have
   * @param anew runs before the first call of this process, if an earlier one may have sent it; is
   *     told whether that certainly took no effect
   * @param again runs directly before each call but one that is sent as soon as it was intended; is
   *     told whether it may be the second to take effect, because the vendor did not show an
   *     earlier one whose fate was unknown
   */
  <T> Settled<T> settle(
      Effect<T> effect,
      StepKey key,
      Instant since,
      Optional<Instant> left,
      LedgerPauses pauses,
      Consumer<Boolean> anew,
      Consumer<Boolean> again) {
    return new Attempt<>(effect, key, since, left, pauses, anew, again).run();
  }

  /**
   * What became of an effect that an earlier process may have sent; it is never sent from here.
   *
   * @param since when it was intended
   * @param left when it was sent last
   */
  <T> Taken<T> look(
      Effect<T> effect, StepKey key, Instant since, Instant left, LedgerPauses pauses) {
    String why = "an earlier process stopped before it wrote down what came of it";
    Attempt<T> attempt =
        new Attempt<>(effect, key, since, Optional.of(left), pauses, any -> {}, any -> {});
    return attempt.canBeReadBack() ? attempt.lookFor(why) : new Taken.Unknown<>(why);
  }

  private final class Attempt<T> {

    private final Effect<T> effect;
    private final StepKey key;
    private final Instant since;
    private final Optional<Instant> left;
    private final LedgerPauses pauses;
    private final Consumer<Boolean> anew;
    private final Consumer<Boolean> again;
    private final long began;
    private Duration pause = FIRST_PAUSE;
    private boolean looked;
    private boolean sent;
    private boolean mayBeThere;
    private boolean isLeft;

    Attempt(
        Effect<T> effect,
        StepKey key,
        Instant since,
        Optional<Instant> left,
        LedgerPauses pauses,
        Consumer<Boolean> anew,
        Consumer<Boolean> again) {
      this.effect = effect;
      this.key = key;
      this.since = since;
      this.left = left;
      this.pauses = pauses;
      this.anew = anew;
      this.again = again;
      this.isLeft = left.isPresent();
      this.began = pauses.nanoTime();
    }

    Settled<T> run() {
      boolean look = left.isPresent();
      sent = look;
      mayBeThere = look;
      String why = "an earlier process stopped before it wrote down what came of it";
      boolean doubtful = look;
      while (true) {
        Taken<T> taken = look ? lookFor(why) : obstacle().orElseGet(this::send);
        if (look && canBeReadBack() && !taken.isUnknown()) {
          doubtful = false;
        }
        if (taken instanceof Taken.Unknown<T> unknown && !look) {
          why = unknown.why();
          look = true;
          mayBeThere = true;
          doubtful = true;
        } else if (taken instanceof Taken.NotDone<T> notDone && mayTryAgain(notDone)) {
          look = false;
          pauses.pause("try again: " + notDone.why(), nextPause());
        } else {
          return new Settled<>(doubtful ? inDoubt(taken, why) : taken, looked);
        }
      }
    }

    /** A later refusal says nothing of an earlier call whose fate is unknown. */
    private Taken<T> inDoubt(Taken<T> taken, String why) {
      if (taken instanceof Taken.Done<T>) {
        return taken;
      }
      looked = true;
      return observe() instanceof Sighting.Done<T> done
          ? new Taken.Done<>(done.value())
          : new Taken.Unknown<>(why + (taken.isUnknown() ? "" : "; and later: " + taken.why()));
    }

    private boolean canBeReadBack() {
      return effect.guarantee() == Guarantees.Kind.READ_BACK_KEY
          || effect.guarantee() == Guarantees.Kind.NONE;
    }

    /** What makes sending it needless or wrong as things stand; empty if nothing does. */
    private Optional<Taken<T>> obstacle() {
      if (sent && canBeReadBack() && observe() instanceof Sighting.Done<T> done) {
        return Optional.of(new Taken.Done<>(done.value()));
      }
      CallContext call = pauses.call(Looks.CALL);
      try {
        return effect
            .objection(sent, call)
            .map(why -> new Taken.NotDone<>(FailureKind.CONFLICT, why));
      } catch (ProviderException e) {
        pauses.stopIfDetached();
        heed(e);
        FailureKind kind = e.kind().changedNothing() ? e.kind() : FailureKind.UNAVAILABLE;
        return Optional.of(new Taken.NotDone<>(kind, e.getMessage()));
      } catch (RuntimeException | LinkageError e) {
        LOG.error("A provider broke its contract before '{}'", effect.request(), e);
        return Optional.of(
            new Taken.NotDone<>(
                FailureKind.UNREADABLE, "the provider threw " + e.getClass().getName()));
      }
    }

    private Taken<T> send() {
      if (isLeft) {
        anew.accept(canBeReadBack());
        isLeft = false;
      }
      if (sent || !isJustIntended()) {
        again.accept(mayBeThere && canBeReadBack());
      }
      CallContext call = pauses.writingCall(effect.timeout());
      sent = true;
      try {
        return new Taken.Done<>(requireNonNull(effect.apply(key, call), "the provider's answer"));
      } catch (ProviderException e) {
        pauses.stopIfDetached();
        heed(e);
        return e.kind().changedNothing()
            ? new Taken.NotDone<>(e.kind(), e.getMessage())
            : new Taken.Unknown<>(e.getMessage());
      } catch (JournalException e) {
        throw e;
      } catch (RuntimeException | LinkageError e) {
        LOG.error(
            "A provider broke its contract in '{}': it threw {}",
            effect.request(),
            e.toString(),
            e);
        return new Taken.Unknown<>("the provider threw " + e.getClass().getName());
      }
    }

    private boolean isJustIntended() {
      return Duration.ofNanos(pauses.nanoTime() - began).compareTo(JUST) < 0;
    }

    /** Waits at least as long as the vendor asks for, within reason. */
    private void heed(ProviderException failure) {
      if (failure.kind() == FailureKind.THROTTLED) {
        Duration longest = settleWindow.plus(patience);
        pause =
            failure
                .retryAfter()
                .map(asked -> asked.compareTo(longest) < 0 ? asked : longest)
                .filter(asked -> asked.compareTo(pause) > 0)
                .orElse(pause);
      }
    }

    private Taken<T> lookFor(String why) {
      looked = true;
      if (!canBeReadBack()) {
        return isLate()
            ? new Taken.Unknown<>(why)
            : new Taken.NotDone<>(FailureKind.UNAVAILABLE, why);
      }
      long unknownSince = pauses.nanoTime() + stillUnderWay().toNanos();
      while (true) {
        Sighting<T> sighting = observe();
        Duration unknownFor = Duration.ofNanos(pauses.nanoTime() - unknownSince);
        if (sighting instanceof Sighting.Done<T> done) {
          return new Taken.Done<>(done.value());
        }
        if (sighting instanceof Sighting.Superseded<T>) {
          return new Taken.NotDone<>(
              FailureKind.CONFLICT, "it took effect, and somebody else replaced it at once");
        }
        if (sighting instanceof Sighting.Absent<T> && unknownFor.compareTo(settleWindow) >= 0) {
          return new Taken.NotDone<>(
              FailureKind.UNAVAILABLE, "it did not take effect (" + why + ")");
        }
        if (unknownFor.compareTo(settleWindow.plus(patience)) >= 0) {
          return new Taken.Unknown<>(
              why + "; looked for it for " + unknownFor.toSeconds() + " s" + account(sighting));
        }
        pauses.pause("look whether it took effect", nextPause());
      }
    }

    /** For how long a call that an earlier process was left with may still take. */
    private Duration stillUnderWay() {
      return left.filter(sentThen -> isLeft)
          .map(sentThen -> new Wake(sentThen.plus(effect.timeout()), effect.timeout()))
          .map(wake -> wake.left(pauses.instant()))
          .orElse(Duration.ZERO);
    }

    private String account(Sighting<T> sighting) {
      return sighting instanceof Sighting.CannotTell<T> cannotTell
          ? ", but " + cannotTell.why()
          : "";
    }

    private Sighting<T> observe() {
      CallContext call = pauses.call(Looks.CALL);
      try {
        return requireNonNull(effect.observe(key, since, call), "the provider's answer");
      } catch (ProviderException e) {
        pauses.stopIfDetached();
        return new Sighting.CannotTell<>(e.getMessage());
      } catch (RuntimeException | LinkageError e) {
        LOG.error("A provider broke its contract in a look for '{}'", effect.request(), e);
        return new Sighting.CannotTell<>("the provider threw " + e.getClass().getName());
      }
    }

    private boolean mayTryAgain(Taken.NotDone<T> notDone) {
      return switch (notDone.kind()) {
        case NOT_SENT, THROTTLED, UNAVAILABLE -> !isLate();
        default -> false;
      };
    }

    private boolean isLate() {
      Duration sinceBegin = Duration.ofNanos(pauses.nanoTime() - began);
      return sinceBegin.compareTo(settleWindow.plus(patience)) >= 0;
    }

    private Duration nextPause() {
      Duration now = pause;
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
      return now;
    }
  }
}
