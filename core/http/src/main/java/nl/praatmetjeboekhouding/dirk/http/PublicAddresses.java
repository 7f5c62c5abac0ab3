package nl.praatmetjeboekhouding.dirk.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Tells addresses of the public Internet from those of a machine, a network or nobody (the IANA
 * special-purpose address registries, RFC 6890). An address that carries another one inside is
 * judged by that one.
 */
final class PublicAddresses {

  private static final List<Prefix> NOT_PUBLIC =
      Prefix.all(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "2001::/23",
          "2001:db8::/32",
          "3fff::/20");

  /** The only part of IPv6 that is given out for the Internet. */
  private static final List<Prefix> GLOBAL_UNICAST = Prefix.all("2000::/3");

  private static final List<Prefix> TRANSLATED = Prefix.all("64:ff9b::/96");
  private static final List<Prefix> SIX_TO_FOUR = Prefix.all("2002::/16");

  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    return isPublic(address.getAddress());
  }

  private static boolean isPublic(byte[] address) {
    if (isIn(TRANSLATED, address)) {
      return isPublic(Arrays.copyOfRange(address, 12, 16));
    }
    if (isIn(SIX_TO_FOUR, address)) {
      return isPublic(Arrays.copyOfRange(address, 2, 6));
    }
    return !isIn(NOT_PUBLIC, address) && (address.length == 4 || isIn(GLOBAL_UNICAST, address));
  }

  private static boolean isIn(List<Prefix> networks, byte[] address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
