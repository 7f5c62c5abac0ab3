package nl.praatmetjeboekhouding.dirk.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a secret is named: {@code ${env:NAME}}, and nothing around it. */
final class SecretReference {

  static final String FORM = "${env:NAME}";

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)\\}");

  private SecretReference() {}

  /** The name of the secret, or empty if the text is no reference. */
  static Optional<String> name(String text) {
    Matcher reference = REFERENCE.matcher(text);
    return reference.matches() ? Optional.of(reference.group(1)) : Optional.empty();
  }

  /** Whether something in the text looks as if a secret was meant. */
  static boolean isHinted(String text) {
    return text.contains("${env:");
  }
}
