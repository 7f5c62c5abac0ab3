package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What was measured, side by side, and what is to be reached. */
final class SpeedTable {

  private static final String HEAD =
      "%-18s %3s | %8s %8s | %7s %7s %7s | %6s %6s | %7s %6s %6s | %6s %6s%n";
  private final List<Row> rows = new ArrayList<>();
  private Optional<HashSpeed> hashes = Optional.empty();

  /** One thing at one latency, done some times by each; of each number the median. */
  private record Row(
      SpeedCase what, int latency, Map<SpeedRun.Runner, List<SpeedSite.Sample>> samples) {

    long median(SpeedRun.Runner runner, ToLongFunction<SpeedSite.Sample> number) {
      long[] sorted = of(runner).stream().mapToLong(number).sorted().toArray();
      return sorted[sorted.length / 2];
    }

    private List<SpeedSite.Sample> of(SpeedRun.Runner runner) {
      return samples.getOrDefault(runner, List.of());
    }

    double millis(SpeedRun.Runner runner) {
      return median(runner, SpeedSite.Sample::wallNanos) / 1e6;
    }

    double faster(SpeedRun.Runner runner) {
      return millis(SpeedRun.Runner.WRANGLER) / millis(runner);
    }

    long requests(SpeedRun.Runner runner) {
      return median(runner, sample -> sample.traffic().requests());
    }

    /** Who answers at once hides what waited for what. */
    String inTurn(SpeedRun.Runner runner) {
      return latency == 0 ? "-" : Integer.toString(roundTrips(runner));
    }

    int roundTrips(SpeedRun.Runner runner) {
      return of(runner).stream().mapToInt(it -> it.traffic().roundTrips()).max().orElseThrow();
    }
  }

  void add(SpeedCase what, int latency, SpeedRun.Runner runner, SpeedSite.Sample sample) {
    rows.stream()
        .filter(row -> row.what() == what && row.latency() == latency)
        .findFirst()
        .orElseGet(() -> begun(what, latency))
        .samples()
        .computeIfAbsent(runner, any -> new ArrayList<>())
        .add(sample);
  }

  private Row begun(SpeedCase what, int latency) {
    Row row = new Row(what, latency, new EnumMap<>(SpeedRun.Runner.class));
    rows.add(row);
    return row;
  }

  void hashes(HashSpeed measured) {
    hashes = Optional.of(measured);
  }

  /** Prints it; whether all is reached. */
  boolean print(PrintStream out) {
    out.printf(
        HEAD,
        "",
        "ms",
        "requests",
        "in turn",
        "ms",
        "ms",
        "ms",
        "x",
        "x",
        "CPU",
        "ms",
        "",
        "MB",
        "");
    out.printf(
        HEAD,
        "case",
        "",
        "wrangler",
        "Dirk",
        "wrangler",
        "cold",
        "warm",
        "cold",
        "warm",
        "wrangler",
        "cold",
        "warm",
        "wrangl",
        "cold");
    rows.forEach(row -> print(row, out));
    hashes.ifPresent(measured -> out.println(measured.sentence()));
    List<String> missed = missed();
    missed.forEach(sentence -> out.println("MISSED: " + sentence));
    out.println(missed.isEmpty() ? "all that is to be reached is reached" : "");
    return missed.isEmpty();
  }

  private static void print(Row row, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-18s %3d | %4d /%2s %4d /%2s | %7.0f %7.0f %7.1f | %6.1f %6.1f | %7d %6d %6d | %6d %6d%n",
        row.what().title(),
        row.latency(),
        row.requests(SpeedRun.Runner.WRANGLER),
        row.inTurn(SpeedRun.Runner.WRANGLER),
        row.requests(SpeedRun.Runner.WARM),
        row.inTurn(SpeedRun.Runner.WARM),
        row.millis(SpeedRun.Runner.WRANGLER),
        row.millis(SpeedRun.Runner.COLD),
        row.millis(SpeedRun.Runner.WARM),
        row.faster(SpeedRun.Runner.COLD),
        row.faster(SpeedRun.Runner.WARM),
        row.median(SpeedRun.Runner.WRANGLER, SpeedSite.Sample::cpuMillis),
        row.median(SpeedRun.Runner.COLD, SpeedSite.Sample::cpuMillis),
        row.median(SpeedRun.Runner.WARM, SpeedSite.Sample::cpuMillis),
        row.median(SpeedRun.Runner.WRANGLER, SpeedSite.Sample::peakKilobytes) / 1024,
        row.median(SpeedRun.Runner.COLD, SpeedSite.Sample::peakKilobytes) / 1024);
  }

  private List<String> missed() {
    List<String> missed = new ArrayList<>();
    int slowest = rows.stream().mapToInt(Row::latency).max().orElse(0);
    for (Row row : rows) {
      String where = row.what().title() + " at " + row.latency() + " ms: ";
      if (row.latency() == slowest && slowest > 0) {
        roundTrips(row).ifPresent(wrong -> missed.add(where + wrong));
      }
      if (row.what() == SpeedCase.UPDATE || row.what() == SpeedCase.ROLLBACK) {
        int times = row.latency() == 0 ? 20 : 4;
        if (row.faster(SpeedRun.Runner.WARM) < times) {
          missed.add(where + "warm not " + times + " times as fast as wrangler");
        }
      }
      if (row.faster(SpeedRun.Runner.COLD) < 1) {
        missed.add(where + "slower from the start of a process than wrangler");
      }
    }
    return missed;
  }

  /** They are seen only where an answer takes much longer than the way to it. */
  private static Optional<String> roundTrips(Row row) {
    int needed =
        Math.max(row.roundTrips(SpeedRun.Runner.COLD), row.roundTrips(SpeedRun.Runner.WARM));
    int most = Math.min(row.what().roundTrips(), row.roundTrips(SpeedRun.Runner.WRANGLER));
    return needed <= most
        ? Optional.empty()
        : Optional.of(needed + " round trips in turn instead of at most " + most);
  }
}
