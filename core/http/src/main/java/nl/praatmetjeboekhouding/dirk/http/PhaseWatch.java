package nl.praatmetjeboekhouding.dirk.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
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

/**
 * Measures the parts of one look. Of several addresses, tried one after the other or at the same
 * time, it measures the one whose connection is used. Where the first byte of the answer is asked
 * for it tells the end of the answer's head, which is as near as OkHttp's events come. Safe for use
 * by several threads.
 */
final class PhaseWatch extends EventListener {

  private enum Moment {
    DNS_START,
    DNS_END,
    CONNECT_START,
    CONNECTED,
    TLS_START,
    TLS_END,
    REQUEST_END,
    HEAD_END
  }

  private final TimeSource time;
  private final long begin;
  private final Map<Moment, Long> moments = new EnumMap<>(Moment.class);

  /** When it was begun to connect to the addresses that have not failed. */
  private final Map<InetSocketAddress, Long> tried = new HashMap<>();

  PhaseWatch(TimeSource time) {
    this.time = time;
    begin = time.nanoTime();
  }

  synchronized Reading.Phases phases() {
    return new Reading.Phases(
        between(Moment.DNS_START, Moment.DNS_END),
        between(Moment.CONNECT_START, Moment.CONNECTED),
        between(Moment.TLS_START, Moment.TLS_END),
        between(Moment.REQUEST_END, Moment.HEAD_END),
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
    moments.put(moment, time.nanoTime());
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
  public synchronized void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    tried.put(address, time.nanoTime());
  }

  @Override
  public synchronized void connectFailed(
      Call call,
      InetSocketAddress address,
      Proxy proxy,
      @Nullable Protocol protocol,
      IOException thrown) {
    tried.remove(address);
  }

  /** It is not told which address this is about; {@link #connectEnd} tells it, if it comes. */
  @Override
  public synchronized void secureConnectStart(Call call) {
    long now = time.nanoTime();
    moments.put(Moment.CONNECTED, now);
    moments.put(Moment.TLS_START, now);
    moments.remove(Moment.TLS_END);
    moments.remove(Moment.CONNECT_START);
    if (tried.size() == 1) {
      moments.put(Moment.CONNECT_START, tried.values().iterator().next());
    }
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
    at(Moment.TLS_END);
  }

  @Override
  public synchronized void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    Optional.ofNullable(tried.get(address))
        .ifPresent(start -> moments.put(Moment.CONNECT_START, start));
    if (!moments.containsKey(Moment.TLS_END)) {
      at(Moment.CONNECTED);
    }
  }

  @Override
  public void requestHeadersEnd(Call call, Request request) {
    at(Moment.REQUEST_END);
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    at(Moment.HEAD_END);
  }
}
