package nl.praatmetjeboekhouding.dirk.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * The way of one look to where it connects. Every address that is connected to went through {@link
 * #lookup}, so that what was checked is what is used: a name that has another address a moment
 * later leads nowhere else.
 */
final class Way implements Dns {

  private static final Pattern NUMBER = Pattern.compile("([^:]*\\.)?(0x[0-9a-f]*|[0-9]+)\\.?");
  private static final Pattern PLAIN =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  private final HostPort destination;
  private final boolean allowPrivate;
  private final Dns names;
  private volatile List<InetAddress> found = List.of();
  private volatile @Nullable String refusal;

  Way(HostPort destination, boolean allowPrivate, Dns names) {
    this.destination = destination;
    this.allowPrivate = allowPrivate;
    this.names = names;
    if (isAmbiguous(destination.host())) {
      refusal =
          destination.host()
              + " means different addresses to different programs; write it as four numbers";
    }
  }

  /** Why it goes nowhere, or empty if nothing was refused so far. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public List<InetAddress> lookup(String hostname) throws UnknownHostException {
    String host = destination.host();
    List<InetAddress> all = resolved(host);
    List<InetAddress> allowed =
        all.stream().filter(address -> allowPrivate || PublicAddresses.contains(address)).toList();
    if (allowed.isEmpty()) {
      String text =
          host
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

  private static boolean isAmbiguous(String host) {
    return NUMBER.matcher(host).matches() && !PLAIN.matcher(host).matches();
  }

  /** Names under localhost never leave the machine (RFC 6761, 6.3). */
  private List<InetAddress> resolved(String host) throws UnknownHostException {
    String name = host.toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.endsWith(".localhost")) {
      byte[] six = new byte[16];
      six[15] = 1;
      return List.of(
          InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1}),
          InetAddress.getByAddress(name, six));
    }
    return names.lookup(host);
  }
}
