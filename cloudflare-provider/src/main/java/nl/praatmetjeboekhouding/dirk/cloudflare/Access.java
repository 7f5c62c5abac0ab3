package nl.praatmetjeboekhouding.dirk.cloudflare;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.spi.Settings;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Where Cloudflare's API is, who asks it and for which account, as the settings of a deployer say.
 * What is missing is a fault of the check, which is to be complete before anything is opened.
 */
final class Access {

  private final Settings settings;
  private final SettingsCheck check;
  private final URI api;
  private final Optional<Credentials> credentials;
  private final Optional<String> account;
  private final Duration settleWindow;

  /** Reads all of it. */
  Access(Settings settings, SettingsCheck check) {
    this.settings = settings;
    this.check = check;
    api = settings.uri("api").filter(check::isApi).orElse(Workers.API);
    settleWindow = settings.duration("settleWindow").orElse(CloudflareDeployer.SETTLE_WINDOW);
    credentials = credentials();
    account = check.read(() -> settings.required("account"));
    account.ifPresent(check::account);
  }

  private Optional<Credentials> credentials() {
    Optional<Secret> token = settings.secret("token");
    Optional<Secret> key = settings.secret("globalKey");
    Optional<String> email = settings.text("email");
    if (key.isEmpty() && email.isEmpty()) {
      return check.read(() -> settings.requiredSecret("token")).map(Credentials::token);
    }
    if (token.isPresent()) {
      settings.refuse("token", "must not stand beside globalKey and email; say one of them");
    }
    Optional<Secret> needed = check.read(() -> settings.requiredSecret("globalKey"));
    Optional<String> address = check.read(() -> settings.required("email")).map(check::email);
    return needed.flatMap(secret -> address.map(user -> Credentials.globalKey(secret, user)));
  }

  /** How long Cloudflare's lists may not show what was written. */
  Duration settleWindow() {
    return settleWindow;
  }

  Workers workers(TimeSource time) {
    return Workers.open(api, credentials.orElseThrow(), account.orElseThrow(), time);
  }

  Pages pages(TimeSource time) {
    return Pages.open(api, credentials.orElseThrow(), account.orElseThrow(), time);
  }
}
