package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command and what it reads: what {@code echo}, {@code printf} or {@code cat} say into a pipe, or
 * a file after {@code <}. No other command may stand before a pipe.
 *
 * @param words the command
 * @param input what it reads; may be empty text
 */
record Piped(List<String> words, String input) {

  private static final Pattern SIGN = Pattern.compile("%.|\\\\[^s]");
  private static final Map<Character, String> PRINTED =
      Map.of('%', "%", 'n', "\n", 'r', "\r", 't', "\t", '\\', "\\");

  /** The last command of a pipeline. */
  static Piped of(List<List<String>> pipeline, CommandLine line) throws NotUnderstood, IOException {
    List<String> words = pipeline.get(pipeline.size() - 1);
    if (pipeline.size() > 2) {
      throw new NotUnderstood("a pipe of more than two commands");
    }
    if (pipeline.size() == 2) {
      return new Piped(words, said(pipeline.get(0), line));
    }
    int sign = words.indexOf("<");
    if (sign < 0) {
      return new Piped(words, "");
    }
    if (sign != words.size() - 2) {
      throw new NotUnderstood("'<' before the end of a command");
    }
    String input = Files.readString(line.resolve(words.get(sign + 1)));
    return new Piped(words.subList(0, sign), input);
  }

  private static String said(List<String> words, CommandLine line)
      throws NotUnderstood, IOException {
    String command = words.isEmpty() ? "" : words.get(0);
    List<String> rest = words.subList(Math.min(1, words.size()), words.size());
    boolean plain = rest.stream().noneMatch(word -> word.startsWith("-"));
    if (command.equals("echo") && plain) {
      return String.join(" ", rest) + "\n";
    }
    if (command.equals("echo") && rest.get(0).equals("-n")) {
      return String.join(" ", rest.subList(1, rest.size()));
    }
    if (command.equals("printf") && plain && !rest.isEmpty()) {
      return printed(rest.get(0), new ArrayList<>(rest.subList(1, rest.size())));
    }
    if (command.equals("cat") && plain && rest.size() == 1) {
      return Files.readString(line.resolve(rest.get(0)));
    }
    throw new NotUnderstood("a pipe from something else than echo, printf or cat");
  }

  /** The form once, with texts and the most common escapes. */
  private static String printed(String form, List<String> texts) throws NotUnderstood {
    StringBuilder printed = new StringBuilder();
    Matcher sign = SIGN.matcher(form);
    while (sign.find()) {
      char kind = sign.group().charAt(1);
      if (kind != 's' && !PRINTED.containsKey(kind)) {
        throw new NotUnderstood(sign.group() + " of printf");
      }
      String text = kind == 's' && !texts.isEmpty() ? texts.remove(0) : "";
      sign.appendReplacement(printed, Matcher.quoteReplacement(PRINTED.getOrDefault(kind, text)));
    }
    if (!texts.isEmpty()) {
      throw new NotUnderstood("printf with more texts than places for them");
    }
    return sign.appendTail(printed).toString();
  }
}
