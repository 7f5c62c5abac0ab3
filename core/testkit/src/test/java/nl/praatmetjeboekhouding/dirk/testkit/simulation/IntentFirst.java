package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;

/**
 * Notes down what it is about to do, and looks for it before it does it again. Compares what serves
 * with what served when it began, directly before and after the switch.
 *
 * @param settle for how long it looks for what is not to be seen
 */
record IntentFirst(Duration settle) implements Strategy {

  private static final int ATTEMPTS = 10;

  @Override
  public Ending deploy(Bench bench) {
    String base = bench.noted("base").orElseGet(() -> bench.note("base", active(bench)));
    Optional<String> version = upload(bench);
    return version.map(uploaded -> activate(bench, base, uploaded)).orElse(Ending.FAILED);
  }

  private Optional<String> upload(Bench bench) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<String> done =
          bench.noted("upload").or(() -> found(bench, "upload", bench::findUpload));
      if (done.isPresent()) {
        return done;
      }
      String unused = bench.note("upload intended", "");
      try {
        return Optional.of(bench.note("upload", bench.upload()));
      } catch (ProviderException e) {
        bench.pause();
      }
    }
    return Optional.empty();
  }

  private Ending activate(Bench bench, String base, String version) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Optional<String> done =
          bench.noted("switch").or(() -> found(bench, "switch", bench::findActivation));
      if (done.isPresent()) {
        return serves(bench, base, done.get()) ? Ending.OK : Ending.STOPPED;
      }
      if (!active(bench).equals(base)) {
        return Ending.STOPPED;
      }
      String unused = bench.note("switch intended", "");
      try {
        String unusedAgain = bench.note("switch", bench.activate(version));
      } catch (ProviderException e) {
        bench.pause();
      }
    }
    return Ending.FAILED;
  }

  /** What became of a step that was intended; empty if it was not, or did nothing. */
  private Optional<String> found(Bench bench, String step, Supplier<Optional<String>> look) {
    if (bench.noted(step + " intended").isEmpty()) {
      return Optional.empty();
    }
    long until = bench.now() + settle.toNanos();
    while (true) {
      Optional<String> seen = answered(bench, look);
      if (seen.isPresent() || bench.now() >= until) {
        return seen.map(done -> bench.note(step, done));
      }
      bench.pause();
    }
  }

  /** Whether nobody else's deployment is to be seen. */
  private boolean serves(Bench bench, String base, String own) {
    long until = bench.now() + settle.toNanos();
    while (true) {
      String active = active(bench);
      if (!active.equals(base) || bench.now() >= until) {
        return active.equals(own) || (active.equals(base) && settle.isZero());
      }
      bench.pause();
    }
  }

  private static String active(Bench bench) {
    return answered(bench, bench::active).orElse("nothing");
  }

  private static <T> T answered(Bench bench, Supplier<T> question) {
    while (true) {
      try {
        return question.get();
      } catch (ProviderException e) {
        bench.pause();
      }
    }
  }

  @Override
  public String toString() {
    return settle.isZero() ? "intent + one read-back" : "intent + settled read-back";
  }
}
