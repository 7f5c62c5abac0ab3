package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.cloudflare.assets.Asset;

/** Shares files out over requests, as wrangler does it: the largest first, three in turn. */
final class PagesBuckets {

  private static final long BYTES = 40L * 1024 * 1024;
  private static final int FILES = 2000;

  private static final class Bucket {
    private final List<Asset> files = new ArrayList<>();
    private long room = BYTES;

    boolean takes(Asset asset) {
      if (room < asset.size() || files.size() == FILES) {
        return false;
      }
      files.add(asset);
      room -= asset.size();
      return true;
    }
  }

  private PagesBuckets() {}

  /** The buckets that hold something. */
  static List<List<Asset>> of(List<Asset> assets) {
    List<Bucket> buckets = new ArrayList<>();
    for (int index = 0; index < Lanes.AT_ONCE; index++) {
      buckets.add(new Bucket());
    }
    Comparator<Asset> bySize = Comparator.comparingLong(asset -> asset.size());
    int offset = 0;
    for (Asset asset : assets.stream().sorted(bySize.reversed()).toList()) {
      put(asset, buckets, offset++);
    }
    return buckets.stream()
        .map(bucket -> List.copyOf(bucket.files))
        .filter(files -> !files.isEmpty())
        .toList();
  }

  private static void put(Asset asset, List<Bucket> buckets, int offset) {
    for (int index = 0; index < buckets.size(); index++) {
      if (buckets.get((index + offset) % buckets.size()).takes(asset)) {
        return;
      }
    }
    Bucket more = new Bucket();
    more.files.add(asset);
    more.room -= asset.size();
    buckets.add(more);
  }
}
