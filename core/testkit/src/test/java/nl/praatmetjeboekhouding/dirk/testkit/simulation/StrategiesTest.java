package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Ways to deploy beside each other at one vendor with the same faults. {@code docs/simulation.md}
 * shows what they come to; {@code -Dsimulation.write=true} plays and writes it anew. Each build
 * plays the first seeds, which stand there too.
 */
final class StrategiesTest {

  private static final Path DOCUMENT = Path.of("../../docs/simulation.md");
  private static final List<Double> RATES = List.of(0.02, 0.1, 0.25);
  private static final List<Strategy> STRATEGIES =
      List.of(
          new CiScript(),
          new CheckpointAfter(),
          new IntentFirst(Duration.ZERO),
          new IntentFirst(World.WINDOW),
          new DirkItself());
  private static final long SOME = 200;
  private static final long ALL = 20_000;

  @Test
  void dirkDoesNothingTwiceWhereOthersDo() {
    StrategyCell script = StrategyCell.of(0.25, new CiScript(), SOME);
    StrategyCell checkpoint = StrategyCell.of(0.25, new CheckpointAfter(), SOME);
    StrategyCell glance = StrategyCell.of(0.25, new IntentFirst(Duration.ZERO), SOME);
    StrategyCell dirk = StrategyCell.of(0.25, new DirkItself(), SOME);

    assertThat(List.of(script.twice(), checkpoint.twice(), glance.twice()))
        .allSatisfy(twice -> assertThat(twice).isPositive());
    assertThat(script.failedButLive()).isPositive();
    assertThat(dirk.twice()).isZero();
    assertThat(dirk.failedButLive()).isZero();
    assertThat(dirk.ok()).isGreaterThan(SOME / 2);
  }

  @Test
  void theDocumentShowsWhatTheyComeTo() throws IOException {
    if (Boolean.getBoolean("simulation.write")) {
      String all = with(Files.readString(DOCUMENT), "all", rows(ALL));
      Files.writeString(DOCUMENT, with(all, "some", rows(SOME)));
    }

    String document = Files.readString(DOCUMENT);

    assertThat(with(document, "some", rows(SOME))).isEqualTo(document);
  }

  private static String rows(long seeds) {
    return RATES.stream()
        .flatMap(rate -> STRATEGIES.stream().map(each -> StrategyCell.of(rate, each, seeds)))
        .map(StrategyCell::toString)
        .collect(Collectors.joining("\n"));
  }

  /** The document with other rows in one of its tables. */
  private static String with(String document, String table, String rows) {
    String begin = "<!-- " + table + ": begin -->\n";
    String end = "<!-- " + table + ": end -->";
    int from = document.indexOf("|\n|--", document.indexOf(begin));
    int first = document.indexOf("\n", from + 2) + 1;
    return document.substring(0, first) + rows + "\n\n" + document.substring(document.indexOf(end));
  }
}
