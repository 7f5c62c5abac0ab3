package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * Lines {@code NAME=value} as in {@code .env}. A value may stand between quotes, over several lines
 * too; {@code \n} between double quotes is a line's end; what follows {@code #} outside of quotes
 * is a comment. Other lines say nothing.
 */
final class EnvLines {

  /** Quotes within quotes have a backslash before them. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "^\\s*(?:export\\s+)?([\\w.-]+)(?:\\s*=|:[ \\t])[ \\t]*"
              + ("(" + quoted('\'') + "|" + quoted('"') + "|" + quoted('`') + "|[^#\\r\\n]*)")
              + "[ \\t]*(?:#.*)?$",
          Pattern.MULTILINE);

  private static final Pattern REFERENCE =
      Pattern.compile("(?<!\\\\)\\$(?:\\{([^{}]+)\\}|([A-Za-z_][A-Za-z0-9_]*))");

  /** A name, and what stands for it if it is empty ({@code -}) or is not ({@code +}). */
  private static final Pattern EXPRESSION =
      Pattern.compile("(.*?)(?::?([+-])(.*))?", Pattern.DOTALL);

  private static final int MOST_REFERENCES = 1000;

  private EnvLines() {}

  private static String quoted(char quote) {
    return "Q[^Q]*(?:(?<=\\\\)Q[^Q]*)*Q".replace('Q', quote);
  }

  /** Values by name; of lines with the same name the last one counts. */
  static Map<String, String> read(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    Matcher variable = VARIABLE.matcher(text.replace("\r\n", "\n"));
    while (variable.find()) {
      values.put(variable.group(1), value(variable.group(2).strip()));
    }
    return values;
  }

  private static String value(String written) {
    boolean isQuoted =
        written.length() > 1
            && "'\"`".indexOf(written.charAt(0)) >= 0
            && written.charAt(0) == written.charAt(written.length() - 1);
    if (!isQuoted) {
      return written;
    }
    String inner = written.substring(1, written.length() - 1);
    return written.charAt(0) == '"' ? inner.replace("\\n", "\n").replace("\\r", "\r") : inner;
  }

  /**
   * Values with what {@code $NAME} and {@code ${NAME}} stand for: a variable, or else what was read
   * before, or else nothing; {@code ${NAME:-other}} is the other if there is nothing. A variable of
   * the name of a value takes its place, and {@code \$} is no reference. Quotes change none of
   * this.
   *
   * @throws ConfigurationException if values refer to each other without end
   */
  static Map<String, String> expanded(Map<String, String> read, Map<String, String> variables) {
    Map<String, String> values = new LinkedHashMap<>();
    Map<String, String> known = new LinkedHashMap<>(variables);
    read.forEach(
        (name, written) -> {
          String value =
              variables.containsKey(name) ? variables.get(name) : expanded(name, written, known);
          values.put(name, value);
          known.put(name, value);
        });
    return values;
  }

  private static String expanded(String name, String written, Map<String, String> known) {
    String value = written;
    for (int references = 0; references < MOST_REFERENCES; references++) {
      Matcher reference = REFERENCE.matcher(value);
      if (!reference.find()) {
        return value.replace("\\$", "$");
      }
      String braced = reference.group(1);
      value =
          value.substring(0, reference.start())
              + meant(braced == null ? reference.group(2) : braced, known)
              + value.substring(reference.end());
    }
    throw new ConfigurationException(name, "refers to itself; write \\$ where no name is meant");
  }

  private static String meant(String written, Map<String, String> known) {
    Matcher expression = EXPRESSION.matcher(written);
    if (!expression.matches()) {
      return "";
    }
    String value = known.getOrDefault(expression.group(1), "");
    String other = expression.group(3) == null ? "" : expression.group(3);
    if ("+".equals(expression.group(2))) {
      return value.isEmpty() ? "" : other;
    }
    return value.isEmpty() ? other : value;
  }
}
