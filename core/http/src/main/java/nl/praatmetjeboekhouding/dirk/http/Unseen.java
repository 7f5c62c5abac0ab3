package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Reading;

/** What it says of a service that no page of it was seen. */
final class Unseen {

  private Unseen() {}

  /** Nothing came in the time that a look may take. */
  static Reading inTime(Instant at) {
    return Reading.of(Health.UNHEALTHY, "no answer in time", at);
  }

  /** What was thrown instead of a page. */
  static Reading because(Throwable thrown, Instant at) {
    Throwable telling = thrown instanceof IOException broken ? Causes.telling(broken) : thrown;
    Reading reading = Reading.of(Health.UNHEALTHY, reason(telling), at);
    return expiry(telling).map(reading::withCertificateExpiry).orElse(reading);
  }

  private static String reason(Throwable thrown) {
    if (thrown instanceof UnknownHostException) {
      return "its name has no address";
    }
    if (thrown instanceof ConnectException) {
      return "nobody listens there, or nobody is there (ConnectException)";
    }
    if (thrown instanceof SSLException) {
      return "its TLS was refused: " + tls(thrown);
    }
    return thrown instanceof InterruptedIOException
        ? "no answer in time"
        : "no complete answer (" + thrown.getClass().getSimpleName() + ")";
  }

  private static String tls(Throwable thrown) {
    if (thrown instanceof SSLPeerUnverifiedException) {
      return "its certificate is for another name";
    }
    if (Causes.find(thrown, CertificateExpiredException.class).isPresent()) {
      return "its certificate has expired";
    }
    if (Causes.find(thrown, CertificateNotYetValidException.class).isPresent()) {
      return "its certificate is not valid yet";
    }
    return Causes.find(thrown, CertPathBuilderException.class).isPresent()
        ? "its certificate is signed by nobody that is trusted here"
        : thrown.getClass().getSimpleName();
  }

  /** Until when the certificate was valid that was refused, where Java says so. */
  private static Optional<Instant> expiry(Throwable thrown) {
    return Causes.find(thrown, CertPathValidatorException.class)
        .flatMap(refused -> Optional.ofNullable(refused.getCertPath()))
        .flatMap(path -> path.getCertificates().stream().findFirst())
        .filter(X509Certificate.class::isInstance)
        .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant());
  }
}
