package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.praatmetjeboekhouding.dirk.cloudflare.Accounts;
import nl.praatmetjeboekhouding.dirk.cloudflare.Credentials;
import nl.praatmetjeboekhouding.dirk.cloudflare.DispatchNamespaces;
import nl.praatmetjeboekhouding.dirk.cloudflare.Pages;
import nl.praatmetjeboekhouding.dirk.cloudflare.Workers;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** Who asks and for which account, and what an account has besides Workers. */
final class AccountCommands {

  private final URI api;
  private final Map<String, String> variables;

  AccountCommands(URI api, Map<String, String> variables) {
    this.api = api;
    this.variables = variables;
  }

  /** The account that is named, or the only one that there is. */
  Workers workers(Optional<String> named) {
    String account = named.orElseGet(this::account);
    return Workers.open(api, credentials(), account, TimeSource.system());
  }

  Pages pages() {
    return Pages.open(api, credentials(), account(), TimeSource.system());
  }

  private String account() {
    return Optional.ofNullable(variables.get("CLOUDFLARE_ACCOUNT_ID")).orElseGet(this::discovered);
  }

  private String discovered() {
    try (Accounts accounts = accounts()) {
      return accounts.only(CommandLine.call()).id();
    }
  }

  private Accounts accounts() {
    return Accounts.open(api, credentials(), TimeSource.system());
  }

  private Credentials credentials() {
    return Credentials.in(variables)
        .orElseThrow(
            () -> new ConfigurationException("CLOUDFLARE_API_TOKEN", "is not set; set it"));
  }

  /** {@code wrangler whoami}, which only its form for machines ends in failure if nobody asks. */
  void whoami(List<String> words) throws NotUnderstood {
    Arguments arguments =
        Arguments.of(
            words,
            new Arguments.Known(
                Map.of(), Arguments.and(CommandLine.PROJECT, "account"), Set.of(), Set.of("json")));
    if (Credentials.in(variables).isEmpty() && !arguments.flag("json").orElse(false)) {
      return;
    }
    try (Accounts accounts = accounts()) {
      Accounts.Identity unused = accounts.whoami(CommandLine.call());
    }
  }

  /** {@code wrangler dispatch-namespace ...}. */
  static void dispatch(DispatchNamespaces namespaces, String verb, List<String> operands)
      throws NotUnderstood {
    int needed = verb.equals("list") ? 0 : verb.equals("rename") ? 2 : 1;
    if (operands.size() != needed) {
      throw new NotUnderstood("dispatch-namespace " + verb + " with other operands");
    }
    switch (verb) {
      case "list" -> namespaces.all(CommandLine.call());
      case "get" -> namespaces.namespace(operands.get(0), CommandLine.call());
      case "create" -> namespaces.create(operands.get(0), CommandLine.call());
      case "delete" -> namespaces.delete(operands.get(0), CommandLine.call());
      case "rename" -> namespaces.rename(operands.get(0), operands.get(1), CommandLine.call());
      default -> throw new NotUnderstood("the command dispatch-namespace " + verb);
    }
  }
}
