package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Runs Workers for real, unless a behaviour was declared for one. */
final class WorkerdEngine implements Engine {

  private static final String MISSING = "x-dirk-sandbox-missing";
  private static final String DATE = "x-dirk-sandbox-compatibility-date";

  private final WorkerdPool pool;
  private final DeclaredEngine declared;

  WorkerdEngine(WorkerdPool pool, DeclaredEngine declared) {
    this.pool = pool;
    this.declared = declared;
  }

  @Override
  public void check(String worker, Version version) {
    if (runsHere(worker, version)) {
      try {
        pool.use(version, process -> {});
      } catch (IOException e) {
        throw new UncheckedIOException("cannot check " + worker, e);
      }
    }
  }

  @Override
  public void answer(String worker, Version version, EdgeRequest request, Reply reply)
      throws IOException {
    if (runsHere(worker, version)) {
      pool.use(version, process -> forward(process, version, request, reply));
    } else {
      declared.answer(worker, version, request, reply);
    }
  }

  private void forward(WorkerdProcess process, Version version, EdgeRequest request, Reply reply)
      throws IOException {
    try (WorkerdCall call = WorkerdCall.send(process.port(), request)) {
      Answer answer = call.isException() ? EdgePage.exception() : call.answer();
      reply.send(differing(answer.with(EdgeServer.ENGINE, "workerd"), version));
    }
  }

  /** Says what is otherwise than at Cloudflare. */
  private Answer differing(Answer answer, Version version) {
    List<String> missing = WorkerdConfig.missing(version);
    Answer told = missing.isEmpty() ? answer : answer.with(MISSING, String.join(", ", missing));
    return pool.lowered(version).map(date -> told.with(DATE, date)).orElse(told);
  }

  /** A Worker of assets only has nothing to run. */
  private boolean runsHere(String worker, Version version) {
    return !declared.has(worker) && !version.code().main().isEmpty();
  }

  @Override
  public void close() {
    pool.close();
  }
}
