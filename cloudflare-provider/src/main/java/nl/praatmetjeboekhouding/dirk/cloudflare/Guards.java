package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;

/**
 * What must be so before a project's Worker is changed.
 *
 * @param strict whether what others changed is left alone
 * @param tag the tag of the Worker that is meant, or empty for whichever has its name
 * @param account the account that is meant, or empty for whichever is asked
 */
record Guards(boolean strict, Optional<String> tag, Optional<String> account) {

  private static final Guards NONE = new Guards(false, Optional.empty(), Optional.empty());

  /** Nothing in particular. */
  static Guards none() {
    return NONE;
  }

  Guards strictly() {
    return new Guards(true, tag, account);
  }

  Guards onlyTo(String worker) {
    return new Guards(strict, Optional.of(worker), account);
  }

  Guards onlyIn(String id) {
    return new Guards(strict, tag, Optional.of(id));
  }

  /**
   * These, if they are for that account.
   *
   * @throws ConfigurationException if another one is meant
   */
  Guards in(String id) {
    if (account.filter(other -> !other.equals(id)).isPresent()) {
      throw new ConfigurationException(
          "account_id", "the build is for the account " + account.get() + ", not for " + id);
    }
    return this;
  }
}
