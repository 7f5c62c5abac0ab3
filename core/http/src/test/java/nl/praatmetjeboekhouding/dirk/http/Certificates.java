package nl.praatmetjeboekhouding.dirk.http;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** Certificates for localhost by an authority of their own, as the JDK's keytool makes them. */
final class Certificates {

  private static final char[] PASSWORD = "password".toCharArray();

  private final KeyStore made;

  private Certificates(KeyStore made) {
    this.made = made;
  }

  /** Makes them: {@code valid} for 90 days, and {@code expired} for five. */
  static Certificates in(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    File store = folder.resolve("made.p12").toFile();
    keytool(store, "-alias", "ca", "-dname", "CN=Authority", "-ext", "bc:c");
    leaf(store, "valid", "-1d", "90");
    leaf(store, "expired", "-10d", "5");
    return new Certificates(KeyStore.getInstance(store, PASSWORD));
  }

  private static void leaf(File store, String alias, String start, String days)
      throws IOException, InterruptedException {
    keytool(
        store,
        "-alias",
        alias,
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-signer",
        "ca",
        "-startdate",
        start,
        "-validity",
        days);
  }

  Instant end(String alias) throws GeneralSecurityException {
    return ((X509Certificate) made.getCertificate(alias)).getNotAfter().toInstant();
  }

  /** Sockets that show the certificate of this name. */
  ServerSocketFactory serverSockets(String alias) throws GeneralSecurityException, IOException {
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, PASSWORD);
    own.setKeyEntry(
        "leaf",
        made.getKey(alias, PASSWORD),
        PASSWORD,
        new Certificate[] {made.getCertificate(alias), made.getCertificate("ca")});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(own, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls.getServerSocketFactory();
  }

  /** A client that trusts the authority. */
  OkHttpClient client() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, PASSWORD);
    trusted.setCertificateEntry("ca", made.getCertificate("ca"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    X509TrustManager manager = (X509TrustManager) trust.getTrustManagers()[0];
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {manager}, null);
    return new OkHttpClient.Builder().sslSocketFactory(tls.getSocketFactory(), manager).build();
  }

  private static void keytool(File store, String... options)
      throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        Stream.concat(
                Stream.of(
                    tool,
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    new String(PASSWORD)),
                Stream.of(options))
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }
}
