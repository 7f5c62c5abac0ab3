package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Minutes that come again, in the five fields of cron: minute, hour, day of the month, month, day
 * of the week. A field is {@code *}, a number, a range {@code 1-5}, a step {@code 0-30/10} or
 * {@code *}{@code /10}, or several of these with commas between. Months and days of the week have
 * names too ({@code DEC}, {@code FRI}); Sunday is 0 and 7. Where both a day of the month and a day
 * of the week are given, either will do. It knows nothing of zones.
 */
public final class Cron {

  /** What a text must be, for messages. */
  public static final String FORM =
      "five fields, minute, hour, day of the month, month and day of the week, such as"
          + " \"0 16 * * FRI\"";

  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final List<String> MONTHS =
      List.of(
          "", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final Pattern PART =
      Pattern.compile("(?:\\*|([0-9]{1,2}|[A-Z]{3})(?:-([0-9]{1,2}|[A-Z]{3}))?)(?:/([0-9]{1,2}))?");

  /** The longest that a day is away which comes at all: 29 February around the year 2100. */
  private static final int DAYS = 366 * 9;

  private final String text;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final BitSet months;
  private final BitSet weekdays;
  private final boolean anyDay;
  private final boolean anyWeekday;

  private Cron(String text, String[] fields) {
    this.text = text;
    minutes = field("minute", fields[0], 0, 59, List.of());
    hours = field("hour", fields[1], 0, 23, List.of());
    days = field("day of the month", fields[2], 1, 31, List.of());
    months = field("month", fields[3], 1, 12, MONTHS);
    weekdays = field("day of the week", fields[4], 0, 7, WEEKDAYS);
    weekdays.set(7, weekdays.get(0) || weekdays.get(7));
    anyDay = fields[2].equals("*");
    anyWeekday = fields[4].equals("*");
  }

  /**
   * Reads the five fields.
   *
   * @throws IllegalArgumentException saying what the text must be, if it is not, or names a day
   *     that never comes
   */
  public static Cron parse(String text) {
    String[] fields = requireNonNull(text, "text").strip().split("[ \\t]+");
    if (fields.length != 5) {
      throw new IllegalArgumentException(FORM);
    }
    Cron cron = new Cron(String.join(" ", fields).toUpperCase(Locale.ROOT), upper(fields));
    if (cron.next(LocalDate.of(2024, 1, 1).atStartOfDay()).isEmpty()) {
      throw new IllegalArgumentException("a day that comes: this one never does");
    }
    return cron;
  }

  private static String[] upper(String[] fields) {
    String[] upper = new String[fields.length];
    for (int index = 0; index < fields.length; index++) {
      upper[index] = fields[index].toUpperCase(Locale.ROOT);
    }
    return upper;
  }

  /** The last of them that is not after this, or empty if there was none for nine years. */
  public Optional<LocalDateTime> last(LocalDateTime notAfter) {
    LocalDateTime at = notAfter.truncatedTo(ChronoUnit.MINUTES);
    for (int back = 0; back < DAYS; back++) {
      LocalDate day = at.toLocalDate().minusDays(back);
      if (comesOn(day)) {
        Optional<LocalTime> time = lastTime(back == 0 ? at.toLocalTime() : LocalTime.of(23, 59));
        if (time.isPresent()) {
          return time.map(day::atTime);
        }
      }
    }
    return Optional.empty();
  }

  /** The first of them that is not before this, or empty if there is none for nine years. */
  public Optional<LocalDateTime> next(LocalDateTime notBefore) {
    LocalDateTime minute = notBefore.truncatedTo(ChronoUnit.MINUTES);
    LocalDateTime at = minute.equals(notBefore) ? minute : minute.plusMinutes(1);
    for (int ahead = 0; ahead < DAYS; ahead++) {
      LocalDate day = at.toLocalDate().plusDays(ahead);
      if (comesOn(day)) {
        Optional<LocalTime> time = firstTime(ahead == 0 ? at.toLocalTime() : LocalTime.MIN);
        if (time.isPresent()) {
          return time.map(day::atTime);
        }
      }
    }
    return Optional.empty();
  }

  private boolean comesOn(LocalDate day) {
    boolean byDay = days.get(day.getDayOfMonth());
    boolean byWeekday = weekdays.get(day.getDayOfWeek().getValue());
    boolean either = (anyDay || anyWeekday) ? byDay && byWeekday : byDay || byWeekday;
    return months.get(day.getMonthValue()) && either;
  }

  private Optional<LocalTime> lastTime(LocalTime notAfter) {
    int hour = hours.previousSetBit(notAfter.getHour());
    if (hour == notAfter.getHour()) {
      int minute = minutes.previousSetBit(notAfter.getMinute());
      if (minute >= 0) {
        return Optional.of(LocalTime.of(hour, minute));
      }
      hour = hours.previousSetBit(hour - 1);
    }
    return hour < 0
        ? Optional.empty()
        : Optional.of(LocalTime.of(hour, minutes.previousSetBit(59)));
  }

  private Optional<LocalTime> firstTime(LocalTime notBefore) {
    int hour = hours.nextSetBit(notBefore.getHour());
    if (hour == notBefore.getHour()) {
      int minute = minutes.nextSetBit(notBefore.getMinute());
      if (minute >= 0) {
        return Optional.of(LocalTime.of(hour, minute));
      }
      hour = hours.nextSetBit(hour + 1);
    }
    return hour < 0 ? Optional.empty() : Optional.of(LocalTime.of(hour, minutes.nextSetBit(0)));
  }

  private static BitSet field(String what, String field, int least, int most, List<String> names) {
    BitSet values = new BitSet();
    for (String part : field.split(",", -1)) {
      Matcher parts = PART.matcher(part);
      if (!parts.matches()) {
        throw wrong(what, least, most, names);
      }
      String first = parts.group(1);
      String last = parts.group(2);
      boolean isSingle = first != null && last == null;
      if (isSingle && parts.group(3) != null) {
        throw new IllegalArgumentException(
            FORM + "; a step needs a range before it, or *, in the " + what);
      }
      int from = first == null ? least : value(what, first, least, most, names);
      int to = first == null ? lastOf(most, names) : from;
      if (last != null) {
        to = value(what, last, least, most, names);
        to = last.equals("SUN") ? 7 : to;
      }
      int step = parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3));
      if (to < from || step == 0) {
        throw new IllegalArgumentException(FORM + "; a range must ascend, in the " + what);
      }
      for (int value = from; value <= to; value += step) {
        values.set(value);
      }
    }
    return values;
  }

  /** The last day of the week is Saturday where all of them are meant; Sunday was 0. */
  private static int lastOf(int most, List<String> names) {
    return names.equals(WEEKDAYS) ? 6 : most;
  }

  private static int value(String what, String text, int least, int most, List<String> names) {
    int value = Character.isDigit(text.charAt(0)) ? Integer.parseInt(text) : names.indexOf(text);
    if (value < least || value > most) {
      throw wrong(what, least, most, names);
    }
    return value;
  }

  private static IllegalArgumentException wrong(
      String what, int least, int most, List<String> names) {
    return new IllegalArgumentException(
        FORM
            + "; the "
            + what
            + " is "
            + least
            + " to "
            + most
            + (names.isEmpty() ? "" : ", or a name such as " + names.get(names.size() - 1)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cron cron && cron.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The five fields. */
  @Override
  public String toString() {
    return text;
  }
}
