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
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * What is wrong with the settings of the deployer beyond their form, all of it before it is told.
 * Used once, by one thread.
 */
final class SettingsCheck {

  private static final List<String> ENVIRONMENTS =
      List.of(Environment.STAGING.name(), Environment.PRODUCTION.name());

  /** Wider than Cloudflare's 32 hexadecimal digits, so that a stand-in may use shorter ids. */
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final Set<Fault> faults = new LinkedHashSet<>();

  /** The address, which must be one that an API can be asked at. */
  URI api(URI api) {
    boolean plain = api.getRawQuery() == null && api.getRawFragment() == null;
    if (api.getRawAuthority() == null || !plain || !isTaken(api)) {
      faults.add(
          Fault.of(
              "api",
              "must be an http or https address with a host, without query and fragment, such as "
                  + Workers.API));
    }
    return api;
  }

  private static boolean isTaken(URI api) {
    try {
      JsonApi.to("Cloudflare", api, TimeSource.system());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  void account(String account) {
    if (!ACCOUNT.matcher(account).matches()) {
      faults.add(
          Fault.of(
              "account",
              "must be the account's id, 32 hexadecimal digits; the dashboard's address shows it"));
    }
  }

  /** Whether all are environments that Dirk deploys to. */
  void environments(Map<String, String> environments) {
    for (String mine : environments.keySet()) {
      if (!ENVIRONMENTS.contains(mine)) {
        faults.add(
            Fault.of(
                "environments",
                mine
                    + " is no environment of Dirk"
                    + meant(mine)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse(", which has " + String.join(" and ", ENVIRONMENTS))));
      }
    }
  }

  /** Whether the wrangler file declares all that are named. */
  void declared(Map<String, String> environments, WranglerFile file) {
    environments.forEach(
        (mine, wrangler) -> {
          if (!wrangler.equals(Projects.TOP_LEVEL) && !file.declares(wrangler)) {
            faults.add(
                Fault.of(
                    "environments",
                    mine + " is wrangler's " + wrangler + ", which is not declared"));
          }
        });
  }

  /** What must be there, or empty if it is not, which is a fault. */
  <T> Optional<T> read(Supplier<T> required) {
    try {
      return Optional.of(required.get());
    } catch (ConfigurationException e) {
      faults.addAll(e.faults());
      return Optional.empty();
    }
  }

  /**
   * Tells what was found.
   *
   * @throws ConfigurationException with all faults, if there are any
   */
  void complete() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(new ArrayList<>(faults));
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
