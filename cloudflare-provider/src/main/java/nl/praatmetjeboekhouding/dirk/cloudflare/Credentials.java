package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.http.JsonApi;
import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * Who asks Cloudflare: an API token, or a user's global API key with the user's e-mail address. A
 * token may be narrow and can be withdrawn by itself; a global key may do all that its user may.
 * Secrets are looked up for each request and held back from everything that people see. Immutable;
 * safe for use by several threads.
 */
public final class Credentials {

  private final Secret secret;
  private final Optional<String> email;

  private Credentials(Secret secret, Optional<String> email) {
    this.secret = secret;
    this.email = email;
  }

  /** A user's or an account's API token. */
  public static Credentials token(Secret token) {
    return new Credentials(requireNonNull(token, "token"), Optional.empty());
  }

  /**
   * A user's global API key.
   *
   * @param email the address that the user signs in with
   * @throws IllegalArgumentException if {@code email} is blank
   */
  public static Credentials globalKey(Secret key, String email) {
    requireNonNull(key, "key");
    if (email.isBlank()) {
      throw new IllegalArgumentException("email must be the user's address, and is blank");
    }
    return new Credentials(key, Optional.of(email));
  }

  /**
   * What wrangler takes from variables of the environment: {@code CLOUDFLARE_API_KEY} with {@code
   * CLOUDFLARE_EMAIL}, or else {@code CLOUDFLARE_API_TOKEN}; or empty if none is there.
   *
   * @param variables such as {@link System#getenv()}; looked at now and for each request
   */
  public static Optional<Credentials> in(Map<String, String> variables) {
    String email = variables.getOrDefault("CLOUDFLARE_EMAIL", "");
    if (!email.isBlank() && isSet(variables, "CLOUDFLARE_API_KEY")) {
      return Optional.of(globalKey(secret(variables, "CLOUDFLARE_API_KEY"), email));
    }
    return isSet(variables, "CLOUDFLARE_API_TOKEN")
        ? Optional.of(token(secret(variables, "CLOUDFLARE_API_TOKEN")))
        : Optional.empty();
  }

  private static boolean isSet(Map<String, String> variables, String name) {
    return !variables.getOrDefault(name, "").isBlank();
  }

  private static Secret secret(Map<String, String> variables, String name) {
    return Secret.of(name, () -> variables.getOrDefault(name, ""));
  }

  boolean isGlobalKey() {
    return email.isPresent();
  }

  Optional<String> email() {
    return email;
  }

  JsonApi.Builder sign(JsonApi.Builder api) {
    return email.isPresent()
        ? api.key("X-Auth-Key", secret).header("X-Auth-Email", email.get())
        : api.token(secret);
  }

  /** What they are, without the secret. */
  @Override
  public String toString() {
    return (isGlobalKey() ? "global API key " : "API token ") + secret.name();
  }
}
