package nl.praatmetjeboekhouding.dirk.internal;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Amounts as people read them. */
final class Amounts {

  private static final BigDecimal MINUTE = BigDecimal.valueOf(60);

  private Amounts() {}

  /** A time in the largest unit that it is a whole number of. */
  static String span(Duration span) {
    if (span.toSeconds() % 86_400 == 0) {
      return span.toDays() + "d";
    }
    if (span.toSeconds() % 3600 == 0) {
      return span.toHours() + "h";
    }
    return span.toSeconds() % 60 == 0 ? span.toMinutes() + "m" : span.toString();
  }

  static String percent(BigDecimal percent) {
    return percent.stripTrailingZeros().toPlainString() + " %";
  }

  /** Of all, rounded to a tenth of a percent, for people only. */
  static String share(BigDecimal part, BigDecimal all) {
    return percent(part.multiply(BigDecimal.valueOf(100)).divide(all, 1, RoundingMode.HALF_EVEN));
  }

  static String minutes(BigDecimal seconds) {
    return seconds.divide(MINUTE, 1, RoundingMode.HALF_EVEN).toPlainString() + " min";
  }

  /** To the last nanosecond. */
  static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toNanos(), 9);
  }
}
