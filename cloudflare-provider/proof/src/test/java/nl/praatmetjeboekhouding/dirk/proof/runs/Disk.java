package nl.praatmetjeboekhouding.dirk.proof.runs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.proof.SharedJournal;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/**
 * The disk fails under a run: it is full, it takes nothing, the end of the log was torn off, or
 * something in it was changed. The run says so, sends nothing to the vendor that is not written
 * down, and goes on once the disk is well.
 */
final class Disk {

  private static final int BLOCK = 512;

  /** What a run says that cannot be written down. */
  private static final String FULL = "check that the disk is there, has space";

  private final Path folder;
  private final Scenario scenario;

  /**
   * @param folder for what the runs leave
   */
  Disk(Path folder, Scenario scenario) {
    this.folder = folder;
    this.scenario = scenario;
  }

  /** An undisturbed run. */
  private record Well(long before, long after, String end) {}

  /** Something that is done to a run before it is finished: what has to be true of it, and is. */
  private interface Illness {
    List<String> on(Site site, Path log) throws IOException, InterruptedException;
  }

  /**
   * All of it.
   *
   * @param fullings at how many sizes of the log the disk is full, of those that the run comes to
   */
  List<ProofFile.Line> lines(int fullings) {
    Well well = well();
    List<ProofFile.Line> lines = new ArrayList<>();
    for (int fulling = 0; fulling < fullings; fulling++) {
      long size = well.before() + (well.after() - well.before()) * fulling / fullings;
      lines.add(
          line(
              "the disk is full after " + (size - well.before()) + " bytes",
              well,
              (site, log) -> starved(site, size / BLOCK)));
    }
    lines.add(line("the disk takes nothing", well, (site, log) -> starved(site, 0)));
    lines.add(line("the end of the log is torn off", well, Disk::torn));
    lines.add(line("a byte in the log is changed", well, Disk::changed));
    return lines;
  }

  private Well well() {
    return in(
        (site, log) -> {
          long before = Files.size(log);
          List<String> unused = site.finish();
          return new Well(before, Files.size(log), site.end().toString());
        });
  }

  private ProofFile.Line line(String name, Well well, Illness illness) {
    String seen;
    try {
      seen =
          in(
              (site, log) -> {
                List<String> wrong = new ArrayList<>(illness.on(site, log));
                wrong.addAll(site.unintended());
                List<String> unused = site.finish();
                wrong.addAll(site.wrong());
                return site.end() + (wrong.isEmpty() ? "" : " but " + wrong);
              });
    } catch (RuntimeException e) {
      seen = e.toString();
    }
    return new ProofFile.Line(scenario + ", " + name, well.end(), seen, seen.equals(well.end()));
  }

  private static List<String> starved(Site site, long blocks) throws InterruptedException {
    String said = site.starve(blocks);
    return said.contains(FULL) ? List.of() : List.of("said: " + said);
  }

  private static List<String> torn(Site site, Path log) throws IOException, InterruptedException {
    kill(site);
    Path unused = Files.writeString(log, "0a1b2c3d 500 {\"line\"", StandardOpenOption.APPEND);
    return List.of();
  }

  private static List<String> changed(Site site, Path log)
      throws IOException, InterruptedException {
    kill(site);
    byte[] good = Files.readAllBytes(log);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    long start = new String(Arrays.copyOf(bad, bad.length / 2), UTF_8).lastIndexOf('\n') + 1L;
    write(log, bad);
    String said = site.attempt();
    write(log, good);
    return said.contains(log + ", line ") && said.contains(", byte " + start + ": ")
        ? List.of()
        : List.of("said: " + said);
  }

  private static void write(Path log, byte[] content) throws IOException {
    Path unused = Files.write(log, content);
  }

  /** In the middle of the run. */
  private static void kill(Site site) throws InterruptedException {
    boolean unused = site.die(new Death(Death.Kind.JOURNAL, 12, "boundary 12"), List.of());
  }

  private interface Work<T> {
    T on(Site site, Path log) throws IOException, InterruptedException;
  }

  private <T> T in(Work<T> work) {
    try {
      Path place = Files.createTempDirectory(folder, "disk");
      Path journal = place.resolve("journal");
      try (Site site = new Site(scenario, place, SharedJournal.in(journal))) {
        return work.on(site, journal.resolve("journal.log"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
