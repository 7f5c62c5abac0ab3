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

  private record Aimed(EdgeFault fault, String host) {}

  private record Chosen(String worker, Version version) {}

  private final Account account;
  private final Hosts hosts;
  private final Engine engine;
  private final Random random;
  private final Cancellation closing;
  private final FaultDesk<Aimed> faults = new FaultDesk<>();

  EdgeServer(Account account, Engine engine, long seed, Cancellation closing) {
    this.account = account;
    this.hosts = new Hosts(account);
    this.engine = engine;
    this.random = new Random(seed);
    this.closing = closing;
  }

  PlantedFault plant(String host, EdgeFault fault) {
    return faults.plant(new Aimed(fault, host.toLowerCase(Locale.ROOT)), 0, fault.times());
  }

  @Override
  public void handle(Request request, Reply reply) throws IOException {
    EdgeRequest asked = new EdgeRequest(request, host(request));
    Optional<FaultDesk.Entry<Aimed>> entry =
        faults.next(aimed -> aimed.host().equals("*") || aimed.host().equals(asked.host()));
    if (entry.isEmpty() || answerFaulty(entry.get(), reply)) {
      answer(asked, reply);
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

  private void answer(EdgeRequest request, Reply reply) throws IOException {
    Optional<Hosts.Found> found =
        account.locked(() -> hosts.find(request.host(), request.http().path()));
    if (found.isEmpty()) {
      reply.send(EdgePage.unknownHost());
      return;
    }
    Optional<Chosen> chosen = account.locked(() -> choose(found.get(), request.http()));
    if (chosen.isEmpty()) {
      reply.send(EdgePage.nothingDeployed());
      return;
    }
    engine.answer(chosen.get().worker(), chosen.get().version(), request, reply);
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
