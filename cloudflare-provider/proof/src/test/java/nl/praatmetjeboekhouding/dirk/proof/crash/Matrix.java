package nl.praatmetjeboekhouding.dirk.proof.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/** Kills processes at their boundaries and compares what came of it with undisturbed runs. */
final class Matrix {

  private static final List<Scenario> SCENARIOS = List.of(Scenario.values());

  private record Undisturbed(Map<String, String> end, List<String> boundaries, List<Write> writes) {

    private List<Death> deaths() {
      List<Death> deaths = new ArrayList<>();
      for (int boundary = 0; boundary < boundaries.size(); boundary++) {
        deaths.add(new Death(Death.Kind.JOURNAL, boundary, boundaries.get(boundary)));
      }
      for (int write = 0; write < writes.size(); write++) {
        for (Death.Kind kind : Death.Kind.values()) {
          if (kind != Death.Kind.JOURNAL) {
            deaths.add(new Death(kind, write, writes.get(write).toString()));
          }
        }
      }
      return deaths;
    }
  }

  private record Trial(Scenario scenario, List<Death> deaths) {}

  private final Path folder;
  private final Map<Scenario, Undisturbed> undisturbed = new EnumMap<>(Scenario.class);

  /**
   * @param folder for what the runs leave; emptied run by run
   */
  Matrix(Path folder) {
    this.folder = folder;
  }

  /** Every boundary of every scenario, and some of two kills in a row. */
  List<ProofFile.Line> all(long seed, int pairs) {
    List<Trial> trials = singles();
    trials.addAll(pairs(new Random(seed), pairs));
    return run(trials);
  }

  /** Some boundaries of all scenarios. */
  List<ProofFile.Line> sample(long seed, int singles, int pairs) {
    Random random = new Random(seed);
    List<Trial> trials = singles();
    Collections.shuffle(trials, random);
    List<Trial> chosen = new ArrayList<>(trials.subList(0, singles));
    chosen.addAll(pairs(random, pairs));
    return run(chosen);
  }

  private List<Trial> singles() {
    List<Trial> trials = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      undisturbed(scenario)
          .deaths()
          .forEach(death -> trials.add(new Trial(scenario, List.of(death))));
    }
    return trials;
  }

  private List<Trial> pairs(Random random, int count) {
    List<Trial> trials = new ArrayList<>();
    for (int pair = 0; pair < count; pair++) {
      Scenario scenario = SCENARIOS.get(pair % SCENARIOS.size());
      List<Death> deaths = undisturbed(scenario).deaths();
      Death first = deaths.get(random.nextInt(deaths.size()));
      int second = random.nextInt(10);
      trials.add(
          new Trial(
              scenario,
              List.of(first, new Death(Death.Kind.JOURNAL, second, "boundary " + second))));
    }
    return trials;
  }

  private synchronized Undisturbed undisturbed(Scenario scenario) {
    return undisturbed.computeIfAbsent(scenario, this::undisturb);
  }

  private Undisturbed undisturb(Scenario scenario) {
    return in(
        scenario,
        site -> {
          List<String> boundaries = site.finish();
          Map<String, String> end = site.end();
          List<String> wrong = site.wrong();
          if (!scenario.outcome().name().equals(end.get("outcome")) || !wrong.isEmpty()) {
            throw new IllegalStateException(scenario + ", undisturbed: " + end + " " + wrong);
          }
          return new Undisturbed(end, boundaries, site.writes());
        });
  }

  /** A few at once: they mostly wait, for processes to start and for time to pass. */
  private List<ProofFile.Line> run(List<Trial> trials) {
    ExecutorService executor =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() + 1);
    try {
      List<Callable<ProofFile.Line>> work = new ArrayList<>();
      trials.forEach(trial -> work.add(() -> line(trial)));
      List<ProofFile.Line> lines = new ArrayList<>();
      for (Future<ProofFile.Line> line : executor.invokeAll(work)) {
        lines.add(line.get());
      }
      return lines;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      executor.shutdownNow();
    }
  }

  private ProofFile.Line line(Trial trial) {
    Undisturbed expected = undisturbed(trial.scenario());
    String name =
        trial.scenario()
            + ", killed "
            + String.join(", then ", trial.deaths().stream().map(Death::toString).toList());
    String seen;
    try {
      seen =
          in(
              trial.scenario(),
              site -> {
                for (Death death : trial.deaths()) {
                  boolean unused = site.die(death, expected.writes());
                }
                List<String> unused = site.finish();
                List<String> wrong = site.wrong();
                return site.end() + (wrong.isEmpty() ? "" : " but " + wrong);
              });
    } catch (RuntimeException e) {
      seen = e.toString();
    }
    String end = expected.end().toString();
    return new ProofFile.Line(name, end, seen, end.equals(seen));
  }

  private interface Work<T> {
    T on(Site site) throws InterruptedException;
  }

  private <T> T in(Scenario scenario, Work<T> work) {
    try {
      Path place = Files.createTempDirectory(folder, "site");
      try (Site site = new Site(scenario, place)) {
        return work.on(site);
      } finally {
        delete(place);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path place) throws IOException {
    try (Stream<Path> found = Files.walk(place)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
