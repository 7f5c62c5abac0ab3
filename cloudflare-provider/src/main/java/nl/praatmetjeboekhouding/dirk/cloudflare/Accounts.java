package nl.praatmetjeboekhouding.dirk.cloudflare;

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
  public record Account(String id, String name) {}

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

    /** Keeps a copy. */
    public Identity {
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
   * @param time where stamps and waits come from
   */
  public static Accounts open(URI base, Credentials credentials, TimeSource time) {
    return new Accounts(new CloudflareApi(base, credentials, "", time), credentials);
  }

  /** Those that they may ask for, as far as memberships are told those that they are members of. */
  public List<Account> all(CallContext call) {
    try (Together together = api.together(call)) {
      Together.Later<List<JsonNode>> told = together.start(() -> pages("accounts", call));
      Together.Later<Optional<Set<String>>> members = together.start(() -> memberships(call));
      List<Account> accounts =
          told.get().stream()
              .map(one -> new Account(one.path("id").asText(), one.path("name").asText()))
              .toList();
      Optional<Set<String>> ids = members.get();
      return ids.isEmpty() && !accounts.isEmpty()
          ? accounts
          : accounts.stream().filter(one -> ids.orElse(Set.of()).contains(one.id())).toList();
    }
  }

  /**
   * The only one that they may ask for.
   *
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

  /** {@code wrangler whoami}: who asks, and for which accounts. */
  public Identity whoami(CallContext call) {
    Kind kind = credentials.isGlobalKey() ? Kind.GLOBAL_KEY : tokenKind(call);
    Optional<String> email = credentials.email().or(() -> email(call));
    return new Identity(kind, email, all(call));
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
  private Optional<Set<String>> memberships(CallContext call) {
    try {
      return Optional.of(
          pages("memberships", call).stream()
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

  private List<JsonNode> pages(String what, CallContext call) {
    List<JsonNode> found = new ArrayList<>();
    for (int page = 1; ; page++) {
      ApiRequest request = ApiRequest.get(what).query("page", Integer.toString(page));
      JsonNode answer = api.answer(request, call);
      found.addAll(CloudflareApi.members(answer.path("result")));
      if (page >= answer.at("/result_info/total_pages").asInt(1)) {
        return found;
      }
    }
  }

  /** Frees its connections. A second close does nothing. */
  @Override
  public void close() {
    api.close();
  }
}
