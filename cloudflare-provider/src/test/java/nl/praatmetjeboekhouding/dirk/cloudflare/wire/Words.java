package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a shell line into commands, and commands into words: quotes, backslashes, pipes, {@code
 * &&} and semicolons are understood, and so are {@code >} and {@code <}, words of their own;
 * substitutions and other redirections are not, and no pattern is a file's name.
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
      } else if (character == '|' || character == ';' || isAnd()) {
        at += isAnd() ? 2 : 1;
        pipeline.add(List.copyOf(command));
        command.clear();
        if (character != '|') {
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

  /** Whether what follows is done only if this went well, as it is after a semicolon too here. */
  private boolean isAnd() {
    return line.startsWith("&&", at);
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
      } else if (character == '\\' && at + 1 < line.length()) {
        word.append(line.charAt(at + 1));
        at += 2;
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
    StringBuilder text = new StringBuilder();
    for (at++; at < line.length() && line.charAt(at) != quote; at++) {
      char character = line.charAt(at);
      if (quote == '"' && (character == '$' || character == '`')) {
        throw new NotUnderstood("a substitution between quotes");
      }
      if (quote == '"' && isEscape()) {
        at++;
      }
      text.append(line.charAt(at));
    }
    if (at == line.length()) {
      throw new NotUnderstood("a quote that is not closed");
    }
    at++;
    return text.toString();
  }

  /** A backslash before what means something between double quotes; before else it is itself. */
  private boolean isEscape() {
    return line.charAt(at) == '\\'
        && at + 1 < line.length()
        && "$`\"\\".indexOf(line.charAt(at + 1)) >= 0;
  }
}
