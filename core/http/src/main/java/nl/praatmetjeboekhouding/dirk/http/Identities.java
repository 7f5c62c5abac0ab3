package nl.praatmetjeboekhouding.dirk.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;

/** Finds in an answer which version gave it. */
final class Identities {

  private static final int LONGEST = 256;
  private static final long LOOKS = 5_000_000;

  private Identities() {}

  static Told find(IdentityRule rule, Page page) {
    if (rule instanceof IdentityRule.Header header) {
      String value = page.headers().get(header.name().toLowerCase(Locale.ROOT));
      return told(Optional.ofNullable(value), "no header " + header.name());
    }
    if (rule instanceof IdentityRule.Pointer pointer) {
      return told(
          Optional.of(page.json().at(pointer.pointer()))
              .filter(node -> node.isTextual() || node.isNumber())
              .map(node -> node.asText()),
          "no text at " + pointer.pointer() + " in JSON");
    }
    return rule instanceof IdentityRule.Text text
        ? matched(text.pattern(), page.text())
        : Told.nothing("");
  }

  private static Told matched(Pattern pattern, String text) {
    try {
      Matcher matcher = pattern.matcher(new BoundedText(text, LOOKS));
      return told(
          matcher.find()
              ? Optional.ofNullable(matcher.group(matcher.groupCount() > 0 ? 1 : 0))
              : Optional.empty(),
          "nothing matches the pattern");
    } catch (BoundedText.LookedTooOften | StackOverflowError e) {
      return Told.gaveUp("the pattern needs too long for this body; write a simpler one");
    }
  }

  private static Told told(Optional<String> found, String absent) {
    if (found.isEmpty()) {
      return Told.nothing(absent);
    }
    String identity = found.get().strip();
    boolean printable =
        !identity.isEmpty()
            && identity.length() <= LONGEST
            && identity.chars().noneMatch(Character::isISOControl);
    return printable
        ? Told.of(identity)
        : Told.nothing("what stands there is empty, longer than 256 or not printable");
  }
}
