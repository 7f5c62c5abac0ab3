package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a shell line into commands, and commands into words: quotes, pipes and semicolons are
 * understood, and so are {@code >} and {@code <}, words of their own; substitutions and other
 * redirections are not, and no pattern is a file's name.
 */
final class Words {

  private static final String SPECIAL = "$`&(){}";

  private final String line;
  private int at;

  private Words(String line) {
    this.line = line;
  }

  /** The pipelines of a line, each a list of commands, each a list of words. */
  static List<List<List<String>>> pipelines(String line) throws NotUnderstood {
    return new Words(line).read();
  }

  private List<List<List<String>>> read() throws NotUnderstood {
    List<List<List<String>>> pipelines = new ArrayList<>();
    List<List<String>> pipeline = new ArrayList<>();
    List<String> command = new ArrayList<>();
    while (at < line.length()) {
      char character = line.charAt(at);
      if (Character.isWhitespace(character)) {
        at++;
      } else if (character == '>' || character == '<') {
        at++;
        command.add(String.valueOf(character));
      } else if (character == '|' || character == ';') {
        at++;
        pipeline.add(List.copyOf(command));
        command.clear();
        if (character == ';') {
          pipelines.add(List.copyOf(pipeline));
          pipeline.clear();
        }
      } else {
        command.add(word());
      }
    }
    pipeline.add(List.copyOf(command));
    pipelines.add(List.copyOf(pipeline));
    return pipelines;
  }

  private String word() throws NotUnderstood {
    StringBuilder word = new StringBuilder();
    while (at < line.length()) {
      char character = line.charAt(at);
      if (Character.isWhitespace(character) || "|;<>".indexOf(character) >= 0) {
        break;
      }
      if (character == '"' || character == '\'') {
        word.append(quoted(character));
      } else if (SPECIAL.indexOf(character) >= 0) {
        throw new NotUnderstood("'" + character + "' of a shell");
      } else {
        word.append(character);
        at++;
      }
    }
    return word.toString();
  }

  private String quoted(char quote) throws NotUnderstood {
    int end = line.indexOf(quote, at + 1);
    if (end < 0) {
      throw new NotUnderstood("a quote that is not closed");
    }
    String text = line.substring(at + 1, end);
    if (quote == '"' && (text.contains("$") || text.contains("`") || text.contains("\\"))) {
      throw new NotUnderstood("a substitution between quotes");
    }
    at = end + 1;
    return text;
  }
}
