package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.regex.Pattern;

/** What a Worker may be called. */
final class WorkerName {

  private static final Pattern CONFIGURED = Pattern.compile("[a-z0-9_][a-z0-9_-]*");
  private static final Pattern PART_OF_AN_ADDRESS =
      Pattern.compile("(?!\\.{1,2}$)[^\\s\\p{Cntrl}/?#%\\\\]+");

  /** What a file may say; an environment's name that is added to it may be anything. */
  static final Form FORM =
      (setting, path, findings) ->
          findings
              .text(setting, path)
              .filter(text -> !CONFIGURED.matcher(text).matches())
              .ifPresent(
                  text ->
                      findings.fault(
                          setting.pointer(),
                          "the Worker's name must be lower-case letters, digits, hyphens and"
                              + " underscores, and not begin with a hyphen: "
                              + text));

  private WorkerName() {}

  /** Whether Cloudflare can be asked for a Worker of this name at all. */
  static boolean isUsable(String whole) {
    return PART_OF_AN_ADDRESS.matcher(whole).matches();
  }
}
