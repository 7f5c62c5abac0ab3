package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import java.util.Comparator;
import java.util.Optional;

/** Finds out which Worker an address belongs to. Called with the account's lock held. */
final class Hosts {

  /** A Worker, and the one version of it that a preview address names. */
  record Found(Script script, Optional<Version> preview) {}

  private final Account account;

  Hosts(Account account) {
    this.account = account;
  }

  /** Custom domains first, then the most specific route, then workers.dev. */
  Optional<Found> find(String host, String path) {
    CustomDomain domain = account.domains.get(host);
    if (domain != null) {
      return script(domain.worker());
    }
    Optional<Route> route =
        account.routes.stream()
            .filter(each -> each.covers(host, path))
            .max(
                Comparator.comparing((Route each) -> !each.pattern().startsWith("*"))
                    .thenComparing(each -> each.pattern().length()));
    if (route.isPresent()) {
      return script(route.get().worker());
    }
    String suffix = "." + account.subdomain + ".workers.dev";
    return account.subdomain != null && host.endsWith(suffix)
        ? workersDev(host.substring(0, host.length() - suffix.length()))
        : Optional.empty();
  }

  private Optional<Found> workersDev(String label) {
    Optional<Found> named = script(label).filter(found -> found.script().onWorkersDev);
    return named.isPresent() || label.length() < 10 ? named : preview(label);
  }

  /** The first eight digits of a version's id, then the Worker's name. */
  private Optional<Found> preview(String label) {
    String digits = label.substring(0, 8) + "-";
    return label.startsWith(digits)
        ? script(label.substring(digits.length()))
            .map(Found::script)
            .filter(script -> script.previews)
            .flatMap(
                script ->
                    script.versions.stream()
                        .filter(version -> version.id().startsWith(digits))
                        .findFirst()
                        .map(version -> new Found(script, Optional.of(version))))
        : Optional.empty();
  }

  private Optional<Found> script(String name) {
    return Optional.ofNullable(account.scripts.get(name))
        .map(script -> new Found(script, Optional.empty()));
  }
}
