package nl.praatmetjeboekhouding.dirk.testkit.simulation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How often what goes wrong, each as a part of one.
 *
 * @param calls calls to the vendor that fail
 * @param deaths calls to the vendor before which the process dies, and as many after
 * @param deathsWriting entries in the journal and leases before which it dies, and as many after
 * @param looks looks of the probe that see nothing, or something that nobody can tell the origin of
 * @param lags writes that reads do not show at once, or that the traffic does not follow at once
 * @param strangers calls before which somebody else deploys
 * @param clocks calls before which the clock on the wall is set, forward or back
 * @param stops calls and entries before which the process is stopped while others are busy
 * @param latest how long a write may be late, and how long on top of that reads may not show it
 */
public record Rates(
    double calls,
    double deaths,
    double deathsWriting,
    double looks,
    double lags,
    double strangers,
    double clocks,
    double stops,
    Duration latest) {

  /** Checks that each is a part of one, and that nothing is null. */
  public Rates {
    requireNonNull(latest, "latest");
    for (double part :
        new double[] {calls, deaths, deathsWriting, looks, lags, strangers, clocks, stops}) {
      if (part < 0 || part > 1) {
        throw new IllegalArgumentException("rates must be 0 to 1: " + part);
      }
    }
  }

  /** Nothing goes wrong. */
  public static Rates none() {
    return new Rates(0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
  }

  /** A bad day, on which the vendor keeps what it promises of its reads. */
  public static Rates standard() {
    return new Rates(0.04, 0.004, 0.003, 0.01, 0.2, 0.003, 0.002, 0.001, World.WINDOW.dividedBy(2));
  }

  /** The same, with reads that may lag for much longer than the vendor promises. */
  public static Rates beyondTheWindow() {
    return standard().withLags(0.4, World.WINDOW.multipliedBy(4));
  }

  /** This one, with so many calls that fail. */
  public Rates withCalls(double part) {
    return new Rates(part, deaths, deathsWriting, looks, lags, strangers, clocks, stops, latest);
  }

  /** This one, with so many deaths at calls, and at writes to the journal. */
  public Rates withDeaths(double atCalls, double writing) {
    return new Rates(calls, atCalls, writing, looks, lags, strangers, clocks, stops, latest);
  }

  /** This one, with so many writes that are not shown or followed at once, at the latest then. */
  public Rates withLags(double part, Duration late) {
    return new Rates(calls, deaths, deathsWriting, looks, part, strangers, clocks, stops, late);
  }

  /** This one, with so many strangers. */
  public Rates withStrangers(double part) {
    return new Rates(calls, deaths, deathsWriting, looks, lags, part, clocks, stops, latest);
  }

  /** This one, with so many processes that are stopped while others are busy. */
  public Rates withStops(double part) {
    return new Rates(calls, deaths, deathsWriting, looks, lags, strangers, clocks, part, latest);
  }

  /** This one, so many times as bad; its lags stay. */
  Rates times(double factor) {
    return new Rates(
        part(calls, factor),
        part(deaths, factor),
        part(deathsWriting, factor),
        part(looks, factor),
        lags,
        part(strangers, factor),
        part(clocks, factor),
        part(stops, factor),
        latest);
  }

  private static double part(double part, double factor) {
    return Math.min(1, part * factor);
  }
}
