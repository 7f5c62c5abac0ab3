package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/** Does each step until it works, and notes down what was done: what engines do by themselves. */
record CheckpointAfter() implements Strategy {

  private static final int ATTEMPTS = 5;

  @Override
  public Ending deploy(Bench bench) {
    return step(bench, "upload", bench::upload)
        .flatMap(version -> step(bench, "switch", () -> bench.activate(version)))
        .map(switched -> Ending.OK)
        .orElse(Ending.FAILED);
  }

  private static Optional<String> step(Bench bench, String name, Supplier<String> step) {
    Optional<String> done = bench.noted(name);
    for (int attempt = 1; attempt <= ATTEMPTS && done.isEmpty(); attempt++) {
      try {
        done = Optional.of(step.get());
        bench.note(name, done.get());
      } catch (ProviderException e) {
        bench.pause();
      }
    }
    return done;
  }

  @Override
  public String toString() {
    return "checkpoint after each step (durable execution by default)";
  }
}
