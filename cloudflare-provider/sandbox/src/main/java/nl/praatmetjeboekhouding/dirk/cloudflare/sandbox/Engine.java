package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.io.IOException;

/** Runs versions of Workers. Safe for use by several threads. */
interface Engine extends AutoCloseable {

  /**
   * Makes sure that a version starts.
   *
   * @throws Refusal if it does not
   */
  void check(String worker, Version version);

  /** Has a version answer a request. */
  void answer(String worker, Version version, EdgeRequest request, Reply reply) throws IOException;

  @Override
  void close();
}
