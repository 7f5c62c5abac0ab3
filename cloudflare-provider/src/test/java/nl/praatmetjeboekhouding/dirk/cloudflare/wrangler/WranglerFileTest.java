package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WranglerFileTest {

  private static final String LEAST =
      "\"name\": \"shop\", \"main\": \"worker.mjs\", \"compatibility_date\": \"2026-03-01\"";

  @TempDir private Path folder;

  @BeforeEach
  void buildTheModule() throws IOException {
    Files.writeString(folder.resolve("worker.mjs"), "export default {}");
  }

  @Test
  void sendsOnlyWhatWranglerSendsForTheLeastFile() throws IOException {
    WranglerProject project = read("{" + LEAST + "}");

    assertThat(project.name()).isEqualTo("shop");
    assertThat(project.modules())
        .containsExactly(
            new ModuleFile("worker.js", ModuleType.ES_MODULE, folder.resolve("worker.mjs")));
    assertThat(project.metadata())
        .hasToString(
            "{\"main_module\":\"worker.js\",\"bindings\":[],"
                + "\"compatibility_date\":\"2026-03-01\",\"compatibility_flags\":[],"
                + "\"keep_bindings\":[\"secret_text\",\"secret_key\"]}");
    assertThat(project.subdomain()).hasToString("{\"enabled\":true}");
    assertThat(project.scriptSettings()).hasToString("{\"observability\":{\"enabled\":false}}");
    assertThat(project.tags()).isEmpty();
    assertThat(project.routes()).isEmpty();
    assertThat(project.crons()).isEmpty();
    assertThat(project.warnings()).isEmpty();
  }

  @Test
  void readsCommentsAndTrailingCommas() throws IOException {
    WranglerProject project =
        read("// the shop\n{" + LEAST + ", /* why not */ \"vars\": {\"A\": \"1\",},}");

    assertThat(project.metadata().path("bindings"))
        .hasToString("[{\"name\":\"A\",\"type\":\"plain_text\",\"text\":\"1\"}]");
  }

  @Test
  void readsToml() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.toml"),
        """
        name = "shop"
        main = "worker.mjs"
        compatibility_date = "2026-03-01"
        compatibility_flags = ["nodejs_compat"]

        [vars]
        LIMIT = 3

        [[kv_namespaces]]
        binding = "CARTS"
        id = "0f"
        """);

    WranglerProject project = WranglerFile.in(folder).project(Optional.empty());

    assertThat(project.metadata().path("bindings"))
        .hasToString(
            "[{\"name\":\"LIMIT\",\"type\":\"json\",\"json\":3},"
                + "{\"name\":\"CARTS\",\"type\":\"kv_namespace\",\"namespace_id\":\"0f\"}]");
    assertThat(project.metadata().path("compatibility_flags")).hasToString("[\"nodejs_compat\"]");
  }

  @Test
  void sortsBindingsByKindAndTextsBeforeOtherVars() throws IOException {
    WranglerProject project =
        read(
            """
            {%s,
             "version_metadata": {"binding": "VERSION"},
             "services": [{"binding": "MAIL", "service": "mailer"}],
             "d1_databases": [{"binding": "DB", "database_id": "d", "database_name": "x"}],
             "queues": {"producers": [{"binding": "JOBS", "queue": "jobs"}]},
             "r2_buckets": [{"binding": "FILES", "bucket_name": "files", "jurisdiction": "eu"}],
             "vars": {"LIST": [1], "NAME": "shop"},
             "kv_namespaces": [{"binding": "KV", "id": "k", "preview_id": "p"}]}"""
                .formatted(LEAST));

    assertThat(project.metadata().path("bindings").findValuesAsText("name"))
        .containsExactly("NAME", "LIST", "KV", "JOBS", "FILES", "DB", "MAIL", "VERSION");
    assertThat(project.metadata().path("bindings").findValuesAsText("type"))
        .containsExactly(
            "plain_text",
            "json",
            "kv_namespace",
            "queue",
            "r2_bucket",
            "d1",
            "service",
            "version_metadata");
    assertThat(project.metadata().path("bindings").get(5))
        .hasToString("{\"name\":\"DB\",\"type\":\"d1\",\"id\":\"d\"}");
    assertThat(project.metadata().path("bindings").get(4).path("jurisdiction").asText())
        .isEqualTo("eu");
  }

  @Test
  void sendsTheRarerKindsWhereWranglerSendsThem() throws IOException {
    WranglerProject project =
        read(
            """
            {%s,
             "worker_loaders": [{"binding": "LOADER"}],
             "browser": {"binding": "BROWSER"},
             "logfwdr": {"bindings": [{"name": "LOGS", "destination": "audit"}]},
             "ratelimits":
                 [{"name": "RATE", "namespace_id": "1", "simple": {"limit": 9, "period": 60}}],
             "flagship": [{"binding": "FLAGS", "app_id": "0d"}],
             "unsafe_hello_world": [{"binding": "HELLO", "enable_timer": false}],
             "artifacts": [{"binding": "BUILDS", "namespace": "builds", "remote": true}],
             "hyperdrive": [{"binding": "SQL", "id": "0c"}],
             "agent_memory": [{"binding": "MEMORY", "namespace": "all"}],
             "ai_search": [{"binding": "DOCS", "instance_name": "docs"}],
             "secrets_store_secrets":
                 [{"binding": "KEY", "store_id": "0e", "secret_name": "key"}]}"""
                .formatted(LEAST));

    JsonNode bindings = project.metadata().path("bindings");
    assertThat(bindings.findValuesAsText("name"))
        .containsExactly(
            "DOCS", "MEMORY", "SQL", "KEY", "BUILDS", "HELLO", "FLAGS", "RATE", "LOADER", "LOGS",
            "BROWSER");
    assertThat(bindings.get(1))
        .hasToString("{\"name\":\"MEMORY\",\"type\":\"agent_memory\",\"namespace\":\"all\"}");
    assertThat(bindings.get(4))
        .hasToString("{\"name\":\"BUILDS\",\"type\":\"artifacts\",\"namespace\":\"builds\"}");
    assertThat(bindings.get(5))
        .hasToString("{\"name\":\"HELLO\",\"type\":\"unsafe_hello_world\",\"enable_timer\":false}");
    assertThat(bindings.get(6))
        .hasToString("{\"name\":\"FLAGS\",\"type\":\"flagship\",\"app_id\":\"0d\"}");
    assertThat(bindings.get(9))
        .hasToString("{\"name\":\"LOGS\",\"type\":\"logfwdr\",\"destination\":\"audit\"}");
  }

  @Test
  void sendsTheCacheAndWhoGetsTheTailAsAStream() throws IOException {
    WranglerProject project =
        read(
            """
            {%s,
             "cache": {"enabled": true, "cross_version_cache": false},
             "streaming_tail_consumers": [{"service": "tail"}]}"""
                .formatted(LEAST));

    assertThat(project.metadata().path("cache_options"))
        .hasToString("{\"enabled\":true,\"cross_version_cache\":false}");
    assertThat(project.metadata().path("streaming_tail_consumers"))
        .hasToString("[{\"service\":\"tail\"}]");
    assertThat(project.scriptSettings()).hasToString("{\"observability\":{\"enabled\":false}}");
  }

  @Test
  void givesAnEnvironmentTheForwardedLogsOfTheTopLevel() throws IOException {
    WranglerProject project =
        read(
            """
            {%s,
             "logfwdr": {"bindings": [{"name": "LOGS", "destination": "audit"}]},
             "artifacts": [{"binding": "BUILDS", "namespace": "builds"}],
             "env": {"live": {}}}"""
                .formatted(LEAST),
            "live");

    assertThat(project.metadata().path("bindings").findValuesAsText("name"))
        .containsExactly("LOGS");
  }

  @Test
  void givesAnEnvironmentTheInheritedKeysButNotTheOthers() throws IOException {
    WranglerProject project =
        read(
            """
            {%s, "vars": {"A": "top"}, "limits": {"cpu_ms": 20},
             "env": {"staging": {"compatibility_date": "2026-04-01"}}}"""
                .formatted(LEAST),
            "staging");

    assertThat(project.name()).isEqualTo("shop-staging");
    assertThat(project.metadata().path("limits")).hasToString("{\"cpu_ms\":20}");
    assertThat(project.metadata().path("compatibility_date").asText()).isEqualTo("2026-04-01");
    assertThat(project.metadata().path("bindings")).isEmpty();
    assertThat(project.tags()).containsExactly("cf:service=shop", "cf:environment=staging");
    assertThat(project.warnings()).singleElement().asString().contains("\"vars\"", ":1:");
  }

  @Test
  void callsAnEnvironmentByItsOwnName() throws IOException {
    WranglerProject project =
        read("{" + LEAST + ", \"env\": {\"live\": {\"name\": \"boutique\"}}}", "live");

    assertThat(project.name()).isEqualTo("boutique");
  }

  @Test
  void tagsTheTopLevelWithItsServiceIfEnvironmentsAreConfigured() throws IOException {
    WranglerProject project = read("{" + LEAST + ", \"env\": {\"live\": {}}}");

    assertThat(project.name()).isEqualTo("shop");
    assertThat(project.tags()).containsExactly("cf:service=shop");
  }

  @Test
  void refusesAnEnvironmentThatIsNotDeclared() throws IOException {
    ConfigurationException refused =
        refused("{" + LEAST + ",\n \"env\": {\"live\": {}}}", "staging");

    assertThat(refused).hasMessageContaining("wrangler.jsonc:2:").hasMessageContaining("staging");
  }

  @Test
  void takesTheTopLevelUnderASuffixedNameIfNoEnvironmentIsConfigured() throws IOException {
    WranglerProject project = read("{" + LEAST + "}", "staging");

    assertThat(project.name()).isEqualTo("shop-staging");
    assertThat(project.warnings()).singleElement().asString().contains("staging");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"compliance_region\": \"fedramp_high\"",
        "\"first_party_worker\": true",
        "\"addresses\": []",
        "\"containers\": [{}, {}]",
        "\"build\": {\"command\": \"make\"}"
      })
  void refusesKeysThatItCannotCarry(String member) throws IOException {
    ConfigurationException refused = refused("{" + LEAST + ",\n  " + member + "}", "");

    assertThat(refused)
        .hasMessageContaining("wrangler.jsonc:2:3")
        .hasMessageContaining(member.substring(0, member.indexOf(':')));
  }

  @Test
  void leavesAloneWhatAnotherEnvironmentCannotCarry() throws IOException {
    WranglerProject project = read("{" + LEAST + ", \"env\": {\"live\": {\"containers\": [{}]}}}");

    assertThat(project.name()).isEqualTo("shop");
  }

  @Test
  void warnsOfUnknownKeysWithTheirPlace() throws IOException {
    WranglerProject project = read("{" + LEAST + ",\n \"varz\": {}}");

    assertThat(project.warnings())
        .containsExactly("wrangler.jsonc:2:2: \"varz\" is unknown and was ignored");
  }

  @Test
  void tellsAllFaultsAtOnceInTheOrderOfTheText() throws IOException {
    ConfigurationException refused =
        refused(
            """
            {
              "name": "Shop",
              "main": "src/worker.ts",
              "compatibility_flags": "nodejs_compat",
              "kv_namespaces": [{"binding": "KV"}],
              "routes": [{"pattern": "a.example/x", "custom_domain": true}],
              "logpush": "yes"
            }""",
            "");

    assertThat(refused.faults())
        .extracting(fault -> fault.line() + " " + fault.message().split(" ", 2)[0])
        .containsExactly(
            "1 \"compatibility_date\"",
            "2 the",
            "3 \"main\"",
            "4 \"compatibility_flags\"",
            "5 kv_namespaces",
            "6 a",
            "7 \"logpush\"");
  }

  @Test
  void takesCustomDomainsApartFromRoutes() throws IOException {
    WranglerProject project =
        read(
            "{"
                + LEAST
                + ", \"routes\": [\"b.example/*\", {\"pattern\": \"a.example\","
                + " \"custom_domain\": true, \"zone_name\": \"a.example\", \"enabled\": false}]}");

    assertThat(project.routes().orElseThrow()).hasToString("[{\"pattern\":\"b.example/*\"}]");
    assertThat(project.attached().domains())
        .hasToString(
            "[{\"hostname\":\"a.example\",\"zone_name\":\"a.example\",\"enabled\":false}]");
    assertThat(project.subdomain()).hasToString("{\"enabled\":false}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"queues\": {\"consumers\": [{}]} | \"queues.consumers[0]\" needs \"queue\"",
        "\"queues\": {\"consumers\": [{\"queue\": \"q\", \"type\": \"http_pull\"}]} |"
            + " type\" must be \"worker\"",
        "\"queues\": {\"consumers\": [{\"queue\": \"q\", \"max_retries\": \"3\"}]} |"
            + " max_retries\" must be a number",
        "\"workflows\": [{\"name\": \"w\"}] | needs \"binding\"",
        "\"workflows\": [{\"binding\": \"W\", \"name\": \"-w\", \"class_name\": \"C\"}] |"
            + " 1 to 64 letters",
        "\"workflows\": [{\"binding\": \"W\", \"name\": \"w\", \"class_name\": \"C\","
            + " \"schedules\": []}] | schedules",
        "\"workflows\": [{\"binding\": \"W\", \"name\": \"w\", \"class_name\": \"C\","
            + " \"script_name\": \"other\", \"limits\": {\"steps\": 1}}] |"
            + " for the Worker that defines the workflow w",
        "\"workflows\": [{\"binding\": \"W\", \"name\": \"w\", \"class_name\": \"C\","
            + " \"limits\": {\"steps\": 0}}] | a whole number above 0",
        "\"exports\": {\"Orders\": {\"type\": \"workflow\", \"name\": \"-w\"}} | a hyphen: -w",
        "\"exports\": {\"Cart\": {\"type\": \"durable-object\", \"storage\": \"sqlite\"}},"
            + " \"migrations\": [{\"tag\": \"v1\", \"new_classes\": [\"Cart\"]}] |"
            + " by \"exports\" or by \"migrations\" and never by both",
        "\"exports\": {\"Orders\": {\"type\": \"workflow\", \"name\": \"w\"},"
            + " \"Bills\": {\"type\": \"workflow\", \"name\": \"w\"}} | more than one class",
        "\"workflows\": [{\"binding\": \"W\", \"name\": \"w\", \"class_name\": \"Bills\"}],"
            + " \"exports\": {\"Orders\": {\"type\": \"workflow\", \"name\": \"w\"}} |"
            + " another class under \"exports\": Orders",
        "\"workflows\": [{\"binding\": \"W\", \"name\": \"w\", \"class_name\": \"Orders\","
            + " \"limits\": {\"steps\": 5}}],"
            + " \"exports\": {\"Orders\": {\"type\": \"workflow\", \"name\": \"w\"}} |"
            + " goes to exports.Orders",
        "\"workflows\": [{\"binding\": \"W\", \"name\": \"w\", \"class_name\": \"Orders\","
            + " \"script_name\": \"till\"}],"
            + " \"exports\": {\"Orders\": {\"type\": \"workflow\", \"name\": \"w\"}} |"
            + " another Worker's here"
      })
  void tellsWhatIsWrongWithConsumersAndWorkflows(String member, String wrong) throws IOException {
    ConfigurationException refused = refused("{" + LEAST + ",\n  " + member + "}", "");

    assertThat(refused).hasMessageContaining("wrangler.jsonc:2:").hasMessageContaining(wrong);
  }

  @Test
  void definesTheWorkflowsThatAreDeclaredByTheirClasses() throws IOException {
    WranglerProject project =
        read(
            """
            {%s,
             "workflows": [
                 {"binding": "ORDERS", "name": "orders", "class_name": "Orders"},
                 {"binding": "BILLS", "name": "bills", "class_name": "Bills"}],
             "exports": {
                 "Mails": {"type": "workflow", "name": "mails"},
                 "Orders": {"type": "workflow", "name": "orders", "limits": {"steps": 5}}}}"""
                .formatted(LEAST));

    assertThat(project.attached().workflows())
        .hasToString(
            "[{\"name\":\"orders\",\"workflow\":{\"script_name\":\"shop\","
                + "\"class_name\":\"Orders\",\"limits\":{\"steps\":5}}},"
                + "{\"name\":\"bills\",\"workflow\":{\"script_name\":\"shop\","
                + "\"class_name\":\"Bills\"}},"
                + "{\"name\":\"mails\",\"workflow\":{\"script_name\":\"shop\","
                + "\"class_name\":\"Mails\"}}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"mode\": \"immediate\", \"max_delay\": 5} | {\"mode\":\"immediate\"}",
        "{\"mode\": \"deferred\", \"max_delay\": 1.5} | {\"mode\":\"deferred\",\"max_delay\":1.5}",
        "{\"mode\": \"deferred\"} | {\"mode\":\"deferred\",\"max_delay\":300}"
      })
  void readsHowRunningObjectsGetNewCode(String said, String sent) throws IOException {
    WranglerProject project =
        read("{" + LEAST + ", \"durable_objects\": {\"code_update_strategy\": " + said + "}}");

    assertThat(project.codeUpdate()).hasToString(sent);
  }

  @Test
  void tellsWhereJsonIsBroken() throws IOException {
    ConfigurationException refused = refused("{\n  \"name\": shop\n}", "");

    assertThat(refused.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.line()).isEqualTo(2));
  }

  @Test
  void tellsWhereTomlIsBroken() throws IOException {
    Files.writeString(folder.resolve("wrangler.toml"), "name = \"shop\"\nmain = \n");

    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> WranglerFile.in(folder));

    assertThat(refused.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.line()).isEqualTo(2));
  }

  @Test
  void takesTheLastOfAKeyThatStandsTwiceAndSaysSo() throws IOException {
    WranglerProject project =
        read(
            "{"
                + LEAST
                + ", \"vars\": {\"A\": \"1\"},\n\"name\": \"other\",\n \"vars\": {\"B\": \"2\"}}");

    assertThat(project.name()).isEqualTo("other");
    assertThat(project.metadata().path("bindings"))
        .hasToString("[{\"name\":\"B\",\"type\":\"plain_text\",\"text\":\"2\"}]");
    assertThat(project.warnings())
        .containsExactly(
            "wrangler.jsonc:2:1: \"name\" stands here again; the last one counts",
            "wrangler.jsonc:3:2: \"vars\" stands here again; the last one counts");
  }

  @Test
  void tellsWhereTheLastOfAKeyIsThatStandsTwice() throws IOException {
    ConfigurationException refused =
        refused(
            "{" + LEAST + ", \"limits\": {\"cpu_ms\": 5},\n\"limits\": {\"cpu_ms\": \"x\"}}", "");

    assertThat(refused).hasMessageStartingWith("wrangler.jsonc:2:12: \"limits.cpu_ms\"");
  }

  @Test
  void refusesAKeyThatStandsTwiceInTomlAsWranglerDoes() throws IOException {
    Files.writeString(folder.resolve("wrangler.toml"), "name = \"a\"\nname = \"b\"\n");

    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> WranglerFile.in(folder));

    assertThat(refused).hasMessageContaining("Duplicate key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Prod", "v1.2", "\u00e9t\u00e9", "EU_West-1"})
  void addsTheNameOfAnEnvironmentAsItIs(String environment) throws IOException {
    WranglerProject project =
        read("{" + LEAST + ", \"env\": {\"" + environment + "\": {}}}", environment);

    assertThat(project.name()).isEqualTo("shop-" + environment);
    assertThat(WranglerFile.in(folder).worker(Optional.of(environment)))
        .isEqualTo("shop-" + environment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "a b", "a?b", "a#b", "a%2fb"})
  void refusesTheNameOfAnEnvironmentThatIsNoPartOfAnAddress(String environment) throws IOException {
    ConfigurationException refused =
        refused("{" + LEAST + ", \"env\": {\"" + environment + "\": {}}}", environment);

    assertThat(refused).hasMessageContaining("cannot be called \"shop-" + environment + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"Shop\" | {} |",
        "\"-shop\" | {} |",
        "\"shop\" | {\"live\": {\"name\": \"Shop\"}} | live"
      })
  void refusesANameThatTheFileMayNotSay(String name, String environments, String environment)
      throws IOException {
    ConfigurationException refused =
        refused(
            "{\"name\": "
                + name
                + ", \"main\": \"worker.mjs\", \"compatibility_date\": \"2026-03-01\", \"env\": "
                + environments
                + "}",
            environment == null ? "" : environment);

    assertThat(refused.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.message()).contains("must be lower-case letters"));
  }

  @Test
  void takesAnyNameFromTheCaller() throws IOException {
    Files.writeString(folder.resolve("wrangler.jsonc"), "{" + LEAST + "}");
    Overrides capital = Overrides.none().with("name", TextNode.valueOf("Prod"));
    Overrides up = Overrides.none().with("name", TextNode.valueOf(".."));

    assertThat(WranglerFile.in(folder).worker(Optional.empty(), capital)).isEqualTo("Prod");
    assertThat(
            catchThrowableOfType(
                ConfigurationException.class,
                () -> WranglerFile.in(folder).worker(Optional.empty(), up)))
        .hasMessageContaining("cannot be called");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wrangler.json | {\"name\": \"shop\"}",
        "wrangler.jsonc | {\"name\": \"shop\"}",
        "wrangler.toml | name = \"shop\""
      })
  void readsPastAByteOrderMark(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), "\uFEFF" + text);

    assertThat(WranglerFile.in(folder).worker(Optional.empty())).isEqualTo("shop");
  }

  @Test
  void refusesWhatIsTooLargeForAWranglerFile() throws IOException {
    String text = "{" + LEAST + "}" + " ".repeat(1024 * 1024);

    assertThat(refusal("wrangler.json", text)).contains("a wrangler file has at most 1 MiB");
  }

  @Test
  void refusesWhatIsNestedTooDeepWithItsPlace() throws IOException {
    String text = "{\"vars\":\n{\"A\": " + "[".repeat(70) + "]".repeat(70) + "}}";

    assertThat(refusal("wrangler.json", text))
        .startsWith("wrangler.json:2:70: is nested deeper than 64 levels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s = 1", "[%s]\nb = 1", "[[%s]]\nb = 1"})
  void refusesKeysOfTomlThatLeadTooDeep(String text) throws IOException {
    assertThat(refusal("wrangler.toml", text.formatted("a" + ".a".repeat(200_000))))
        .contains("is nested deeper than 64 levels");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1979-65-27", "1979-05-27T07:99:00Z", "25:00:00"})
  void refusesDatesOfTomlThatAreNone(String date) throws IOException {
    assertThat(refusal("wrangler.toml", "name = 'shop'\n[vars]\nA = " + date))
        .isEqualTo("wrangler.toml:3:5: cannot be read: " + date + " is no date or time");
  }

  @Test
  void refusesKeysThatAreTooLong() throws IOException {
    String key = "k".repeat(1001);

    assertThat(refusal("wrangler.json", "{\"" + key + "\": 1}")).contains("more than 1000 char");
    assertThat(refusal("wrangler.toml", key + " = 1")).contains("more than 1000 characters");
  }

  @Test
  void refusesWhatFollowsTheObject() throws IOException {
    assertThat(refusal("wrangler.json", "{" + LEAST + "}\n {}"))
        .startsWith("wrangler.json:2:2: cannot be read: Expected nothing after the object");
  }

  @Test
  void tellsAThousandFaultsAndThatThereAreMore() throws IOException {
    String text = "{" + LEAST + ", \"routes\": [" + "7, ".repeat(5000) + "7]}";

    assertThat(refusal("wrangler.json", text))
        .contains("has more faults than these 1000; mend them first");
  }

  private String refusal(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return String.valueOf(
        catchThrowableOfType(
                ConfigurationException.class, () -> WranglerFile.at(file).project(Optional.empty()))
            .getMessage());
  }

  @Test
  void refusesUtf16() throws IOException {
    Files.write(
        folder.resolve("wrangler.jsonc"), "{\"name\": \"shop\"}".getBytes(StandardCharsets.UTF_16));

    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> WranglerFile.in(folder));

    assertThat(refused).hasMessageContaining("it is UTF-16; save it as UTF-8");
  }

  @Test
  void replacesWhatIsNotUtf8AndSaysSo() throws IOException {
    Files.write(
        folder.resolve("wrangler.jsonc"),
        ("// caf\u00e9\n{" + LEAST + "}").getBytes(StandardCharsets.ISO_8859_1));

    WranglerProject project = WranglerFile.in(folder).project(Optional.empty());

    assertThat(project.warnings()).singleElement().asString().contains("is not UTF-8");
  }

  @Test
  void warnsOfKeysOfTheTopLevelInAnEnvironment() throws IOException {
    WranglerProject project =
        read(
            "{"
                + LEAST
                + ", \"env\": {\"live\":\n{\"keep_vars\": true, \"send_metrics\": 5, \"env\": {}}}}",
            "live");

    assertThat(project.metadata().path("keep_bindings"))
        .hasToString("[\"secret_text\",\"secret_key\"]");
    assertThat(project.warnings())
        .containsExactly(
            "wrangler.jsonc:2:2: \"keep_vars\" is for the top level; in an environment it was"
                + " ignored",
            "wrangler.jsonc:2:21: \"send_metrics\" is for the top level; in an environment it was"
                + " ignored",
            "wrangler.jsonc:2:40: \"env\" is for the top level; in an environment it was ignored");
  }

  @Test
  void refusesAPagesProject() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.jsonc"),
        "{\"name\": \"site\",\n\"pages_build_output_dir\": \"dist\"}");

    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> WranglerFile.in(folder).worker(Optional.empty()));

    assertThat(refused)
        .hasMessageContaining("wrangler.jsonc:2:")
        .hasMessageContaining("a Pages project, which is no Worker");
  }

  @Test
  void refusesTwoBindingsOfOneName() throws IOException {
    ConfigurationException refused =
        refused(
            "{"
                + LEAST
                + ",\n\"vars\": {\"A\": \"1\"}, \"version_metadata\": {\"binding\": \"A\"}}",
            "");

    assertThat(refused).hasMessageContaining("more than one binding A");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"route\": \"a.example/*\" | {\"enabled\":false}",
        "\"routes\": [\"a.example/*\"] | {\"enabled\":false}",
        "\"routes\": [\"a.example/*\"], \"workers_dev\": true | {\"enabled\":true}",
        "\"workers_dev\": false | {\"enabled\":false}",
        "\"preview_urls\": false | {\"enabled\":true,\"previews_enabled\":false}",
        "\"triggers\": {\"crons\": [\"* * * * *\"]} | {\"enabled\":true}"
      })
  void switchesWorkersDevOnUnlessThereAreRoutes(String members, String sent) throws IOException {
    WranglerProject project = read("{" + LEAST + ", " + members + "}");

    assertThat(project.subdomain()).hasToString(sent);
  }

  @Test
  void sendsRoutesAndCronsAsTheyStand() throws IOException {
    WranglerProject project =
        read(
            """
            {%s, "routes": ["a.example/*", {"pattern": "b.example/*", "zone_name": "b.example"}],
             "triggers": {"crons": []}}"""
                .formatted(LEAST));

    assertThat(project.routes().orElseThrow())
        .hasToString(
            "[{\"pattern\":\"a.example/*\"},"
                + "{\"pattern\":\"b.example/*\",\"zone_name\":\"b.example\"}]");
    assertThat(project.crons().orElseThrow()).hasToString("[]");
  }

  @Test
  void keepsVarsOnlyIfAsked() throws IOException {
    WranglerProject project = read("{" + LEAST + ", \"keep_vars\": true}");

    assertThat(project.metadata().path("keep_bindings"))
        .hasToString("[\"plain_text\",\"json\",\"secret_text\",\"secret_key\"]");
  }

  @Test
  void sendsWhatNobodyHereKnowsAsItStands() throws IOException {
    WranglerProject project =
        read(
            """
            {%s, "unsafe": {"bindings": [{"name": "NEW", "type": "of_tomorrow", "x": {"y": 1}}],
             "metadata": {"logpush": true, "more": 2}}}"""
                .formatted(LEAST));

    assertThat(project.metadata().path("bindings"))
        .hasToString("[{\"name\":\"NEW\",\"type\":\"of_tomorrow\",\"x\":{\"y\":1}}]");
    assertThat(project.metadata().path("logpush").asBoolean()).isTrue();
    assertThat(project.metadata().path("more").asInt()).isEqualTo(2);
  }

  @Test
  void sendsTheWorkerThatDispatchedOnesGoThrough() throws IOException {
    WranglerProject project =
        read(
            """
            {%s, "dispatch_namespaces": [{"binding": "D", "namespace": "ns",
             "outbound": {"service": "guard", "parameters": ["a"]}}]}"""
                .formatted(LEAST));

    assertThat(project.metadata().path("bindings"))
        .hasToString(
            "[{\"name\":\"D\",\"type\":\"dispatch_namespace\",\"namespace\":\"ns\","
                + "\"outbound\":{\"worker\":{\"service\":\"guard\"},"
                + "\"params\":[{\"name\":\"a\"}]}}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"mode\": \"smart\"} | {\"mode\":\"smart\"}",
        "{\"mode\": \"smart\", \"hint\": \"weur\"} | {\"mode\":\"smart\",\"hint\":\"weur\"}",
        "{\"region\": \"aws:x\"} | {\"mode\":\"targeted\",\"region\":\"aws:x\"}",
        "{\"mode\": \"targeted\", \"host\": \"a:1\"} | {\"mode\":\"targeted\",\"host\":\"a:1\"}",
        "{\"mode\": \"off\"} | ''"
      })
  void sendsWhereTheWorkerRuns(String placement, String sent) throws IOException {
    WranglerProject project = read("{" + LEAST + ", \"placement\": " + placement + "}");

    assertThat(project.metadata().path("placement")).hasToString(sent);
  }

  @Test
  void refusesADateOfToml() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.toml"),
        "name = \"shop\"\nmain = \"worker.mjs\"\ncompatibility_date = 2026-03-01\n");

    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> WranglerFile.in(folder).project(Optional.empty()));

    assertThat(refused).hasMessageContaining("compatibility_date").hasMessageContaining("quotes");
  }

  @Test
  void prefersAnInheritedListOfRoutesToASingleOneOfTheEnvironment() throws IOException {
    WranglerProject project =
        read(
            "{"
                + LEAST
                + ", \"routes\": [\"a.example/*\"],"
                + " \"env\": {\"live\": {\"route\": \"b.example/*\"}}}",
            "live");

    assertThat(project.routes().orElseThrow()).hasToString("[{\"pattern\":\"a.example/*\"}]");
  }

  @Test
  void inheritsARouteInsteadOfAnEmptyOne() throws IOException {
    WranglerProject project =
        read(
            "{" + LEAST + ", \"route\": \"a.example/*\", \"env\": {\"live\": {\"route\": \"\"}}}",
            "live");

    assertThat(project.routes().orElseThrow()).hasToString("[{\"pattern\":\"a.example/*\"}]");
  }

  @Test
  void refusesARouteBesideRoutes() throws IOException {
    ConfigurationException refused =
        refused("{" + LEAST + ",\n\"route\": \"a.example/*\", \"routes\": []}", "");

    assertThat(refused).hasMessageContaining("wrangler.jsonc:2:").hasMessageContaining("not both");
  }

  @Test
  void letsTheCallerSayOtherwise() throws IOException {
    Files.writeString(
        folder.resolve("wrangler.jsonc"),
        "{" + LEAST + ", \"vars\": {\"A\": {\"x\": 1}, \"B\": \"b\"}, \"env\": {\"live\": {}}}");
    Overrides overrides =
        Overrides.none()
            .with("name", TextNode.valueOf("other"))
            .with("compatibility_date", TextNode.valueOf("2026-04-01"))
            .withVar("A", "a")
            .withVar("C", "c");

    WranglerProject project = WranglerFile.in(folder).project(Optional.empty(), overrides);
    WranglerProject live = WranglerFile.in(folder).project(Optional.of("live"), overrides);

    assertThat(project.name()).isEqualTo("other");
    assertThat(live.name()).isEqualTo("other");
    assertThat(project.metadata().path("compatibility_date").asText()).isEqualTo("2026-04-01");
    assertThat(project.metadata().path("bindings"))
        .hasToString(
            "[{\"name\":\"A\",\"type\":\"plain_text\",\"text\":\"a\"},"
                + "{\"name\":\"B\",\"type\":\"plain_text\",\"text\":\"b\"},"
                + "{\"name\":\"C\",\"type\":\"plain_text\",\"text\":\"c\"}]");
    assertThat(live.metadata().path("bindings").findValuesAsText("name")).containsExactly("A", "C");
  }

  @Test
  void saysWhichFilesItLookedFor() {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> WranglerFile.in(folder));

    assertThat(refused).hasMessageContaining("wrangler.toml");
  }

  private WranglerProject read(String text) throws IOException {
    return read(text, "");
  }

  private WranglerProject read(String text, String environment) throws IOException {
    Files.writeString(folder.resolve("wrangler.jsonc"), text);
    return WranglerFile.in(folder)
        .project(Optional.of(environment).filter(name -> !name.isEmpty()));
  }

  private ConfigurationException refused(String text, String environment) throws IOException {
    Files.writeString(folder.resolve("wrangler.jsonc"), text);
    return catchThrowableOfType(
        ConfigurationException.class,
        () ->
            WranglerFile.in(folder)
                .project(Optional.of(environment).filter(name -> !name.isEmpty())));
  }
}
