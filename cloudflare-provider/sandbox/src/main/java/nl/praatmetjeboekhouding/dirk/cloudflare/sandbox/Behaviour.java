package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

/**
 * A Worker in Java, for where its modules do not run. Called by several threads at once; what it
 * throws is answered as Cloudflare answers an exception of a Worker: 500 with code 1101.
 */
@FunctionalInterface
public interface Behaviour {

  /** Answers one request. */
  WorkerAnswer answer(WorkerRequest request);
}
