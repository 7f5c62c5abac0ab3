package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** The API as it is reached: faults first, then the operation, and every request in the log. */
final class ApiServer implements LocalServer.Handler {

  static final String PREFIX = "/client/v4";

  private static final int NO_ANSWER = 0;
  private static final String PAGE = "<!DOCTYPE html><title>Just a moment...</title>";

  private final Account account;
  private final TimeSource time;
  private final Router router;
  private final Cancellation closing;
  private final FaultDesk<Fault> faults = new FaultDesk<>();
  private final RequestLog<ApiCall> calls = new RequestLog<>();
  private final AtomicLong rays = new AtomicLong();

  ApiServer(Account account, Router router, Cancellation closing) {
    this.account = account;
    this.time = account.time;
    this.router = router;
    this.closing = closing;
  }

  PlantedFault plant(Fault fault) {
    return faults.plant(fault, fault.spared(), fault.times());
  }

  List<ApiCall> calls() {
    return calls.entries();
  }

  @Override
  public void handle(Request request, Reply reply) throws IOException {
    String path =
        request.path().startsWith(PREFIX)
            ? request.path().substring(PREFIX.length())
            : request.path();
    Optional<FaultDesk.Entry<Fault>> entry =
        faults.next(fault -> fault.meets(request.method(), path));
    Exchange exchange = new Exchange(request, path, reply, entry.isPresent());
    if (entry.isPresent()) {
      exchange.answerFaulty(entry.get());
    } else {
      exchange.send(router.answer(request, path));
    }
  }

  private final class Exchange {

    private final Request request;
    private final String path;
    private final Reply reply;
    private final boolean faulty;

    private Exchange(Request request, String path, Reply reply, boolean faulty) {
      this.request = request;
      this.path = path;
      this.reply = reply;
      this.faulty = faulty;
    }

    private void answerFaulty(FaultDesk.Entry<Fault> entry) throws IOException {
      Fault fault = entry.fault();
      switch (fault.kind()) {
        case STATUS_BEFORE -> send(planted(fault), true);
        case STATUS_AFTER -> send(planted(fault), done(fault).known());
        case DROP_BEFORE -> note(NO_ANSWER, true);
        case DROP_AFTER -> note(NO_ANSWER, done(fault).known());
        case HANG_BEFORE -> {
          if (time.pause(fault.pause(), closing) && entry.planted().awaitRelease()) {
            send(done(fault));
          }
        }
        case HANG_AFTER -> {
          Router.Outcome outcome = done(fault);
          if (time.pause(fault.pause(), closing) && entry.planted().awaitRelease()) {
            send(outcome);
          }
        }
        case TRUNCATED -> {
          Router.Outcome outcome = done(fault);
          send(half(outcome.answer()), outcome.known());
        }
        case CUT -> {
          Router.Outcome outcome = done(fault);
          send(cut(outcome.answer()), outcome.known());
        }
        case HTML -> send(Answer.html(fault.status(), PAGE), true);
        case DELAY -> {
          if (time.pause(fault.pause(), closing)) {
            send(done(fault));
          }
        }
      }
    }

    /** Does what was asked, so that reads show it as late as the fault says. */
    private Router.Outcome done(Fault fault) {
      return account.lagging(fault.unseen(), () -> router.answer(request, path));
    }

    private void send(Router.Outcome outcome) throws IOException {
      send(outcome.answer(), outcome.known());
    }

    private void send(Answer answer, boolean known) throws IOException {
      note(answer.status(), known);
      ExchangeLog.given().ifPresent(log -> log.add(request, path, answer, faulty));
      reply.send(answer.with("cf-ray", "%016x-SBX".formatted(rays.incrementAndGet())));
    }

    private void note(int status, boolean known) {
      Map<String, String> annotations = ApiRequest.annotations(request);
      calls.add(
          number ->
              new ApiCall(
                  number,
                  time.instant(),
                  request.method(),
                  path,
                  request.rawQuery(),
                  annotations,
                  status,
                  known,
                  faulty));
    }
  }

  private static Answer planted(Fault fault) {
    Answer answer = Result.refused(fault.status(), fault.code(), fault.message());
    return fault.status() == 429
        ? answer.with("retry-after", Long.toString(fault.pause().toSeconds()))
        : answer;
  }

  private static Answer half(Answer answer) throws IOException {
    return Answer.of(answer.status(), "application/json", firstHalf(answer));
  }

  /** Promises the whole and breaks off after half of it. */
  private static Answer cut(Answer answer) throws IOException {
    Bytes half = firstHalf(answer);
    return new Answer(
        answer.status(),
        answer.headers(),
        answer.length(),
        out -> {
          out.write(half.array());
          out.flush();
          throw new IOException("cut, as was planted");
        });
  }

  private static Bytes firstHalf(Answer answer) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    answer.body().writeTo(whole);
    return Bytes.of(Arrays.copyOf(whole.toByteArray(), whole.size() / 2));
  }
}
