package nl.praatmetjeboekhouding.dirk.http;

import java.net.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.Health;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.HealthProbe;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Looks over HTTP: one GET on a connection of its own, through no proxy and after no redirect, that
 * reads no more of the body than it may. The caller waits no longer than a look may take, even for
 * a name that is slow to be looked up.
 */
final class HttpProbe implements HealthProbe {

  private static final String STOPPED = "stopped by the caller";

  private final ProbeSettings settings;
  private final TimeSource time;
  private final Dns names;
  private final OkHttpClient client;

  HttpProbe(ProbeSettings settings, TimeSource time) {
    this(settings, time, Dns.SYSTEM, new OkHttpClient());
  }

  HttpProbe(ProbeSettings settings, TimeSource time, Dns names, OkHttpClient secured) {
    this.settings = settings;
    this.time = time;
    this.names = names;
    client =
        secured
            .newBuilder()
            .dispatcher(Threads.dispatcher("dirk-http probe", Integer.MAX_VALUE))
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
    if (call.cancellation().isStopped()) {
      return Reading.of(Health.INCONCLUSIVE, STOPPED, at);
    }
    Request request;
    try {
      request = request(endpoint);
    } catch (IllegalArgumentException e) {
      return Reading.of(Health.INCONCLUSIVE, "the address or a header cannot be sent", at);
    }
    Way way = way(request.url());
    if (way.refusal().isPresent()) {
      return Reading.of(Health.INCONCLUSIVE, way.refusal().get(), at);
    }
    PhaseWatch watch = new PhaseWatch(time);
    Duration allowed = CallTimeout.shorter(call.timeout(), settings.attemptTimeout());
    OkHttpClient own = fresh(way, watch, allowed);
    Look look = Look.start(own.newCall(request), settings.bodyLimit());
    try (Cancellation.Registration registration = call.cancellation().onStop(look::stop)) {
      Waiting.until(look.page(), allowed, call.cancellation());
    }
    Reading reading = reading(endpoint, look, way, call.cancellation(), at);
    look.stop();
    return reading.withPhases(watch.phases());
  }

  /** A client whose connection nobody else uses, before or after. */
  private OkHttpClient fresh(Way way, PhaseWatch watch, Duration allowed) {
    return client
        .newBuilder()
        .dns(way)
        .socketFactory(new WaySockets(way))
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
        .eventListener(watch)
        .callTimeout(allowed)
        .build();
  }

  private Way way(HttpUrl url) {
    HostPort asked = new HostPort(url.host(), url.port());
    return new Way(
        settings.connect().getOrDefault(asked, asked), settings.allowPrivateAddresses(), names);
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

  private Reading reading(
      Endpoint endpoint, Look look, Way way, Cancellation cancellation, Instant at) {
    try {
      return Optional.ofNullable(look.page().getNow(null))
          .map(page -> Sight.of(page, endpoint.identity(), at))
          .orElseGet(() -> Unseen.inTime(at));
    } catch (CompletionException e) {
      return kept(way, cancellation)
          .map(why -> Reading.of(Health.INCONCLUSIVE, why, at))
          .orElseGet(() -> Unseen.because(Objects.requireNonNullElse(e.getCause(), e), at));
    }
  }

  /** What kept the probe from looking, or empty if it looked. */
  private Optional<String> kept(Way way, Cancellation cancellation) {
    if (cancellation.isStopped()) {
      return Optional.of(STOPPED);
    }
    return client.dispatcher().executorService().isShutdown()
        ? Optional.of("the probe was closed")
        : way.refusal();
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.dispatcher().cancelAll();
  }
}
