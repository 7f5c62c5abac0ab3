package nl.praatmetjeboekhouding.dirk.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * Looks up the secrets of one question and knows what must be hidden of it afterwards. What a vault
 * throws is told by its class alone: its words may hold what must not be shown. Used by one thread.
 */
final class Revealed implements SecretValues {

  private final Question question;
  private final List<String> values = new ArrayList<>();
  private Optional<String> token = Optional.empty();

  /**
   * Nothing yet.
   *
   * @param question what is to be asked, for messages
   */
  Revealed(Question question) {
    this.question = question;
  }

  @Override
  public String of(Secret secret) {
    String value =
        lookedUp(secret, FailureKind.NOT_SENT, "the secret")
            .orElseThrow(
                () -> refused(FailureKind.NOT_SENT, "the secret", secret, "has no value; set it"));
    values.add(value);
    return value;
  }

  /**
   * The value of the token.
   *
   * @throws ProviderException if it cannot be looked up or is blank
   */
  String token(Secret secret) {
    String value =
        lookedUp(secret, FailureKind.UNAUTHENTICATED, "the token")
            .filter(text -> !text.isBlank())
            .orElseThrow(() -> badToken(secret, "is empty; set it"));
    token = Optional.of(value);
    return value;
  }

  /** What hides all that was looked up so far. */
  Redaction redaction() {
    return Redaction.of(token, values);
  }

  /** A failure of a token. */
  ProviderException badToken(Secret secret, String what) {
    return refused(FailureKind.UNAUTHENTICATED, "the token", secret, what);
  }

  private Optional<String> lookedUp(Secret secret, FailureKind kind, String role) {
    try {
      return Optional.ofNullable(secret.reveal());
    } catch (RuntimeException e) {
      throw refused(
          kind,
          role,
          secret,
          "could not be looked up (" + e.getClass().getSimpleName() + "); see where it is kept");
    }
  }

  private ProviderException refused(FailureKind kind, String role, Secret secret, String what) {
    return question.failed(kind, role + " " + secret.name() + " " + what, null);
  }
}
