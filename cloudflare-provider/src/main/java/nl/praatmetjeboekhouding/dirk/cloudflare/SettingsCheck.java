package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import nl.praatmetjeboekhouding.dirk.cloudflare.wrangler.WranglerFile;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.http.JsonApi;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Finds out what is wrong with the settings of the deployer beyond their form. What it refuses is
 * told by the settings, and what is missing with it. Used once, by one thread.
 */
final class SettingsCheck {

  private static final List<String> ENVIRONMENTS =
      List.of(Environment.STAGING.name(), Environment.PRODUCTION.name());

  /** Wider than Cloudflare's 32 hexadecimal digits, so that a stand-in may use shorter ids. */
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /** What stands in a header as it is. */
  private static final Pattern ADDRESS = Pattern.compile("[!-~]+@[!-~]+");

  private final Settings settings;
  private final Set<Fault> missing = new LinkedHashSet<>();

  SettingsCheck(Settings settings) {
    this.settings = settings;
  }

  /** Whether an API can be asked at this address; if not, it is refused. */
  boolean isApi(URI api) {
    boolean plain = api.getRawQuery() == null && api.getRawFragment() == null;
    boolean right = api.getRawAuthority() != null && plain && isTaken(api);
    if (!right) {
      settings.refuse(
          "api",
          "must be an http or https address with a host, without query and fragment, such as "
              + Workers.API);
    }
    return right;
  }

  private static boolean isTaken(URI api) {
    try {
      JsonApi.to("Cloudflare", api, TimeSource.system());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Refuses what is no account's id. */
  void account(String account) {
    if (!ACCOUNT.matcher(account).matches()) {
      settings.refuse(
          "account",
          "must be the account's id, 32 hexadecimal digits; the dashboard's address shows it");
    }
  }

  /** An address that can be sent; another one is refused. */
  String email(String address) {
    if (!ADDRESS.matcher(address).matches()) {
      settings.refuse("email", "must be the address that the user of the global key signs in with");
      return "refused@example.com";
    }
    return address;
  }

  /** Refuses those that Dirk does not deploy to. */
  void environments(Map<String, String> environments) {
    for (String mine : environments.keySet()) {
      if (!ENVIRONMENTS.contains(mine)) {
        settings.refuse(
            "environments",
            "must name environments of Dirk, and "
                + mine
                + " is none"
                + meant(mine)
                    .map(name -> "; did you mean " + name + "?")
                    .orElse(": there are " + String.join(" and ", ENVIRONMENTS)));
      }
    }
  }

  /** Refuses what cannot be a preview of Pages. */
  void branches(Map<String, String> branches) {
    branches.forEach(
        (mine, branch) -> {
          if (!mine.equals(Environment.STAGING.name())) {
            settings.refuse("branches", "must name a branch for staging only, and not for " + mine);
          }
          if (branch.isBlank()) {
            settings.refuse("branches", "must name a branch for " + mine);
          }
        });
  }

  /** Refuses those of wrangler that its file does not declare. */
  void declared(Map<String, String> environments, WranglerFile file) {
    environments.forEach(
        (mine, wrangler) -> {
          if (!wrangler.equals(Projects.TOP_LEVEL) && !file.declares(wrangler)) {
            settings.refuse(
                "environments",
                "must name environments of the wrangler file, which does not declare "
                    + wrangler
                    + " for "
                    + mine);
          }
        });
  }

  /** What must be there, or empty if it is not, which is a fault. */
  <T> Optional<T> read(Supplier<T> required) {
    try {
      return Optional.of(required.get());
    } catch (ConfigurationException e) {
      missing.addAll(e.faults());
      return Optional.empty();
    }
  }

  /**
   * Ends the check.
   *
   * @throws ConfigurationException with all that must be there and is not
   */
  void complete() {
    if (!missing.isEmpty()) {
      throw new ConfigurationException(new ArrayList<>(missing));
    }
  }

  /** The environment that was meant: shortened, or with a mistake in one place. */
  private static Optional<String> meant(String written) {
    String word = written.toLowerCase(Locale.ROOT);
    return ENVIRONMENTS.stream()
        .filter(name -> (word.length() > 2 && name.startsWith(word)) || isNear(word, name))
        .findFirst();
  }

  private static boolean isNear(String word, String name) {
    int shorter = Math.min(word.length(), name.length());
    int begin = 0;
    while (begin < shorter && word.charAt(begin) == name.charAt(begin)) {
      begin++;
    }
    int end = 0;
    while (end < shorter - begin
        && word.charAt(word.length() - 1 - end) == name.charAt(name.length() - 1 - end)) {
      end++;
    }
    return begin + end + 2 >= Math.max(word.length(), name.length());
  }
}
