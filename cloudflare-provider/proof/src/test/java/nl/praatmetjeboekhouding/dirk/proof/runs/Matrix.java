package nl.praatmetjeboekhouding.dirk.proof.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.journal.jdbc.Postgres;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/** Kills processes at their boundaries and compares what came of it with undisturbed runs. */
final class Matrix {

  /** Where the runs of a matrix are written down. */
  enum Kept {
    IN_A_FOLDER("FileJournal"),
    IN_A_DATABASE("JdbcJournal");

    private final String words;

    Kept(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** What is asked for, and where it is written down. */
  private record Cell(Scenario scenario, Kept kept) {}

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

  private record Trial(Cell cell, List<Death> deaths) {}

  private final Path folder;
  private final Postgres server;
  private final List<Cell> cells = new ArrayList<>();
  private final Map<Cell, Undisturbed> undisturbed = new HashMap<>();

  /**
   * @param folder for what the runs leave; emptied run by run
   * @param server for the journals that are in a database
   */
  Matrix(Path folder, Postgres server, List<Scenario> scenarios) {
    this.folder = folder;
    this.server = server;
    for (Scenario scenario : scenarios) {
      for (Kept kept : Kept.values()) {
        cells.add(new Cell(scenario, kept));
      }
    }
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
    for (Cell cell : cells) {
      undisturbed(cell).deaths().forEach(death -> trials.add(new Trial(cell, List.of(death))));
    }
    return trials;
  }

  private List<Trial> pairs(Random random, int count) {
    List<Trial> trials = new ArrayList<>();
    for (int pair = 0; pair < count; pair++) {
      Cell cell = cells.get(pair % cells.size());
      List<Death> deaths = undisturbed(cell).deaths();
      Death first = deaths.get(random.nextInt(deaths.size()));
      int second = random.nextInt(10);
      trials.add(
          new Trial(
              cell, List.of(first, new Death(Death.Kind.JOURNAL, second, "boundary " + second))));
    }
    return trials;
  }

  private synchronized Undisturbed undisturbed(Cell cell) {
    return undisturbed.computeIfAbsent(cell, this::undisturb);
  }

  private Undisturbed undisturb(Cell cell) {
    return in(
        cell,
        site -> {
          List<String> boundaries = site.finish();
          Map<String, String> end = site.end();
          List<String> wrong = site.wrong();
          Scenario scenario = cell.scenario();
          if (!scenario.outcome().name().equals(end.get("outcome"))
              || !Site.served(scenario.serving()).equals(end.get("production"))
              || !wrong.isEmpty()) {
            throw new IllegalStateException(cell + ", undisturbed: " + end + " " + wrong);
          }
          return new Undisturbed(end, boundaries, site.writes());
        });
  }

  /** A few at once: they mostly wait, for processes to start and for time to pass. */
  private List<ProofFile.Line> run(List<Trial> trials) {
    ExecutorService executor =
        Executors.newFixedThreadPool(2 * Runtime.getRuntime().availableProcessors());
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
    Undisturbed undisturbed = undisturbed(trial.cell());
    String expected = undisturbed.end().toString();
    List<String> deaths = new ArrayList<>();
    String seen;
    try {
      seen =
          in(
              trial.cell(),
              site -> {
                for (Death death : trial.deaths()) {
                  boolean died = site.die(death, undisturbed.writes());
                  deaths.add(died ? death.toString() : "never at " + death);
                }
                List<String> unused = site.finish();
                List<String> wrong = site.wrong();
                return site.end() + (wrong.isEmpty() ? "" : " but " + wrong);
              });
    } catch (RuntimeException e) {
      seen = e.toString();
    }
    boolean died = !deaths.isEmpty() && !deaths.get(0).startsWith("never");
    String name =
        trial.cell().scenario()
            + " over "
            + trial.cell().kept()
            + ", killed "
            + String.join(
                ", then ", died ? deaths : trial.deaths().stream().map(Death::toString).toList());
    return new ProofFile.Line(name, expected, seen, died && expected.equals(seen));
  }

  private interface Work<T> {
    T on(Site site) throws InterruptedException;
  }

  private <T> T in(Cell cell, Work<T> work) {
    try {
      Path place = Files.createTempDirectory(folder, "site");
      SharedJournal journal =
          switch (cell.kept()) {
            case IN_A_FOLDER -> SharedJournal.in(place.resolve("journal"));
            case IN_A_DATABASE -> SharedJournal.in(server);
          };
      try (Site site = new Site(cell.scenario(), place, journal)) {
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
