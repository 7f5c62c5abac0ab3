package nl.praatmetjeboekhouding.dirk.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.journal.SentRequests;
import nl.praatmetjeboekhouding.dirk.spi.VendorRequest;

/**
 * Collects what a step sends to a vendor: the first and the last of many, and of each only as much
 * as a record has room for. Safe for use by several threads.
 */
final class Heard {

  private static final int FIRST = 10;
  private static final int LAST = 10;
  private static final int LONGEST = 300;

  private final List<VendorRequest> kept = new ArrayList<>();
  private int leftOut;

  synchronized void add(VendorRequest request) {
    if (kept.size() == FIRST + LAST) {
      kept.remove(FIRST);
      leftOut++;
    }
    kept.add(
        new VendorRequest(
            shortened(request.what()), request.status(), request.took(), ids(request.ids())));
  }

  synchronized SentRequests requests() {
    return new SentRequests(kept, leftOut);
  }

  private static Map<String, String> ids(Map<String, String> ids) {
    return ids.entrySet().stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> shortened(one.getValue())));
  }

  private static String shortened(String text) {
    String plain = Sentence.plain(text);
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "..." : plain;
  }
}
