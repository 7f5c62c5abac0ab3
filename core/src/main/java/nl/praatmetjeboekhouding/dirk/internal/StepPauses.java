package nl.praatmetjeboekhouding.dirk.internal;

import static nl.praatmetjeboekhouding.dirk.time.Cancellation.Kind.DETACH;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.journal.SentRequests;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.run.RunListener;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** How one step of a run waits and calls. */
final class StepPauses implements LedgerPauses {

  private final String step;
  private final RunProgress progress;
  private final Leases leases;
  private final TimeSource time;
  private final Cancellation cancellation;
  private final Optional<Expiry> expiry;
  private final Heard heard = new Heard();

  /**
   * @param cancellation what ends its waits and calls early
   * @param expiry when its waits end at the latest
   */
  StepPauses(
      String step,
      RunProgress progress,
      Leases leases,
      TimeSource time,
      Cancellation cancellation,
      Optional<Expiry> expiry) {
    this.step = step;
    this.progress = progress;
    this.leases = leases;
    this.time = time;
    this.cancellation = cancellation;
    this.expiry = expiry;
  }

  /** What was sent to the vendor so far. */
  SentRequests requests() {
    return heard.requests();
  }

  @Override
  public long nanoTime() {
    return time.nanoTime();
  }

  @Override
  public Instant instant() {
    return time.instant();
  }

  @Override
  public void pause(String why, Duration pause) {
    if (pause.isZero()) {
      return;
    }
    RunListener.Waiting waiting =
        new RunListener.Waiting(progress.run(), step, Sentence.plain(why), pause);
    progress.hear(listener -> listener.waiting(waiting));
    Duration slice = Leases.RENEWED_WITHIN;
    for (Duration left = pause; left.compareTo(Duration.ZERO) > 0; left = left.minus(slice)) {
      leases.renewDue();
      if (!time.pause(left.compareTo(slice) < 0 ? left : slice, cancellation)) {
        throw RunStopped.of(cancellation.stop().orElseThrow());
      }
      stopIfExpired();
    }
  }

  private void stopIfExpired() {
    Instant now = time.instant();
    expiry
        .filter(out -> out.isPast(now))
        .ifPresent(
            out -> {
              throw out.stop();
            });
  }

  @Override
  public CallContext call(Duration timeout) {
    leases.cover(timeout);
    return new CallContext(timeout, cancellation, heard::add);
  }

  @Override
  public CallContext writingCall(Duration timeout) {
    leases.assure(timeout);
    return new CallContext(timeout, cancellation, heard::add);
  }

  @Override
  public void output(String line) {
    leases.renewDue();
    progress.hear(
        listener -> listener.output(new RunListener.OutputWritten(progress.run(), step, line)));
  }

  @Override
  public void tell(Reading reading, String remark) {
    RunListener.ReadingTaken taken =
        new RunListener.ReadingTaken(progress.run(), step, reading, Sentence.plain(remark));
    progress.hear(listener -> listener.reading(taken));
  }

  @Override
  public void stopIfDetached() {
    Ledger.heedInterrupt(cancellation);
    cancellation
        .stop()
        .filter(stop -> stop.kind() == DETACH)
        .ifPresent(
            stop -> {
              throw RunStopped.of(stop);
            });
  }
}
