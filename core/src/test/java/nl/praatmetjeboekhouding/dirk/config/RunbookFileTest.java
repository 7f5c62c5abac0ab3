package nl.praatmetjeboekhouding.dirk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.context.ContextRules;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.model.Endpoint;
import nl.praatmetjeboekhouding.dirk.model.HealthPolicy;
import nl.praatmetjeboekhouding.dirk.model.IdentityRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunbookFileTest {

  private static final Path EXAMPLE = Path.of("src/test/resources/dirk.jsonc");

  @TempDir private Path folder;

  @Test
  void readsTheServicesOfACompany() throws IOException {
    Path here = Path.of("src/test/resources").toRealPath();

    DirkConfig config = DirkConfig.read(EXAMPLE);

    assertThat(config.services().keySet()).containsExactly("api", "mcp-server");
    ServiceConfig api = config.service("api");
    assertThat(api.project()).isEqualTo(here.resolve("workers/api"));
    assertThat(api.version()).isEqualTo(VersionRule.standard());
    assertThat(api.test()).contains(CommandConfig.of("npm", "run", "test"));
    assertThat(api.build())
        .contains(
            CommandConfig.of("npm", "run", "build")
                .withTimeout(Duration.ofMinutes(15))
                .withEnvironment(
                    Map.of(
                        "CI", new Variable.Plain("true"),
                        "SENTRY_AUTH_TOKEN", new Variable.FromSecret("SENTRY_AUTH_TOKEN"))));
    assertThat(api.probe()).isEqualTo(ProviderConfig.of("http"));
    assertThat(api.staging())
        .contains(
            EnvironmentConfig.of(
                HealthConfig.of(
                    Endpoint.of(
                        URI.create("https://staging.praatmetjeboekhouding.nl/health"),
                        new IdentityRule.Pointer("/version")))));
    HealthPolicy policy = api.production().health().policy();
    assertThat(policy.readings()).isEqualTo(10);
    assertThat(policy.patience()).isEqualTo(Duration.ofMinutes(2));
    assertThat(policy.every()).isEqualTo(HealthPolicy.standard().every());
    ServiceConfig mcp = config.service("mcp-server");
    assertThat(mcp.staging()).isEmpty();
    assertThat(mcp.production().allowDifferentArtifact()).isTrue();
    assertThat(mcp.production().health().endpoint().identity())
        .isEqualTo(new IdentityRule.Header("x-version"));
    assertThat(mcp.probe().settings(name -> Optional.empty()).duration("attemptTimeout"))
        .contains(Duration.ofSeconds(3));
  }

  @Test
  void readsTheMandatoryDocuments() throws IOException {
    ContextRules rules = DirkConfig.read(EXAMPLE).context().orElseThrow();

    assertThat(rules.root()).isEqualTo(Path.of("src/test/resources").toRealPath());
    assertThat(rules.files())
        .containsExactly(
            "docs/knowledge/KENNIS-TOEGANG.md",
            "docs/knowledge/backend/VERSION.md",
            "docs/knowledge/backend/LESSONS-LEARNED.md");
    assertThat(rules.folders()).containsExactly("docs/knowledge/backend/scraped");
    assertThat(rules.fileLimit()).isEqualTo(ContextRules.FILE_LIMIT);
  }

  @Test
  void namesAllOfTenFaultsWithLineAndColumn() {
    List<String> told =
        told(
            """
            {
              "context": { "files": ["../secret.md"] },
              "services": {
                "Api": {
                  "project": "workers/api",
                  "tset": ["npm", "run", "test"],
                  "build": { "run": ["npm", "run", "build"], "timeout": "15 minutes" },
                  "deployer": { "settings": {} },
                  "environments": {
                    "staging": {
                      "health": { "url": "ftp://staging.example.com", "identity": "sometimes" }
                    },
                    "production": {
                      "health": {
                        "url": "https://api.example.com/health",
                        "identity": { "text": "v(" },
                        "policy": { "readings": 0 },
                        "policy": { "readings": 3 }
                      }
                    }
                  }
                }
              }
            }
            """);

    assertThat(told)
        .containsExactly(
            "2:26 context.files[0] must be relative, with forward slashes and without \"..\"",
            "4:5 services.Api must be a name of lower-case letters, digits, dots, hyphens and"
                + " underscores, at most 63 characters",
            "6:7 services.Api.tset is unknown; did you mean test?",
            "7:61 services.Api.build.timeout must be a duration such as 500ms, 5s, 2m, 1h or PT2M",
            "8:19 services.Api.deployer.provider is missing: write \"cloudflare\"",
            "11:30 services.Api.environments.staging.health.url must be an http or https URL,"
                + " without user name, password and fragment",
            "11:71 services.Api.environments.staging.health.identity must be one of"
                + " { \"header\": \"x-version\" }, { \"pointer\": \"/version\" },"
                + " { \"text\": \"v([0-9.]+)\" }, or \"none\" (the service cannot tell its"
                + " version; its gates then prove nothing), not text",
            "16:35 services.Api.environments.production.health.identity.text must be a regular"
                + " expression; this one is wrong near character 3: Unclosed group",
            "17:37 services.Api.environments.production.health.policy.readings must be a whole"
                + " number from 1 to 1000",
            "18:13 policy is already set in line 17: leave one of them out");
  }

  @Test
  void looksAtTheWholeFileAlthoughSomeOfItIsMissing() {
    assertThat(told("{ \"services\": { \"api\": {} }, \"journal\": {} }"))
        .containsExactly(
            "1:24 services.api.project is missing: write \"workers/api\"",
            "1:24 services.api.deployer is missing: write"
                + " { \"provider\": \"cloudflare\", \"settings\": { } }",
            "1:24 services.api.environments is missing: write"
                + " { \"staging\": { ... }, \"production\": { ... } }",
            "1:41 journal.folder is missing: write \".dirk/journal\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                          | 1:1 there is nothing in it: write { "services": ... }
          '// nothing but a comment'  | 1:1 there is nothing in it: write { "services": ... }
          '{'                         | 1:2 this is not JSON: it ends too early; what begins in line 1, column 1 is not closed
          '{ "services": { "api": 1 ' | 1:26 this is not JSON: it ends too early; what begins in line 1, column 15 is not closed
          '/* never closed'           | 1:16 this is not JSON: it ends before anything is said
          '{ "services" 1 }'          | 1:14 this is not JSON: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value
          '{ services: {} }'          | 1:3 this is not JSON: Unexpected character ('s' (code 115)): was expecting double-quote to start field name
          '{ "services": [1, 2} }'    | 1:20 this is not JSON: Unexpected close marker '}': expected ']' (for Array starting at line 1, column 15)
          '{ "a": s3cret }'           | 1:8 this is not JSON: a word or number that is none; text needs quotes
          '{ "a": NaN }'              | 1:11 this is not JSON: a word or number that is none; text needs quotes
          '{ "a": 0123 }'             | 1:9 this is not JSON: a word or number that is none; text needs quotes
          '{} {}'                     | 1:4 nothing may follow after the end of the document
          """)
  void saysWhereATextIsNotJson(String text, String expected) {
    assertThat(told(text)).contains(expected);
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    assertThat(told("{ \"a\": " + "[".repeat(100_000)))
        .containsExactly("1:40 this is nested too deeply: 32 levels are the most");
  }

  @Test
  void refusesANumberAndANameThatAreTooLong() {
    assertThat(told("{ \"a\": " + "9".repeat(5_000) + " }"))
        .containsExactly("1:5008 a name or a number is too long");
    assertThat(told("{ \"" + "a".repeat(60_000) + "\": 1 }"))
        .singleElement()
        .asString()
        .endsWith("a name or a number is too long");
  }

  @Test
  void refusesANumberWithAnExponentThatIsTooLong() {
    assertThat(told("{ \"journal\": 1e99999999999, \"services\": 1e-9999999999 }"))
        .contains("1:14 a name or a number is too long", "1:41 a name or a number is too long");
  }

  @Test
  void tellsNamesOnOneLineHoweverTheyAreWritten() {
    assertThat(told("{ \"a\\nb\\u202Ec" + "d".repeat(100) + "\": 1, \"services\": {} }"))
        .containsExactly(
            "1:3 a\\u000Ab\\u202Ec" + "d".repeat(75) + "... is unknown",
            "1:133 services must name a service");
  }

  @Test
  void tellsAThousandFaultsAsSoManyMore() {
    List<String> told = told("{ " + "\"a\": 1, ".repeat(1_000) + "}");

    assertThat(told).hasSize(201).last().asString().isEqualTo("0:0 801 more faults follow");
  }

  @Test
  void countsColumnsAsAnEditorDoes() {
    assertThat(told("{ \"\uD83D\uDE00\": 1,\r\n\t\"sevices\": {} }"))
        .containsExactly(
            "1:1 services is missing: write { \"my-service\": { \"project\": ... } }",
            "1:3 \uD83D\uDE00 is unknown",
            "2:2 sevices is unknown; did you mean services?");
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertRefused(folder.resolve("dirk.jsonc"), "there is no such runbook file");
  }

  @Test
  void saysThatAFolderIsNoFile() {
    assertRefused(folder, "must be a file, and this is none");
  }

  @Test
  void doesNotWaitForAPipe() throws Exception {
    Path pipe = folder.resolve("dirk.jsonc");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertRefused(pipe, "must be a file, and this is none");
  }

  @Test
  void saysThatAFileMayNotBeRead() throws IOException {
    Path file = Files.writeString(folder.resolve("dirk.jsonc"), "{}");
    assertThat(file.toFile().setReadable(false)).isTrue();
    assumeFalse(Files.isReadable(file), "this user may read everything");

    assertRefused(file, "cannot be read");
  }

  @Test
  void refusesAFileOfMoreThanAMebibyte() throws IOException {
    Path file = folder.resolve("dirk.jsonc");
    Files.writeString(file, "{}" + " ".repeat(1024 * 1024 - 1));

    assertRefused(file, "at most 1 MiB");
  }

  @Test
  void saysWhereAFileIsNotUtf8() throws IOException {
    Path file = folder.resolve("dirk.jsonc");
    Files.write(file, "{\n  \"caf\u00E9\": 1 }".getBytes(StandardCharsets.ISO_8859_1));

    assertRefused(file, "dirk.jsonc:2:7: a runbook file is UTF-8 text, and here it is not");
  }

  @Test
  void readsAFileThatBeginsWithAByteOrderMark() throws IOException {
    Path file = folder.resolve("dirk.jsonc");
    Files.writeString(file, "\uFEFF" + Files.readString(EXAMPLE));

    assertThat(DirkConfig.read(file).services()).hasSize(2);
  }

  @Test
  void takesPathsRelativeToTheFolderThatTheFileIsReallyIn() throws IOException {
    Path real = Files.createDirectories(folder.resolve("real/ops"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Files.writeString(
        real.resolve("dirk.jsonc"),
        Runbook.LEAST
            .with("/journal", "{ \"folder\": \"../journal\" }")
            .with("/context", "{ \"root\": \"..\", \"files\": [\"a.md\"] }")
            .with("/services/api/project", "\"../api\"")
            .text());

    DirkConfig config = DirkConfig.read(link.resolve("dirk.jsonc"));

    Path above = folder.toRealPath().resolve("real");
    assertThat(config.service("api").project()).isEqualTo(above.resolve("api"));
    assertThat(config.journal()).contains(above.resolve("journal"));
    assertThat(config.context().orElseThrow().root()).isEqualTo(above);
  }

  private List<String> told(String text) {
    Path file = folder.resolve("dirk.jsonc");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    ConfigurationException thrown =
        catchThrowableOfType(ConfigurationException.class, () -> DirkConfig.read(file));
    return thrown.faults().stream()
        .map(fault -> fault.line() + ":" + fault.column() + " " + fault.message())
        .toList();
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> DirkConfig.read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }
}
