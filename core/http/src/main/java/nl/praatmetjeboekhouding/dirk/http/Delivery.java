package nl.praatmetjeboekhouding.dirk.http;

import io.github.resilience4j.retry.Retry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.VendorRequest;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A question under way: sent, sent again where that may help and there is time for it, and ended
 * once. Its attempts follow each other on the threads of its exchange; whoever ends it may be on
 * any thread.
 */
final class Delivery {

  private final Exchange exchange;
  private final Question question;
  private final Retry.AsyncContext<ApiAnswer> retry;
  private final Duration timeout;
  private final TimeSource time;
  private final long began;
  private final Cancellation halt = Cancellation.create();
  private final List<Cancellation.Registration> registrations = new CopyOnWriteArrayList<>();
  private final CompletableFuture<ApiAnswer> answer = new CompletableFuture<>();
  private final Consumer<VendorRequest> audit;
  private volatile Departure departure = new Departure(this::isLate);
  private volatile Optional<Telling> telling = Optional.empty();
  private volatile Duration allowed;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile int status;
  private volatile @Nullable ProviderException unknown;

  Delivery(
      Exchange exchange,
      Question question,
      Retry.AsyncContext<ApiAnswer> retry,
      CallContext call,
      TimeSource time) {
    this.exchange = exchange;
    this.question = question;
    this.retry = retry;
    this.timeout = call.timeout();
    this.audit = call.audit();
    this.time = time;
    allowed = timeout;
    began = time.nanoTime();
  }

  /** The good answer, or what went wrong. */
  CompletableFuture<ApiAnswer> answer() {
    return answer;
  }

  /** Begins, unless one of the two is stopped already; ends as soon as one is. */
  void start(Cancellation caller, Cancellation owner) {
    registrations.add(caller.onStop(() -> stop(reason(caller))));
    registrations.add(owner.onStop(this::close));
    if (answer.isDone()) {
      free();
    } else {
      attempt(timeout);
    }
  }

  private void free() {
    registrations.forEach(Cancellation.Registration::close);
    halt.cancel("it is over");
  }

  private static String reason(Cancellation caller) {
    return caller.stop().map(Cancellation.Stop::reason).orElse("by the caller");
  }

  /** Ends it because nobody wants its answer any more. */
  void stop(String why) {
    departure.callOff();
    end(question.failed(FailureKind.STOPPED, "stopped: " + why, null));
  }

  /** Ends it, if it has not ended, because the caller's time is over, wherever it may hang. */
  void expire() {
    if (!answer.isDone()) {
      end(
          departure.callOff()
              ? Breaks.unsentFor(question, timeout)
              : Breaks.late(question, delay(timeout)));
    }
  }

  private void close() {
    end(
        departure.callOff()
            ? question.failed(FailureKind.NOT_SENT, "not sent; the API was closed", null)
            : question.failed(FailureKind.STOPPED, "the API was closed meanwhile", null));
  }

  private void attempt(Duration left) {
    question.budget().ifPresentOrElse(budget -> sendInTurn(budget, left), () -> send(left));
  }

  /** Sends it once its turn has come; what would wait too long for that is not sent. */
  private void sendInTurn(RequestBudget budget, Duration left) {
    Duration wait = budget.turn();
    if (wait.isZero()) {
      send(left);
    } else if (wait.compareTo(left.dividedBy(2)) > 0) {
      leave(budget, wait);
    } else {
      try {
        exchange.aside(() -> sendAfter(wait, budget));
      } catch (RejectedExecutionException e) {
        leave(budget, wait);
      }
    }
  }

  private void sendAfter(Duration wait, RequestBudget budget) {
    if (time.pause(wait, halt) && !isLate()) {
      send(left());
    } else {
      leave(budget, wait);
    }
  }

  private void leave(RequestBudget budget, Duration wait) {
    budget.giveBack();
    end(Breaks.outOfTurn(question, budget.limit(), wait));
  }

  private void send(Duration left) {
    Departure leaving = new Departure(this::isLate);
    departure = leaving;
    Telling told = exchange.telling(question, leaving, audit);
    telling = Optional.of(told);
    status = 0;
    allowed = exchange.allowed(share(left, attempts.incrementAndGet()));
    Call call = exchange.call(question, leaving, allowed);
    halt.onStop(call::cancel);
    call.enqueue(new Answering(told));
  }

  /**
   * How much of the time that is left an attempt gets: a read whose answer never comes must leave
   * some for another.
   */
  private Duration share(Duration left, int attempt) {
    return question.isRead() && attempt < RetryRules.ATTEMPTS ? left.dividedBy(2) : left;
  }

  /** Hears of one attempt. */
  private final class Answering implements Callback {

    private final Telling told;

    Answering(Telling told) {
      this.told = told;
    }

    @Override
    public void onResponse(Call call, Response response) {
      status = response.code();
      told.answered(response);
      question
          .budget()
          .ifPresent(
              budget ->
                  budget.heard(
                      response.code(), Answers.headers(response.headers()), time.instant()));
      answered(response);
    }

    @Override
    public void onFailure(Call call, IOException thrown) {
      told.unanswered();
      unanswered(thrown);
    }
  }

  private void answered(Response response) {
    ApiAnswer good;
    try (response) {
      good = exchange.judged(question, response);
    } catch (NotJson e) {
      failed(e.told(), e);
      return;
    } catch (IOException e) {
      failed(Breaks.of(question, e, departure.isGone(), delay(allowed)));
      return;
    } catch (ProviderException e) {
      failed(e);
      return;
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
      free();
      return;
    }
    retry.onComplete();
    answer.complete(good);
    free();
  }

  private void unanswered(IOException thrown) {
    failed(
        departure.isCalledOff()
            ? Breaks.unsentFor(question, timeout)
            : Breaks.of(question, thrown, departure.isGone(), delay(allowed)));
  }

  private void failed(ProviderException failure) {
    failed(failure, failure);
  }

  /**
   * @param thrown what the rules decide by
   */
  private void failed(ProviderException failure, Exception thrown) {
    if (answer.isDone()) {
      return;
    }
    if (!failure.kind().changedNothing()) {
      unknown = failure;
    }
    long wait = retry.onError(thrown);
    if (wait < 0 || left().toMillis() <= wait) {
      end(failure);
      return;
    }
    try {
      exchange.aside(() -> again(Duration.ofMillis(wait), failure));
    } catch (RejectedExecutionException e) {
      end(failure);
    }
  }

  private void again(Duration wait, ProviderException failure) {
    if (time.pause(wait, halt) && left().toMillis() > 0) {
      attempt(left());
    } else {
      end(failure);
    }
  }

  private boolean isLate() {
    Duration left = left();
    return left.isZero() || left.isNegative();
  }

  private Delay delay(Duration longest) {
    Duration sinceFirst = Duration.ofNanos(time.nanoTime() - began);
    return new Delay(status, attempts.get(), longest, sinceFirst);
  }

  private Duration left() {
    return timeout.minusNanos(time.nanoTime() - began);
  }

  /** What may have changed something once is not told as if it had not. */
  private void end(ProviderException failure) {
    ProviderException earlier = unknown;
    telling.ifPresent(Telling::unanswered);
    boolean hides = earlier != null && !question.isRead() && failure.kind().changedNothing();
    answer.completeExceptionally(hides ? earlier : failure);
    free();
  }
}
