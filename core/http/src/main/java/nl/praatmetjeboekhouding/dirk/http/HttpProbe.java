package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Handshake;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Looks over HTTP: one GET on a connection of its own, through no proxy and after no redirect, that
 * reads no more of the body than it may.
 */
final class HttpProbe implements HealthProbe {

  private final ProbeSettings settings;
  private final TimeSource time;
  private final OkHttpClient client;

  HttpProbe(ProbeSettings settings, TimeSource time) {
    this(settings, time, new OkHttpClient());
  }

  HttpProbe(ProbeSettings settings, TimeSource time, OkHttpClient secured) {
    this.settings = settings;
    this.time = time;
    client =
        secured
            .newBuilder()
            .proxy(Proxy.NO_PROXY)
            .retryOnConnectionFailure(false)
            .addNetworkInterceptor(new SentOnce())
            .followRedirects(false)
            .followSslRedirects(false)
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO)
            .build();
  }

  @Override
  public Reading read(Endpoint endpoint, CallContext call) {
    Instant at = time.instant();
    PhaseWatch watch = new PhaseWatch(time);
    Request request;
    try {
      request = request(endpoint);
    } catch (IllegalArgumentException e) {
      return Reading.of(Health.INCONCLUSIVE, "the address or a header cannot be sent", at);
    }
    Way way = way(request.url());
    Call look = look(request, way, watch, call.timeout());
    try (Cancellation.Registration registration = call.cancellation().onStop(look::cancel);
        Response response = look.execute()) {
      Page page = Page.of(response, settings.bodyLimit());
      look.cancel();
      return seen(endpoint, page, response.handshake(), at).withPhases(watch.phases());
    } catch (IOException e) {
      if (call.cancellation().isStopped()) {
        return Reading.of(Health.INCONCLUSIVE, "stopped by the caller", at)
            .withPhases(watch.phases());
      }
      return way.refusal()
          .map(refusal -> Reading.of(Health.INCONCLUSIVE, refusal, at))
          .orElseGet(() -> Reading.of(Health.UNHEALTHY, unanswered(e), at))
          .withPhases(watch.phases());
    }
  }

  private Call look(Request request, Way way, PhaseWatch watch, Duration timeout) {
    return client
        .newBuilder()
        .dns(way)
        .socketFactory(new WaySockets(way))
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
        .eventListener(watch)
        .callTimeout(CallTimeout.shorter(timeout, settings.attemptTimeout()))
        .build()
        .newCall(request);
  }

  private Way way(HttpUrl url) {
    HostPort asked = new HostPort(url.host(), url.port());
    return new Way(settings.connect().getOrDefault(asked, asked), settings.allowPrivateAddresses());
  }

  private static Request request(Endpoint endpoint) {
    Headers.Builder headers =
        new Headers.Builder()
            .set("User-Agent", "dirk")
            .set("Accept", "application/health+json, application/json, */*;q=0.8")
            .set("Cache-Control", "no-cache");
    endpoint.headers().forEach(headers::set);
    return new Request.Builder()
        .url(HttpUrl.get(endpoint.uri().toString()))
        .headers(headers.build())
        .build();
  }

  private static Reading seen(Endpoint endpoint, Page page, @Nullable Handshake tls, Instant at) {
    Judgement judgement = Judgement.of(page);
    Optional<String> identity =
        judgement.health() == Health.INCONCLUSIVE
            ? Optional.empty()
            : Identities.find(endpoint.identity(), page);
    Reading reading =
        Reading.of(judgement.health(), judgement.reason(), at).withExcerpt(page.excerpt());
    Reading named = identity.map(reading::withIdentity).orElse(reading);
    return expiry(tls).map(named::withCertificateExpiry).orElse(named);
  }

  private static Optional<Instant> expiry(@Nullable Handshake tls) {
    return Optional.ofNullable(tls)
        .flatMap(handshake -> handshake.peerCertificates().stream().findFirst())
        .filter(X509Certificate.class::isInstance)
        .map(certificate -> ((X509Certificate) certificate).getNotAfter().toInstant());
  }

  private static String unanswered(IOException thrown) {
    if (thrown instanceof UnknownHostException) {
      return "its name has no address";
    }
    if (thrown instanceof SSLException) {
      return "its TLS was refused (" + thrown.getClass().getSimpleName() + ")";
    }
    if (thrown instanceof InterruptedIOException) {
      return "no answer in time";
    }
    return "no complete answer (" + thrown.getClass().getSimpleName() + ")";
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
  }
}
