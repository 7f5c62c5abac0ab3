package nl.praatmetjeboekhouding.dirk.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;

class WayTest {

  private static final HostPort SHOP = new HostPort("shop.example", 443);

  @Test
  void goesOnlyToThePublicAddressesOfAName() throws IOException {
    Way way = new Way(SHOP, false, host -> List.of(address("10.0.0.1"), address("1.1.1.1")));

    assertThat(way.lookup("shop.example")).containsExactly(address("1.1.1.1"));
    assertThat(way.refusal()).isEmpty();
  }

  @Test
  void aNameThatIsBoundAnewAfterTheCheckLeadsNowhereElse() throws IOException {
    Deque<String> answers = new ArrayDeque<>(List.of("1.1.1.1", "127.0.0.1"));
    Way way = new Way(SHOP, false, host -> List.of(address(answers.remove())));

    List<InetAddress> checked = way.lookup("shop.example");
    InetSocketAddress used = way.towards(new InetSocketAddress(checked.get(0), 443));

    assertThat(used.getAddress()).isEqualTo(address("1.1.1.1"));
    assertThat(answers).containsExactly("127.0.0.1");
  }

  @Test
  void anAddressThatWasNotCheckedIsCheckedBeforeItIsConnectedTo() {
    Way way = new Way(new HostPort("10.0.0.1", 443), false, Dns.SYSTEM);

    assertThatThrownBy(() -> way.towards(new InetSocketAddress(address("10.0.0.1"), 443)))
        .isInstanceOf(UnknownHostException.class);
    assertThat(way.refusal()).hasValueSatisfying(why -> assertThat(why).contains("not public"));
  }

  @Test
  void whatIsConnectedToIsTheDestinationWhateverWasPlanned() throws IOException {
    Way way = new Way(SHOP, false, host -> List.of(address("1.1.1.1")));

    InetSocketAddress used = way.towards(new InetSocketAddress(address("127.0.0.1"), 80));

    assertThat(used).isEqualTo(new InetSocketAddress(address("1.1.1.1"), 443));
  }

  @Test
  void localhostIsThisMachineWhateverTheNameServersSay() throws IOException {
    Way way =
        new Way(
            new HostPort("a.localhost", 80),
            true,
            host -> {
              throw new AssertionError("asked for " + host);
            });

    assertThat(way.lookup("a.localhost")).allMatch(InetAddress::isLoopbackAddress).hasSize(2);
  }

  @Test
  void socketsSendWithoutDelay() throws IOException {
    try (Socket api = new NoDelaySockets().createSocket();
        Socket probe = new WaySockets(new Way(SHOP, false, Dns.SYSTEM)).createSocket()) {

      assertThat(api.getTcpNoDelay()).isTrue();
      assertThat(probe.getTcpNoDelay()).isTrue();
    }
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }
}
