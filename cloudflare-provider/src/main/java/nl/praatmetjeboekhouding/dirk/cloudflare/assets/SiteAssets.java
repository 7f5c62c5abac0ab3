package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;

/** Finds the files of a Workers Site. */
public final class SiteAssets {

  /** Key-value pairs are as large as assets; how many there are is limited by nobody. */
  private static final AssetLimits LIMITS = AssetLimits.WORKERS;

  private static final int LONGEST_KEY = 512;

  private SiteAssets() {}

  /**
   * Finds and hashes them, in the order in which wrangler finds them.
   *
   * @param include what alone goes up, as rules of {@code .gitignore}; everything if there are none
   * @param exclude what does not
   * @throws ConfigurationException if the folder is not there or holds what cannot be taken; all
   *     that is found at once
   */
  public static List<SiteAsset> in(Path folder, List<String> include, List<String> exclude) {
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationException(
          folder.toString(), "is the folder of the site and is not there; build it first");
    }
    List<SiteAsset> assets =
        AssetFolder.files(folder, new SiteRules(include, exclude), LIMITS).stream()
            .sorted(Comparator.comparing(file -> file.path().replace('/', '\0')))
            .map(SiteAsset::of)
            .toList();
    List<Fault> faults =
        assets.stream().filter(SiteAssets::isTooLong).map(SiteAssets::tooLong).toList();
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return assets;
  }

  private static boolean isTooLong(SiteAsset asset) {
    return asset.key().getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY;
  }

  private static Fault tooLong(SiteAsset asset) {
    return Fault.of(
        asset.file().file().toString(),
        "would have a key of more than " + LONGEST_KEY + " bytes; give it a shorter name");
  }
}
