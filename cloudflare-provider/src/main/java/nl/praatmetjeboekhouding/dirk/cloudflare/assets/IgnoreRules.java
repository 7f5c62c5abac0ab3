package nl.praatmetjeboekhouding.dirk.cloudflare.assets;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which paths of a folder are left out, by rules of the form of {@code .gitignore}: the last one
 * that matches decides, and what is in a folder that is left out cannot be taken back. Upper and
 * lower case are the same, and a set in brackets cannot be turned around, as wrangler has it.
 */
public final class IgnoreRules implements Ignored {

  private final List<IgnoreRule> rules;

  private IgnoreRules(List<IgnoreRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** These rules; blank lines and comments are none. */
  public static IgnoreRules of(String... lines) {
    return of(Stream.of(lines));
  }

  private static IgnoreRules of(Stream<String> lines) {
    return new IgnoreRules(lines.flatMap(line -> IgnoreRule.of(line).stream()).toList());
  }

  /** These, and those of a text with a rule on each line, which come later. */
  public IgnoreRules and(String text) {
    List<IgnoreRule> all = new ArrayList<>(rules);
    all.addAll(of(text.lines()).rules);
    return new IgnoreRules(all);
  }

  @Override
  public boolean ignoresFile(String path) {
    return ignores(path);
  }

  @Override
  public boolean ignoresFolder(String path) {
    return ignores(path + "/");
  }

  private boolean ignores(String path) {
    for (int last = rules.size() - 1; last >= 0; last--) {
      if (rules.get(last).matches(path)) {
        return !rules.get(last).takesBack();
      }
    }
    return false;
  }
}
