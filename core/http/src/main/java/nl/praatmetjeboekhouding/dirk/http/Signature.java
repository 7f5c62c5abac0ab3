package nl.praatmetjeboekhouding.dirk.http;

import nl.praatmetjeboekhouding.dirk.spi.Secret;

/**
 * How a request says who asks.
 *
 * @param header the header that says it
 * @param before what stands before the secret
 * @param secret looked up for each request
 */
record Signature(String header, String before, Secret secret) {

  /** A bearer token (RFC 6750). */
  static Signature bearer(Secret token) {
    return new Signature("Authorization", "Bearer ", token);
  }
}
