package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * What of a script is code: comments, texts, templates and regular expressions are left out. It
 * reads tokens and no grammar, so that whether a slash begins a regular expression is told by what
 * stands before it. Used once.
 */
final class ScriptCode {

  private static final Set<String> BEFORE_EXPRESSIONS =
      Set.of(
          "return",
          "typeof",
          "case",
          "in",
          "of",
          "delete",
          "void",
          "throw",
          "new",
          "instanceof",
          "do",
          "else",
          "yield",
          "await",
          "default");

  private final String script;
  private final StringBuilder code = new StringBuilder();

  /** How deep braces were where each open template was left. */
  private final Deque<Integer> templates = new ArrayDeque<>();

  private int at;
  private int braces;
  private boolean isCut;

  private ScriptCode(String script) {
    this.script = script;
  }

  /** The code, with a space for what was left out; all of the script if it cannot be told apart. */
  static String of(String script) {
    return new ScriptCode(script).read();
  }

  private String read() {
    while (at < script.length()) {
      char sign = script.charAt(at);
      if (script.startsWith("//", at)) {
        to("\n");
      } else if (script.startsWith("/*", at)) {
        at += 2;
        isCut |= !to("*/");
      } else if (sign == '"' || sign == '\'') {
        text(sign);
      } else if (sign == '`') {
        at++;
        template();
      } else if (sign == '/' && isExpressionNext()) {
        expression();
      } else {
        keep(sign);
      }
    }
    return isCut || !templates.isEmpty() ? script : code.toString();
  }

  private void keep(char sign) {
    at++;
    if (sign == '{') {
      braces++;
    } else if (sign == '}') {
      if (!templates.isEmpty() && templates.peek() == braces) {
        templates.pop();
        template();
        return;
      }
      braces--;
    }
    code.append(sign);
  }

  /** Goes behind the next end; whether there is one. */
  private boolean to(String end) {
    int next = script.indexOf(end, at);
    at = next < 0 ? script.length() : next + end.length();
    code.append(end.equals("\n") ? '\n' : ' ');
    return next >= 0;
  }

  /** A text, which ends with its line at the latest. */
  private void text(char quote) {
    for (at++; at < script.length(); at++) {
      char sign = script.charAt(at);
      if (sign == '\\') {
        at++;
      } else if (sign == quote || sign == '\n') {
        break;
      }
    }
    at++;
    code.append("''");
  }

  /** A template up to its end or up to code in it, which is read until its brace is closed. */
  private void template() {
    for (; at < script.length(); at++) {
      char sign = script.charAt(at);
      if (sign == '\\') {
        at++;
      } else if (sign == '`') {
        at++;
        code.append("''");
        return;
      } else if (script.startsWith("${", at)) {
        at += 2;
        templates.push(braces);
        code.append(' ');
        return;
      }
    }
    isCut = true;
  }

  /** A regular expression, in which a slash between brackets does not end it. */
  private void expression() {
    boolean isInBrackets = false;
    for (at++; at < script.length(); at++) {
      char sign = script.charAt(at);
      if (sign == '\\') {
        at++;
      } else if (sign == '[') {
        isInBrackets = true;
      } else if (sign == ']') {
        isInBrackets = false;
      } else if (sign == '\n' || (sign == '/' && !isInBrackets)) {
        break;
      }
    }
    at++;
    code.append("''");
  }

  /**
   * Whether a slash here begins a regular expression, since nothing that can be divided is before
   * it.
   */
  private boolean isExpressionNext() {
    int end = code.length();
    while (end > 0 && Character.isWhitespace(code.charAt(end - 1))) {
      end--;
    }
    if (end == 0) {
      return true;
    }
    char before = code.charAt(end - 1);
    if (!Character.isJavaIdentifierPart(before)) {
      return ")]}'".indexOf(before) < 0;
    }
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
      start--;
    }
    return BEFORE_EXPRESSIONS.contains(code.substring(start, end));
  }
}
