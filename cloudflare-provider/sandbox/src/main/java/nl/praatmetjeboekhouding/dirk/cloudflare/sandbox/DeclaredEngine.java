package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers for Workers with behaviours in Java. */
final class DeclaredEngine implements Engine {

  private static final Logger log = LoggerFactory.getLogger(DeclaredEngine.class);

  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();

  void declare(String worker, Behaviour behaviour) {
    behaviours.put(worker, behaviour);
  }

  boolean has(String worker) {
    return behaviours.containsKey(worker);
  }

  @Override
  public void check(String worker, Version version) {}

  @Override
  public void answer(String worker, Version version, EdgeRequest request, Reply reply)
      throws IOException {
    reply.send(ask(worker, version, request).with(EdgeServer.ENGINE, "declared"));
  }

  private Answer ask(String worker, Version version, EdgeRequest request) {
    Behaviour behaviour = behaviours.getOrDefault(worker, DeclaredEngine::introduce);
    try {
      WorkerAnswer answer =
          behaviour.answer(
              new WorkerRequest(
                  worker,
                  WorkerVersion.of(version),
                  request.http().method(),
                  URI.create(request.url()),
                  request.http().headers(),
                  request.http().body().utf8()));
      Answer sent = Answer.text(answer.status(), answer.body());
      for (Map.Entry<String, String> header : answer.headers().entrySet()) {
        sent = sent.with(header.getKey(), header.getValue());
      }
      return sent;
    } catch (RuntimeException e) {
      log.debug("the behaviour of {} threw", worker, e);
      return EdgePage.exception();
    }
  }

  private static WorkerAnswer introduce(WorkerRequest request) {
    return WorkerAnswer.json(
        Json.object()
            .put("worker", request.worker())
            .put("version", request.version().id())
            .put("tag", request.version().annotations().getOrDefault("workers/tag", ""))
            .toString());
  }

  @Override
  public void close() {}
}
