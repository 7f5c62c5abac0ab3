package nl.praatmetjeboekhouding.dirk.cloudflare;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.http.ApiRequest;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Who asks, and for which accounts: one call, one answer. Changes nothing. Every method fails with
 * {@link ProviderException}. Safe for use by several threads.
 */
public final class Accounts implements AutoCloseable {

  /**
   * An account.
   *
   * @param id what its API is called by, 32 hexadecimal digits
   * @param name what people call it
   */
  public record Account(String id, String name) {

    /** Checks that nothing is null and the id is not blank. */
    public Account {
      requireNonNull(id, "id");
      requireNonNull(name, "name");
      if (id.isBlank()) {
        throw new IllegalArgumentException("id must be an account's id, and is blank");
      }
    }
  }

  /** How somebody says who they are. */
  public enum Kind {
    /** A token that a user made. */
    USER_TOKEN,
    /** A token that belongs to an account. */
    ACCOUNT_TOKEN,
    /** A user's global API key. */
    GLOBAL_KEY
  }

  /**
   * Who asks.
   *
   * @param kind how they say it
   * @param email the user's address, or empty if the token may not read it or has no user
   * @param accounts what they may ask for
   */
  public record Identity(Kind kind, Optional<String> email, List<Account> accounts) {

    /** Checks that nothing is null, and copies. */
    public Identity {
      requireNonNull(kind, "kind");
      requireNonNull(email, "email");
      accounts = List.copyOf(accounts);
    }
  }

  private static final Set<String> NO_MEMBERSHIPS = Set.of("9106", "10000");

  private static final Set<String> NO_EMAIL = Set.of("9106", "9109", "10000");

  private static final String NO_USERS_TOKEN = "1000";

  private final CloudflareApi api;
  private final Credentials credentials;

  private Accounts(CloudflareApi api, Credentials credentials) {
    this.api = api;
    this.credentials = credentials;
  }

  /**
   * The accounts of somebody. Opens no connection.
   *
   * @param base {@link Workers#API}, or a local stand-in
   * @param credentials also stand in messages, without the secret
   * @param time where stamps and waits come from
   */
  public static Accounts open(URI base, Credentials credentials, TimeSource time) {
    return new Accounts(new CloudflareApi(base, credentials, "", time), credentials);
  }

  /**
   * Those that they may ask for, as far as memberships are told those that they are members of.
   *
   * @param call whose time is shared by all that is asked
   */
  public List<Account> all(CallContext call) {
    return all(new Remaining(call, api.time()));
  }

  private List<Account> all(Remaining remaining) {
    try (Together together = api.together(remaining.call())) {
      Together.Later<List<JsonNode>> told = together.start(() -> pages("accounts", remaining));
      Together.Later<Optional<Set<String>>> members = together.start(() -> memberships(remaining));
      List<Account> accounts = told.get().stream().map(Accounts::account).toList();
      return members
          .get()
          .map(ids -> accounts.stream().filter(one -> ids.contains(one.id())).toList())
          .orElse(accounts);
    }
  }

  private static Account account(JsonNode told) {
    String id = told.path("id").asText("");
    if (id.isBlank()) {
      throw ProviderException.of(
          FailureKind.UNREADABLE,
          "Cloudflare told of an account without its id; try again, or name the account");
    }
    return new Account(id, told.path("name").asText(""));
  }

  /**
   * The only one that they may ask for.
   *
   * @param call whose time is shared by all that is asked
   * @throws ProviderException of the kind {@link FailureKind#CONFLICT} if there are several, which
   *     are told, and {@link FailureKind#NOT_FOUND} if there is none
   */
  public Account only(CallContext call) {
    List<Account> all = all(call);
    if (all.isEmpty()) {
      throw ProviderException.of(
          FailureKind.NOT_FOUND,
          "Cloudflare knows no account of the "
              + credentials
              + "; name one by its id, and check what the token may do");
    }
    if (all.size() > 1) {
      throw ProviderException.of(
          FailureKind.CONFLICT,
          "Cloudflare was not asked: several accounts belong to the "
              + credentials
              + ", so say which one, with \"account_id\" in the wrangler file or by its id: "
              + all.stream()
                  .map(one -> one.id() + " (" + one.name() + ")")
                  .collect(Collectors.joining(", ")));
    }
    return all.get(0);
  }

  /**
   * {@code wrangler whoami}: who asks, and for which accounts.
   *
   * @param call whose time is shared by all that is asked
   */
  public Identity whoami(CallContext call) {
    Remaining remaining = new Remaining(call, api.time());
    Kind kind = credentials.isGlobalKey() ? Kind.GLOBAL_KEY : tokenKind(remaining.call());
    Optional<String> email = credentials.email().or(() -> email(remaining.call()));
    return new Identity(kind, email, all(remaining));
  }

  private Kind tokenKind(CallContext call) {
    try {
      JsonNode unused = api.result(ApiRequest.get("user", "tokens", "verify"), call);
      return Kind.USER_TOKEN;
    } catch (ProviderException e) {
      if (e.vendorCodes().contains(NO_USERS_TOKEN)) {
        return Kind.ACCOUNT_TOKEN;
      }
      throw e;
    }
  }

  private Optional<String> email(CallContext call) {
    try {
      String email = api.result(ApiRequest.get("user"), call).path("email").asText("");
      return Optional.of(email).filter(text -> !text.isBlank());
    } catch (ProviderException e) {
      return untold(e, NO_EMAIL);
    }
  }

  /** Empty if they are not told. */
  private Optional<Set<String>> memberships(Remaining remaining) {
    try {
      return Optional.of(
          pages("memberships", remaining).stream()
              .map(one -> one.path("account").path("id").asText())
              .collect(Collectors.toSet()));
    } catch (ProviderException e) {
      return untold(e, NO_MEMBERSHIPS);
    }
  }

  private static <T> Optional<T> untold(ProviderException failure, Set<String> codes) {
    if (failure.vendorCodes().stream().anyMatch(codes::contains)) {
      return Optional.empty();
    }
    throw failure;
  }

  private List<JsonNode> pages(String what, Remaining remaining) {
    List<JsonNode> found = new ArrayList<>();
    for (int page = 1; ; page++) {
      ApiRequest request = ApiRequest.get(what).query("page", Integer.toString(page));
      JsonNode answer = api.answer(request, remaining.call());
      found.addAll(CloudflareApi.members(answer.path("result")));
      if (page >= answer.at("/result_info/total_pages").asInt(1)) {
        return found;
      }
    }
  }

  /** Ends what is under way and frees connections and threads. A second close does nothing. */
  @Override
  public void close() {
    api.close();
  }
}
