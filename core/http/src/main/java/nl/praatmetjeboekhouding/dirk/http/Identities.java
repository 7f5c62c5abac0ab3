package nl.praatmetjeboekhouding.dirk.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;

/** Finds in an answer which version gave it. */
final class Identities {

  private static final int LONGEST = 256;

  private Identities() {}

  /** The identity, or empty if the answer does not tell one that can be one. */
  static Optional<String> find(IdentityRule rule, Page page) {
    return told(rule, page)
        .map(String::strip)
        .filter(identity -> !identity.isEmpty() && identity.length() <= LONGEST)
        .filter(identity -> identity.chars().noneMatch(Character::isISOControl));
  }

  private static Optional<String> told(IdentityRule rule, Page page) {
    if (rule instanceof IdentityRule.Header header) {
      return Optional.ofNullable(page.headers().get(header.name().toLowerCase(Locale.ROOT)));
    }
    if (rule instanceof IdentityRule.Pointer pointer) {
      return Optional.of(page.json().at(pointer.pointer()))
          .filter(node -> node.isTextual() || node.isNumber())
          .map(node -> node.asText());
    }
    return rule instanceof IdentityRule.Text text
        ? match(text.pattern(), page.text())
        : Optional.empty();
  }

  private static Optional<String> match(Pattern pattern, String text) {
    try {
      Matcher matcher = pattern.matcher(text);
      return matcher.find()
          ? Optional.ofNullable(matcher.group(matcher.groupCount() > 0 ? 1 : 0))
          : Optional.empty();
    } catch (StackOverflowError e) {
      return Optional.empty();
    }
  }
}
