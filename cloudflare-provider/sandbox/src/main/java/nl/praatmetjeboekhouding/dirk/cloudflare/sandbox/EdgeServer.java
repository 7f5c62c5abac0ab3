package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;

/** The edge as it is reached: the host says which Worker, the deployment says which version. */
final class EdgeServer implements LocalServer.Handler {

  /** Says in an answer what ran the Worker. */
  static final String ENGINE = "x-dirk-sandbox";

  private static final String LOCALHOST = ".localhost";
  private static final int NO_ANSWER = 0;

  private record Aimed(EdgeFault fault, String host) {}

  private record Chosen(String worker, Version version) {}

  private final Account account;
  private final Hosts hosts;
  private final Engine engine;
  private final Random random;
  private final Cancellation closing;
  private final FaultDesk<Aimed> faults = new FaultDesk<>();
  private final RequestLog<EdgeVisit> visits = new RequestLog<>();

  EdgeServer(Account account, Engine engine, long seed, Cancellation closing) {
    this.account = account;
    this.hosts = new Hosts(account);
    this.engine = engine;
    this.random = new Random(seed);
    this.closing = closing;
  }

  PlantedFault plant(String host, EdgeFault fault) {
    return faults.plant(
        new Aimed(fault, host.toLowerCase(Locale.ROOT)), fault.spared(), fault.times());
  }

  List<EdgeVisit> visits() {
    return visits.entries();
  }

  @Override
  public void handle(Request request, Reply reply) throws IOException {
    EdgeRequest asked = new EdgeRequest(request, host(request));
    Optional<FaultDesk.Entry<Aimed>> entry =
        faults.next(aimed -> aimed.host().equals("*") || aimed.host().equals(asked.host()));
    Visit visit = new Visit(asked, entry.isPresent());
    reply.witness(visit::note);
    try {
      if (entry.isEmpty() || answerFaulty(entry.get(), reply)) {
        answer(visit, reply);
      }
    } finally {
      if (!reply.sent()) {
        visit.note(NO_ANSWER);
      }
    }
  }

  /** What becomes of one request. */
  private final class Visit {

    private final EdgeRequest request;
    private final boolean faulty;
    private Optional<Chosen> chosen = Optional.empty();
    private Optional<String> worker = Optional.empty();

    private Visit(EdgeRequest request, boolean faulty) {
      this.request = request;
      this.faulty = faulty;
    }

    private void note(int status) {
      visits.add(
          number ->
              new EdgeVisit(
                  number,
                  account.time.instant(),
                  request.http().method(),
                  request.host(),
                  request.http().path(),
                  worker,
                  chosen.map(each -> each.version().id()),
                  status,
                  faulty));
    }
  }

  /** Whether the Worker is to answer all the same. */
  private boolean answerFaulty(FaultDesk.Entry<Aimed> entry, Reply reply) throws IOException {
    EdgeFault fault = entry.fault().fault();
    switch (fault.kind()) {
      case STATUS -> reply.send(EdgePage.planted(fault.status()));
      case HANG -> {
        return entry.planted().awaitRelease();
      }
      case DROP -> {}
      case HUGE -> reply.send(huge(fault.size()));
      case REDIRECT ->
          reply.send(
              Answer.text(fault.status(), "")
                  .with("location", fault.location().orElseThrow().toString()));
      case SLOW -> {
        return account.time.pause(fault.pause(), closing);
      }
    }
    return false;
  }

  private void answer(Visit visit, Reply reply) throws IOException {
    EdgeRequest request = visit.request;
    account.locked(
        () -> {
          Optional<Hosts.Found> found = hosts.find(request.host(), request.http().path());
          visit.worker = found.map(each -> each.script().name);
          visit.chosen = found.flatMap(each -> choose(each, request.http()));
          return visit;
        });
    if (visit.worker.isEmpty()) {
      reply.send(EdgePage.unknownHost());
    } else if (visit.chosen.isEmpty()) {
      reply.send(EdgePage.nothingDeployed());
    } else {
      Chosen chosen = visit.chosen.get();
      Assets assets = chosen.version().code().assets();
      Optional<Answer> asset = assets.at(request.http());
      if (asset.isPresent()) {
        reply.send(asset.get());
      } else if (assets.present() && chosen.version().code().main().isEmpty()) {
        reply.send(assets.notFound());
      } else {
        engine.answer(chosen.worker(), chosen.version(), request, reply);
      }
    }
  }

  private Optional<Chosen> choose(Hosts.Found found, Request request) {
    Script script = found.script();
    Optional<Version> version =
        found.preview().isPresent()
            ? found.preview()
            : script
                .served(account.time.nanoTime())
                .flatMap(rollout -> script.version(versionId(rollout, script.name, request)));
    return version.map(each -> new Chosen(script.name, each));
  }

  private String versionId(Rollout rollout, String worker, Request request) {
    List<String> headers = request.headers().getOrDefault(Overrides.HEADER, List.of());
    Optional<String> wanted =
        headers.isEmpty() ? Optional.empty() : Overrides.wanted(headers, worker);
    return wanted.filter(rollout::has).orElseGet(() -> drawn(rollout));
  }

  private String drawn(Rollout rollout) {
    double at = random.nextDouble() * 100;
    for (Share share : rollout.shares()) {
      at -= share.percentage();
      if (at < 0) {
        return share.versionId();
      }
    }
    return rollout.shares().stream()
        .filter(share -> share.percentage() > 0)
        .findFirst()
        .orElseThrow()
        .versionId();
  }

  /** Without the port, and without the {@code .localhost} that lets browsers find the way here. */
  private static String host(Request request) {
    String host =
        request.header("host").orElse("").toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
    return host.endsWith(LOCALHOST) ? host.substring(0, host.length() - LOCALHOST.length()) : host;
  }

  private static Answer huge(long size) {
    byte[] block = new byte[64 * 1024];
    Answer head = Answer.text(200, "");
    return new Answer(
        200,
        head.headers(),
        size,
        out -> {
          for (long left = size; left > 0; left -= block.length) {
            out.write(block, 0, (int) Math.min(left, block.length));
          }
        });
  }
}
