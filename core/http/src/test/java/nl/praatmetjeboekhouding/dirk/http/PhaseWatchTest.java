package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class PhaseWatchTest {

  private static final InetSocketAddress ONE = InetSocketAddress.createUnresolved("192.0.2.1", 443);
  private static final InetSocketAddress OTHER =
      InetSocketAddress.createUnresolved("192.0.2.2", 443);

  private final ManualTime time = ManualTime.create();
  private final Call call =
      new OkHttpClient().newCall(new Request.Builder().url("https://shop.example/").build());
  private final PhaseWatch watch = new PhaseWatch(time);

  @Test
  void anAddressThatFailedIsNoPartOfTheConnection() {
    begins(ONE, 200);
    fails(ONE);
    begins(OTHER, 10);
    ends(OTHER);

    assertThat(watch.phases().connect()).contains(Duration.ofMillis(10));
    assertThat(watch.phases().tls()).isEmpty();
    assertThat(watch.phases().total()).isEqualTo(Duration.ofMillis(210));
  }

  @Test
  void ofTwoAddressesAtTheSameTimeTheOneThatIsUsedCounts() {
    begins(ONE, 250);
    begins(OTHER, 50);
    handshake(30);
    ends(ONE);
    fails(OTHER);

    assertThat(watch.phases().connect()).contains(Duration.ofMillis(300));
    assertThat(watch.phases().tls()).contains(Duration.ofMillis(30));
  }

  @Test
  void aHandshakeThatIsTriedAgainElsewhereIsMeasuredThere() {
    begins(ONE, 5);
    watch.secureConnectStart(call);
    time.advance(Duration.ofMillis(400));
    fails(ONE);
    begins(OTHER, 7);
    handshake(20);
    ends(OTHER);

    assertThat(watch.phases().connect()).contains(Duration.ofMillis(7));
    assertThat(watch.phases().tls()).contains(Duration.ofMillis(20));
  }

  @Test
  void aConnectionWhoseHandshakeFailedWasAConnection() {
    begins(ONE, 5);
    watch.secureConnectStart(call);
    time.advance(Duration.ofMillis(40));
    fails(ONE);

    assertThat(watch.phases().connect()).contains(Duration.ofMillis(5));
    assertThat(watch.phases().tls()).isEmpty();
  }

  @Test
  void whereItIsNotToBeToldWhichAddressShookHandsNothingIsMadeUp() {
    begins(ONE, 250);
    begins(OTHER, 50);
    watch.secureConnectStart(call);

    assertThat(watch.phases().connect()).isEmpty();
  }

  private void begins(InetSocketAddress address, long millis) {
    watch.connectStart(call, address, Proxy.NO_PROXY);
    time.advance(Duration.ofMillis(millis));
  }

  private void fails(InetSocketAddress address) {
    watch.connectFailed(call, address, Proxy.NO_PROXY, null, new IOException("refused"));
  }

  private void handshake(long millis) {
    watch.secureConnectStart(call);
    time.advance(Duration.ofMillis(millis));
    watch.secureConnectEnd(call, null);
  }

  private void ends(InetSocketAddress address) {
    watch.connectEnd(call, address, Proxy.NO_PROXY, Protocol.HTTP_1_1);
  }
}
