package nl.praatmetjeboekhouding.dirk.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** The beginning that the addresses of a network share. */
final class Prefix {

  private final byte[] network;
  private final int bits;

  private Prefix(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /** Reads networks such as {@code 10.0.0.0/8} or {@code fc00::/7}. */
  static List<Prefix> all(String... networks) {
    return Stream.of(networks).map(Prefix::parse).toList();
  }

  private static Prefix parse(String text) {
    int slash = text.indexOf('/');
    try {
      byte[] network = InetAddress.getByName(text.substring(0, slash)).getAddress();
      return new Prefix(network, Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not a network: " + text, e);
    }
  }

  /** Whether an address, as its bytes, is in this network. */
  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
