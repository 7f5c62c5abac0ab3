package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.FailureKind;
import nl.praatmetjeboekhouding.dirk.error.ProviderException;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {

  private static final String ACCOUNTS = "GET /accounts?page=1";
  private static final String MEMBERSHIPS = "GET /memberships?page=1";
  private static final String KEY = "gl0b4l-k3y";
  private static final Credentials TOKEN = Credentials.token(Secret.of("TOKEN", () -> "s3cret"));
  private static final Credentials GLOBAL =
      Credentials.globalKey(Secret.of("KEY", () -> KEY), "dev@example.com");

  @TempDir private Path folder;
  @RegisterExtension private final RecordingApi api = new RecordingApi();
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @Test
  void takesTheOnlyAccountThatThereIs() {
    api.gives(ACCOUNTS, "[{\"id\":\"a1\",\"name\":\"Acme\"},{\"id\":\"b2\",\"name\":\"Other\"}]")
        .gives(MEMBERSHIPS, "[{\"account\":{\"id\":\"a1\"}}]");

    assertThat(only(TOKEN)).isEqualTo(new Accounts.Account("a1", "Acme"));
  }

  @Test
  void refusesToChooseAmongSeveralAndNamesThem() {
    api.gives(ACCOUNTS, "[{\"id\":\"a1\",\"name\":\"Acme\"},{\"id\":\"b2\",\"name\":\"Other\"}]")
        .gives(MEMBERSHIPS, "[{\"account\":{\"id\":\"a1\"}},{\"account\":{\"id\":\"b2\"}}]");

    ProviderException refused = catchThrowableOfType(ProviderException.class, () -> only(TOKEN));

    assertThat(refused.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(refused).hasMessageContaining("a1 (Acme), b2 (Other)");
  }

  @Test
  void saysWhereThereIsNone() {
    api.gives(ACCOUNTS, "[]").gives(MEMBERSHIPS, "[]");

    ProviderException refused = catchThrowableOfType(ProviderException.class, () -> only(TOKEN));

    assertThat(refused.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(refused).hasMessageContaining("no account of the API token TOKEN");
  }

  @Test
  void doesWithoutMembershipsWhereTheyAreNotTold() {
    api.gives(ACCOUNTS, "[{\"id\":\"a1\",\"name\":\"Acme\"}]")
        .refuses(MEMBERSHIPS, 403, 10000, "no");

    assertThat(only(TOKEN).id()).isEqualTo("a1");
  }

  @Test
  void readsAllPages() {
    String page =
        "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":[{\"id\":\"%s\",\"name\":\"x\","
            + "\"type\":\"standard\"}],\"result_info\":{\"total_pages\":2}}";
    api.answers(ACCOUNTS, 200, page.formatted("a1"))
        .answers("GET /accounts?page=2", 200, page.formatted("b2"))
        .refuses(MEMBERSHIPS, 403, 10000, "no");

    try (Accounts accounts = Accounts.open(api.uri(), TOKEN, ManualTime.create())) {
      assertThat(accounts.all(call)).extracting(Accounts.Account::id).containsExactly("a1", "b2");
    }
  }

  @Test
  void sharesTheTimeOfACallAmongAllPages() {
    ManualTime time = ManualTime.create();
    api.answers(
            ACCOUNTS, 200, "{\"success\":true,\"result\":[],\"result_info\":{\"total_pages\":2}}")
        .refuses(MEMBERSHIPS, 403, 10000, "no")
        .whenAsked(() -> time.advance(call.timeout()));

    try (Accounts accounts = Accounts.open(api.uri(), TOKEN, time)) {
      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> accounts.all(call));

      assertThat(failure).hasMessageContaining("20000 ms");
    }
    assertThat(api.lines()).doesNotContain("GET /accounts?page=2");
  }

  @Test
  void refusesAnAccountWithoutAnId() {
    api.answers(ACCOUNTS, 200, "{\"success\":true,\"result\":[{\"name\":\"Acme\"}]}")
        .refuses(MEMBERSHIPS, 403, 10000, "no");

    ProviderException failure = catchThrowableOfType(ProviderException.class, () -> only(TOKEN));

    assertThat(failure.kind()).isEqualTo(FailureKind.UNREADABLE);
    assertThat(failure).hasMessageContaining("an account without its id");
  }

  @Test
  void checksWhatItIsGiven() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Accounts.Account(" ", "Acme"))
        .withMessageContaining("id must be");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.globalKey(Secret.of("KEY", () -> KEY), " "))
        .withMessageContaining("email must be");
    for (String blank : List.of("", " ")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Workers.open(api.uri(), TOKEN, blank, ManualTime.create()))
          .withMessageContaining("account must be");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pages.open(api.uri(), TOKEN, blank, ManualTime.create()))
          .withMessageContaining("account must be");
    }
  }

  @Test
  void asksPagesWithAGlobalKeyToo() {
    api.gives("GET /accounts/acc/pages/projects/site", "{\"name\":\"site\"}");

    try (Pages pages = Pages.open(api.uri(), GLOBAL, "acc", ManualTime.create())) {
      assertThat(pages.project("site", call).path("name").asText()).isEqualTo("site");
    }

    assertThat(api.asked().get(0).headers().get("X-auth-key")).containsExactly(KEY);
  }

  @Test
  void saysWhoAsks() {
    api.gives("GET /user/tokens/verify", "{\"status\":\"active\"}")
        .gives("GET /user", "{\"email\":\"dev@example.com\"}")
        .gives(ACCOUNTS, "[{\"id\":\"a1\",\"name\":\"Acme\"}]")
        .gives(MEMBERSHIPS, "[{\"account\":{\"id\":\"a1\"}}]");

    Accounts.Identity identity = whoami(TOKEN);

    assertThat(identity.kind()).isEqualTo(Accounts.Kind.USER_TOKEN);
    assertThat(identity.email()).contains("dev@example.com");
    assertThat(identity.accounts()).containsExactly(new Accounts.Account("a1", "Acme"));
  }

  @Test
  void knowsTheTokenOfAnAccountAndAGlobalKey() {
    api.refuses("GET /user/tokens/verify", 401, 1000, "Invalid API Token")
        .refuses("GET /user", 403, 9109, "no")
        .gives(ACCOUNTS, "[{\"id\":\"a1\",\"name\":\"Acme\"}]")
        .refuses(MEMBERSHIPS, 403, 10000, "no");

    assertThat(whoami(TOKEN).kind()).isEqualTo(Accounts.Kind.ACCOUNT_TOKEN);
    assertThat(whoami(TOKEN).email()).isEmpty();
    assertThat(whoami(GLOBAL).kind()).isEqualTo(Accounts.Kind.GLOBAL_KEY);
    assertThat(whoami(GLOBAL).email()).contains("dev@example.com");
  }

  @Test
  void sendsAGlobalKeyWithItsAddressAndNoToken() {
    api.gives(ACCOUNTS, "[{\"id\":\"a1\",\"name\":\"Acme\"}]")
        .gives(MEMBERSHIPS, "[{\"account\":{\"id\":\"a1\"}}]");

    assertThat(only(GLOBAL).id()).isEqualTo("a1");

    assertThat(api.asked())
        .hasSize(2)
        .allSatisfy(
            asked -> {
              assertThat(asked.headers().get("X-auth-key")).containsExactly(KEY);
              assertThat(asked.headers().get("X-auth-email")).containsExactly("dev@example.com");
              assertThat(asked.headers()).doesNotContainKey("Authorization");
            });
  }

  @Test
  void showsAGlobalKeyToNobody() {
    api.refuses(ACCOUNTS, 400, 6003, "Invalid headers: X-Auth-Key " + KEY)
        .refuses(MEMBERSHIPS, 400, 6003, "Invalid headers: X-Auth-Key " + KEY);

    ProviderException refused = catchThrowableOfType(ProviderException.class, () -> only(GLOBAL));

    assertThat(refused)
        .hasMessageContaining("X-Auth-Key (token)")
        .hasStackTraceContaining("(token)")
        .hasMessageNotContaining(KEY);
    assertThat(GLOBAL.toString()).isEqualTo("global API key KEY");
  }

  @Test
  void findsCredentialsWhereWranglerDoes() {
    assertThat(Credentials.in(Map.of())).isEmpty();
    assertThat(Credentials.in(Map.of("CLOUDFLARE_API_KEY", "k"))).isEmpty();
    assertThat(Credentials.in(Map.of("CLOUDFLARE_API_TOKEN", "t")))
        .map(Credentials::toString)
        .contains("API token CLOUDFLARE_API_TOKEN");
    assertThat(
            Credentials.in(
                Map.of(
                    "CLOUDFLARE_API_TOKEN", "t",
                    "CLOUDFLARE_API_KEY", "k",
                    "CLOUDFLARE_EMAIL", "dev@example.com")))
        .map(Credentials::toString)
        .contains("global API key CLOUDFLARE_API_KEY");
  }

  @Test
  void deploysToTheAccountThatItFinds() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    Files.writeString(
        folder.resolve("wrangler.json"),
        "{\"name\": \"shop\", \"main\": \"worker.js\", \"compatibility_date\": \"2026-03-01\"}");
    api.gives(ACCOUNTS, "[{\"id\":\"acc\",\"name\":\"Acme\"}]")
        .gives(MEMBERSHIPS, "[{\"account\":{\"id\":\"acc\"}}]")
        .refuses("GET shop/script-settings", 404, 10007, "no")
        .refuses("GET shop/versions", 404, 10007, "no")
        .gives("GET /accounts/acc/workers/subdomain", "{\"subdomain\":\"acme\"}")
        .gives("PUT shop?excludeScript=true&bindings_inherit=strict", "{}")
        .gives("POST shop/subdomain", "{}");

    DeployedWorker deployed =
        deploy(
            folder, api.uri(), Map.of("CLOUDFLARE_API_TOKEN", "s3cret"), ManualTime.create(), call);

    assertThat(deployed.worker()).isEqualTo("shop");
    assertThat(deployed.warnings()).isEqualTo(List.of());
  }

  // snippet: account
  static DeployedWorker deploy(
      Path folder, URI api, Map<String, String> variables, TimeSource time, CallContext call) {
    Credentials credentials = Credentials.in(variables).orElseThrow();
    WorkerProject project = WorkerProject.in(folder).inBuild(variables);
    try (Accounts accounts = Accounts.open(api, credentials, time)) {
      String account = project.account().orElseGet(() -> accounts.only(call).id());
      try (Workers workers = Workers.open(api, credentials, account, time)) {
        return Wrangler.with(workers).deploy(project.strictly(), call);
      }
    }
  }

  // end

  private Accounts.Account only(Credentials credentials) {
    try (Accounts accounts = Accounts.open(api.uri(), credentials, ManualTime.create())) {
      return accounts.only(call);
    }
  }

  private Accounts.Identity whoami(Credentials credentials) {
    try (Accounts accounts = Accounts.open(api.uri(), credentials, ManualTime.create())) {
      return accounts.whoami(call);
    }
  }
}
