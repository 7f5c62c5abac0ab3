package nl.praatmetjeboekhouding.dirk.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * The way of one look to where it connects. Every address that is connected to went through {@link
 * #lookup}, so that what was checked is what is used.
 */
final class Way implements Dns {

  private final HostPort destination;
  private final boolean allowPrivate;
  private volatile List<InetAddress> found = List.of();
  private volatile @Nullable String refusal;

  Way(HostPort destination, boolean allowPrivate) {
    this.destination = destination;
    this.allowPrivate = allowPrivate;
  }

  /** Why it goes nowhere, or empty if nothing was refused. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    List<InetAddress> all = resolved(destination.host());
    List<InetAddress> allowed =
        all.stream().filter(address -> allowPrivate || PublicAddresses.contains(address)).toList();
    if (allowed.isEmpty()) {
      String text =
          destination.host()
              + " is at "
              + all.get(0).getHostAddress()
              + ", which is not public; allowPrivateAddresses lets the probe go there";
      refusal = text;
      throw new UnknownHostException(text);
    }
    found = allowed;
    return allowed;
  }

  /** Where a socket really connects to. OkHttp looks up no host that is an address itself. */
  InetSocketAddress towards(InetSocketAddress planned) throws UnknownHostException {
    InetAddress address = planned.getAddress();
    return new InetSocketAddress(
        found.contains(address) ? address : lookup(destination.host()).get(0), destination.port());
  }

  /** Names under localhost never leave the machine (RFC 6761, 6.3). */
  private static List<InetAddress> resolved(String host) throws UnknownHostException {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.endsWith(".localhost")
        ? List.of(InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1}))
        : List.of(InetAddress.getAllByName(host));
  }
}
