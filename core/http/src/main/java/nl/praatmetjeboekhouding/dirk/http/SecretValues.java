package nl.praatmetjeboekhouding.dirk.http;

import nl.praatmetjeboekhouding.dirk.spi.Secret;

/** Looks up the secrets that stand in the body of a request, when it is about to be sent. */
@FunctionalInterface
public interface SecretValues {

  /**
   * The value as it is now.
   *
   * @throws nl.praatmetjeboekhouding.dirk.error.ProviderException of the kind {@link
   *     nl.praatmetjeboekhouding.dirk.error.FailureKind#NOT_SENT} with the secret's name if it
   *     cannot be looked up; it is to be let through
   */
  String of(Secret secret);
}
