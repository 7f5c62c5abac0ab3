package nl.praatmetjeboekhouding.dirk.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.model.Reading;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Measures the parts of one look. Safe for use by several threads. */
final class PhaseWatch extends EventListener {

  private enum Moment {
    DNS_START,
    DNS_END,
    CONNECT_START,
    CONNECTED,
    TLS_START,
    TLS_END,
    REQUEST_END,
    FIRST_BYTE
  }

  private final TimeSource time;
  private final long begin;
  private final Map<Moment, Long> moments = new EnumMap<>(Moment.class);

  PhaseWatch(TimeSource time) {
    this.time = time;
    begin = time.nanoTime();
  }

  synchronized Reading.Phases phases() {
    return new Reading.Phases(
        between(Moment.DNS_START, Moment.DNS_END),
        between(Moment.CONNECT_START, Moment.CONNECTED),
        between(Moment.TLS_START, Moment.TLS_END),
        between(Moment.REQUEST_END, Moment.FIRST_BYTE),
        Duration.ofNanos(time.nanoTime() - begin));
  }

  private Optional<Duration> between(Moment from, Moment to) {
    Long start = moments.get(from);
    Long end = moments.get(to);
    return start == null || end == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(end - start));
  }

  private synchronized void at(Moment moment) {
    moments.putIfAbsent(moment, time.nanoTime());
  }

  @Override
  public void dnsStart(Call call, String domainName) {
    at(Moment.DNS_START);
  }

  @Override
  public void dnsEnd(Call call, String domainName, List<InetAddress> addresses) {
    at(Moment.DNS_END);
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    at(Moment.CONNECT_START);
  }

  @Override
  public void secureConnectStart(Call call) {
    at(Moment.CONNECTED);
    at(Moment.TLS_START);
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    at(Moment.TLS_END);
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    at(Moment.CONNECTED);
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    at(Moment.REQUEST_END);
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    at(Moment.FIRST_BYTE);
  }
}
