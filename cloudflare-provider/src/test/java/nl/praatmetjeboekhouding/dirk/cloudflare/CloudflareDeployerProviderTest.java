package nl.praatmetjeboekhouding.dirk.cloudflare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import nl.praatmetjeboekhouding.dirk.catalog.Catalog;
import nl.praatmetjeboekhouding.dirk.catalog.CheckedSettings;
import nl.praatmetjeboekhouding.dirk.config.ProviderConfig;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;
import nl.praatmetjeboekhouding.dirk.model.ContentFile;
import nl.praatmetjeboekhouding.dirk.model.Environment;
import nl.praatmetjeboekhouding.dirk.model.Target;
import nl.praatmetjeboekhouding.dirk.spi.CallContext;
import nl.praatmetjeboekhouding.dirk.spi.Deployer;
import nl.praatmetjeboekhouding.dirk.spi.DeployerProvider;
import nl.praatmetjeboekhouding.dirk.spi.PrepareRequest;
import nl.praatmetjeboekhouding.dirk.spi.ProviderContext;
import nl.praatmetjeboekhouding.dirk.spi.Spi;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudflareDeployerProviderTest {

  private static final ProviderConfig LEAST =
      ProviderConfig.of("cloudflare").with("token", "${env:CF_TOKEN}").with("account", "acc");

  @TempDir private Path folder;
  private final CallContext call = CallContext.of(Duration.ofSeconds(20));

  @BeforeEach
  void openAProject() throws IOException {
    Files.writeString(folder.resolve("worker.mjs"), "export default {}");
    Files.writeString(
        folder.resolve("wrangler.json"),
        """
        {"name": "shop", "main": "worker.mjs", "compatibility_date": "2026-03-01",
         "env": {"staging": {}, "live": {"name": "boutique"}}}
        """);
  }

  @Test
  void isFoundByItsId() {
    assertThat(ServiceLoader.load(DeployerProvider.class))
        .filteredOn(provider -> provider.id().equals("cloudflare"))
        .singleElement()
        .satisfies(provider -> assertThat(provider.spiLevel()).isEqualTo(Spi.LEVEL));
  }

  @Test
  void takesAnEnvironmentForTheOneOfTheSameNameOrElseForTheTopLevel() {
    try (Deployer deployer = create(LEAST)) {
      assertThat(deployer.resource(target("staging")))
          .isEqualTo("cloudflare:acc/worker/shop-staging");
      assertThat(deployer.resource(target("production"))).isEqualTo("cloudflare:acc/worker/shop");
    }
  }

  @Test
  void takesAnEnvironmentForTheOneThatIsConfigured() {
    Map<String, String> environments = Map.of("production", "live", "staging", "top-level");

    try (Deployer deployer = create(LEAST.with("environments", environments))) {
      assertThat(deployer.resource(target("production")))
          .isEqualTo("cloudflare:acc/worker/boutique");
      assertThat(deployer.resource(target("staging"))).isEqualTo("cloudflare:acc/worker/shop");
    }
  }

  @Test
  void refusesAnEnvironmentThatTheWranglerFileDoesNotDeclare() {
    ConfigurationException refused = refused(LEAST.with("environments", Map.of("production", "x")));

    assertThat(refused).hasMessageContaining("environments").hasMessageContaining("production");
  }

  @ParameterizedTest
  @CsvSource({
    "prodution, '; did you mean production?'",
    "Production, '; did you mean production?'",
    "prod, '; did you mean production?'",
    "stagign, '; did you mean staging?'",
    "live, ': there are staging and production'"
  })
  void refusesAnEnvironmentThatDirkDoesNotHave(String name, String hint) {
    ConfigurationException refused = refused(LEAST.with("environments", Map.of(name, "staging")));

    assertThat(refused.faults())
        .singleElement()
        .extracting(Fault::message)
        .asString()
        .endsWith("environments must name environments of Dirk, and " + name + " is none" + hint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://api.example/v4",
        "http:api.example",
        "https:///v4",
        "https://api.example:99999/v4",
        "https://api.example/v4?x=1",
        "https://api.example/v4#x"
      })
  void refusesAnApiThatNobodyCanAsk(String uri) {
    ConfigurationException refused = refused(LEAST.with("api", uri));

    assertThat(refused.faults())
        .singleElement()
        .extracting(Fault::message)
        .asString()
        .endsWith(
            "api must be an http or https address with a host, without query and fragment, such"
                + " as https://api.cloudflare.com/client/v4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "..", "My Company", "acc\u0000"})
  void refusesAnAccountThatIsNoId(String account) {
    ConfigurationException refused = refused(LEAST.with("account", account));

    assertThat(refused.faults())
        .singleElement()
        .extracting(Fault::message)
        .asString()
        .endsWith(
            "account must be the account's id, 32 hexadecimal digits; the dashboard's address"
                + " shows it");
  }

  @Test
  void tellsAllThatIsWrongAtOnce() {
    ProviderConfig config =
        ProviderConfig.of("cloudflare")
            .with("api", "ftp://x")
            .with("environments", Map.of("prod", "live", "staging", "nowhere"));

    ConfigurationException refused = refused(config);

    assertThat(refused.faults())
        .extracting(Fault::toString)
        .satisfiesExactlyInAnyOrder(
            fault -> assertThat(fault).contains("api must be"),
            fault -> assertThat(fault).contains("prod is none; did you mean production?"),
            fault -> assertThat(fault).contains("does not declare nowhere for staging"),
            fault -> assertThat(fault).contains("token"),
            fault -> assertThat(fault).contains("account"));
  }

  @Test
  void asksTheApiThatIsConfiguredWithTheSecretOfThatName() throws IOException {
    try (RecordingApi api = new RecordingApi()) {
      api.refuses("GET shop/deployments", 404, 10007, "no Worker");
      ProviderConfig config = LEAST.with("api", api.uri().toString());

      try (Deployer deployer = create(config)) {
        assertThat(deployer.active(target("production"), call)).isEmpty();
      }

      assertThat(api.asked().get(0).headers().get("Authorization"))
          .containsExactly("Bearer s3cret");
    }
  }

  @Test
  void uploadsTheModulesOfTheFolderThatIsConfigured() throws IOException {
    Files.createDirectory(folder.resolve("dist"));
    Files.writeString(folder.resolve("dist/worker.js"), "export default {built: true}");
    Files.writeString(folder.resolve("dist/greeting.txt"), "hello");
    try (RecordingApi api = new RecordingApi()) {
      api.refuses("GET shop/deployments", 404, 10007, "no Worker");
      ProviderConfig config = LEAST.with("api", api.uri().toString()).with("modules", "dist");

      try (Deployer deployer = create(config)) {
        List<ContentFile> files =
            deployer.prepare(new PrepareRequest(target("production")), call).files();

        assertThat(files)
            .extracting(ContentFile::name)
            .containsExactly("worker.js", "greeting.txt");
      }
    }
  }

  @Test
  void waitsForCloudflaresListsAsLongAsConfigured() {
    try (Deployer usual = create(LEAST);
        Deployer shorter = create(LEAST.with("settleWindow", "2s"))) {
      assertThat(usual.guarantees().settleWindow()).isEqualTo(CloudflareDeployer.SETTLE_WINDOW);
      assertThat(shorter.guarantees().settleWindow()).isEqualTo(Duration.ofSeconds(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"token", "account"})
  void namesASettingThatIsMissing(String name) {
    ProviderConfig config = ProviderConfig.of("cloudflare");
    for (String other : List.of("token", "account")) {
      config = other.equals(name) ? config : config.with(other, "${env:CF_TOKEN}");
    }
    CheckedSettings settings = settings(config);

    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> create(settings));

    assertThat(refused).hasMessageContaining(name);
  }

  @Test
  void takesAGlobalKeyInsteadOfAToken() {
    ProviderConfig account = ProviderConfig.of("cloudflare").with("account", "acc");
    ProviderConfig key = account.with("globalKey", "${env:CF_TOKEN}");

    create(key.with("email", "dev@example.com")).close();

    assertThat(refused(key)).hasMessageContaining("email");
    assertThat(refused(account.with("email", "dev@example.com"))).hasMessageContaining("globalKey");
    assertThat(refused(key.with("email", "dev@example.com").with("token", "${env:CF_TOKEN}")))
        .hasMessageContaining("must not stand beside globalKey and email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "dev@example.com\n", "d\u00e9v@example.com", " "})
  void refusesAnAddressThatCannotBeSent(String email) {
    ProviderConfig key =
        ProviderConfig.of("cloudflare")
            .with("account", "acc")
            .with("globalKey", "${env:CF_TOKEN}")
            .with("email", email);

    assertThat(refused(key)).hasMessageContaining("email must be");
  }

  @Test
  void refusesATokenThatIsWrittenDown() {
    ConfigurationException refused =
        refused(ProviderConfig.of("cloudflare").with("token", "s3cret").with("account", "acc"));

    assertThat(refused).hasMessageContaining("token").hasMessageNotContaining("s3cret");
  }

  @Test
  void knowsAllItsSettingsAndNoOthers() {
    ProviderConfig config =
        LEAST
            .with("api", "http://127.0.0.1:1/client/v4")
            .with("environments", Map.of("production", "live"))
            .with("modules", "dist")
            .with("settleWindow", "2s")
            .with("acount", "typo");
    CheckedSettings settings = settings(config);

    create(settings).close();

    assertThat(settings.unread())
        .singleElement()
        .extracting(Fault::message)
        .asString()
        .contains("acount is unknown");
  }

  @Test
  void tellsEachSettingOfAnotherForm() {
    CheckedSettings settings =
        settings(LEAST.with("api", "of no such form").with("settleWindow", "soon"));

    create(settings).close();

    assertThat(settings.wrong())
        .extracting(Fault::message)
        .satisfiesExactlyInAnyOrder(
            message -> assertThat(message).contains("api"),
            message -> assertThat(message).contains("settleWindow"));
  }

  @Test
  void neverShowsTheToken() {
    try (Deployer deployer = create(LEAST)) {
      assertThat(deployer.toString()).doesNotContain("s3cret");
    }
  }

  private ConfigurationException refused(ProviderConfig config) {
    Catalog<Deployer> catalog =
        Catalog.deployers(CloudflareDeployerProviderTest.class.getClassLoader());
    return catchThrowableOfType(
        ConfigurationException.class,
        () ->
            catalog.create(
                "cloudflare",
                new ProviderContext("shop", folder, settings(config), TimeSource.system())));
  }

  private Deployer create(ProviderConfig config) {
    return create(settings(config));
  }

  private Deployer create(CheckedSettings settings) {
    return new CloudflareDeployerProvider()
        .create(new ProviderContext("shop", folder, settings, TimeSource.system()));
  }

  private static CheckedSettings settings(ProviderConfig config) {
    return config.settings(
        name -> name.equals("CF_TOKEN") ? Optional.of("s3cret") : Optional.empty());
  }

  private static Target target(String environment) {
    return new Target("shop", new Environment(environment));
  }
}
