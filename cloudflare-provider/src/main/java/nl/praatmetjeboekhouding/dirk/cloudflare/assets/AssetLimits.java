package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

/**
 * How much Cloudflare takes.
 *
 * @param files how many files
 * @param bytes how large each may be
 */
public record AssetLimits(int files, long bytes) {

  private static final long MEBIBYTES_25 = 25L * 1024 * 1024;

  /** What a Worker of a paid plan may have; on the free plan, it is {@link #FREE_FILES} files. */
  public static final AssetLimits WORKERS = new AssetLimits(100_000, MEBIBYTES_25);

  /** How many files a Worker or a Pages deployment of the free plan may have. */
  public static final int FREE_FILES = 20_000;

  /** What a Pages deployment may have whose account is allowed so many files. */
  public static AssetLimits pages(int files) {
    return new AssetLimits(files, MEBIBYTES_25);
  }
}
