package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.util.List;

/** What of the folder of a Workers Site goes up. */
final class SiteRules implements Ignored {

  private static final String WELL_KNOWN = ".well-known";

  private final IgnoreRules include;
  private final IgnoreRules exclude;
  private final boolean all;

  /**
   * @param include what alone goes up, as rules of {@code .gitignore}; everything if there are none
   * @param exclude what does not
   */
  SiteRules(List<String> include, List<String> exclude) {
    this.include = IgnoreRules.of(include.toArray(String[]::new));
    this.exclude = IgnoreRules.of(exclude.toArray(String[]::new));
    all = include.isEmpty();
  }

  @Override
  public boolean ignoresFile(String path) {
    return isHidden(path) || exclude.ignoresFile(path) || !(all || isIncluded(path));
  }

  @Override
  public boolean ignoresFolder(String path) {
    return isHidden(path) || exclude.ignoresFolder(path);
  }

  private boolean isIncluded(String path) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      if (include.ignoresFolder(path.substring(0, slash))) {
        return true;
      }
    }
    return include.ignoresFile(path);
  }

  private static boolean isHidden(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.equals("node_modules") || (name.startsWith(".") && !name.equals(WELL_KNOWN));
  }
}
