package nl.praatmetjeboekhouding.dirk.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Tells addresses of the public Internet from those of a machine, a network or nobody (the IANA
 * special-purpose address registries, RFC 6890).
 */
final class PublicAddresses {

  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    return !(address.isAnyLocalAddress()
            || address.isLoopbackAddress()
            || address.isLinkLocalAddress()
            || address.isSiteLocalAddress()
            || address.isMulticastAddress())
        && (address instanceof Inet4Address
            ? publicFour(address.getAddress())
            : publicSix(address.getAddress()));
  }

  private static boolean publicFour(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean carrierGrade = first == 100 && second >= 64 && second < 128;
    boolean protocols = first == 192 && second == 0 && third == 0;
    boolean benchmark = first == 198 && (second == 18 || second == 19);
    return first != 0 && first < 240 && !carrierGrade && !protocols && !benchmark;
  }

  private static boolean publicSix(byte[] bytes) {
    boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
    boolean translated = startsWith(bytes, 0x00, 0x64, 0xff, 0x9b);
    boolean compatible = startsWith(bytes, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    boolean sixToFour = startsWith(bytes, 0x20, 0x02);
    if (translated || compatible) {
      return contains(four(Arrays.copyOfRange(bytes, 12, 16)));
    }
    return sixToFour ? contains(four(Arrays.copyOfRange(bytes, 2, 6))) : !uniqueLocal;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int index = 0; index < prefix.length; index++) {
      if ((bytes[index] & 0xff) != prefix[index]) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress four(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
