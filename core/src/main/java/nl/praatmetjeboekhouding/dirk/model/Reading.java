package nl.praatmetjeboekhouding.dirk.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One look of a probe.
 *
 * @param health what it says
 * @param reason why, in a few words; may be empty text when healthy
 * @param identity which version answered, as it tells itself, or empty if it does not tell or
 *     nobody answered
 * @param at when the look began
 * @param phases how long each part took
 * @param certificateExpiry until when the certificate is valid, or empty without TLS
 * @param excerpt the beginning of the body, for people; may be empty text
 */
public record Reading(
    Health health,
    String reason,
    Optional<String> identity,
    Instant at,
    Phases phases,
    Optional<Instant> certificateExpiry,
    String excerpt) {

  /**
   * How long each part of a look took; a part that did not happen, or happened on a kept
   * connection, is empty.
   *
   * @param dns finding the address
   * @param connect the connection
   * @param tls the handshake
   * @param firstByte from the request's end to the answer's first byte
   * @param total all of it
   */
  public record Phases(
      Optional<Duration> dns,
      Optional<Duration> connect,
      Optional<Duration> tls,
      Optional<Duration> firstByte,
      Duration total) {

    /** Checks that nothing is null. */
    public Phases {
      requireNonNull(dns, "dns");
      requireNonNull(connect, "connect");
      requireNonNull(tls, "tls");
      requireNonNull(firstByte, "firstByte");
      requireNonNull(total, "total");
    }

    /** Only the whole is known. */
    public static Phases total(Duration total) {
      return new Phases(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), total);
    }
  }

  /** Checks that nothing is null. */
  public Reading {
    requireNonNull(health, "health");
    requireNonNull(reason, "reason");
    requireNonNull(identity, "identity");
    requireNonNull(at, "at");
    requireNonNull(phases, "phases");
    requireNonNull(certificateExpiry, "certificateExpiry");
    requireNonNull(excerpt, "excerpt");
  }

  /** A reading of which only verdict and reason are known. */
  public static Reading of(Health health, String reason, Instant at) {
    return new Reading(
        health, reason, Optional.empty(), at, Phases.total(Duration.ZERO), Optional.empty(), "");
  }

  /** This one, answered by this version. */
  public Reading withIdentity(String who) {
    return new Reading(health, reason, Optional.of(who), at, phases, certificateExpiry, excerpt);
  }

  /** This one, with how long it took. */
  public Reading withPhases(Phases took) {
    return new Reading(health, reason, identity, at, took, certificateExpiry, excerpt);
  }

  /** This one, with the certificate's end. */
  public Reading withCertificateExpiry(Instant end) {
    return new Reading(health, reason, identity, at, phases, Optional.of(end), excerpt);
  }

  /** This one, with the beginning of the body. */
  public Reading withExcerpt(String text) {
    return new Reading(health, reason, identity, at, phases, certificateExpiry, text);
  }
}
