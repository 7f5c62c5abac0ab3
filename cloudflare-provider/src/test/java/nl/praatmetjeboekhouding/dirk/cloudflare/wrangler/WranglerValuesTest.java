package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
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

/** What wrangler 4.164 was seen to refuse before it asks Cloudflare, and what it takes. */
class WranglerValuesTest {

  private static final String LEAST = "\"name\": \"shop\", \"main\": \"worker.js\"";
  private static final String DATED = LEAST + ", \"compatibility_date\": \"2026-03-01\"";

  @TempDir private Path folder;

  @BeforeEach
  void buildTheModule() throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'2026-13-01' | \"compatibility_date\" must be a day that there is",
        "'2026-01-32' | \"compatibility_date\" must be a day that there is",
        "'2026-02-30' | \"compatibility_date\" must be a day that there is",
        "'yesterday' | \"compatibility_date\" must be a day that there is",
        "'' | \"compatibility_date\" must be a text that is not empty"
      })
  void refusesADayThatThereIsNot(String date, String message) throws IOException {
    ConfigurationException refused =
        refused("{" + LEAST + ",\n\"compatibility_date\": \"" + date + "\"}");

    assertThat(refused).hasMessage("wrangler.jsonc:2:1: " + message + asYouWroteIt(message, date));
  }

  private static String asYouWroteIt(String message, String date) {
    return message.endsWith("there is") ? ", as YYYY-MM-DD: " + date : "";
  }

  @Test
  void tellsOfADateThatIsNoTextNothingElse() throws IOException {
    ConfigurationException refused = refused("{" + LEAST + ",\n\"compatibility_date\": 20260101}");

    assertThat(refused.faults()).hasSize(1);
    assertThat(refused)
        .hasMessage("wrangler.jsonc:2:1: \"compatibility_date\" must be a text that is not empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"limits\": {\"cpu_ms\": \"x\"} | \"limits.cpu_ms\" must be a number",
        "\"limits\": {\"cpu_ms\": null} | \"limits.cpu_ms\" must be a number",
        "\"limits\": {\"subrequests\": \"x\"} | \"limits.subrequests\" must be a number",
        "\"observability\": {\"enabled\": \"yes\"} | \"observability.enabled\" must be true or false",
        "\"observability\": {\"head_sampling_rate\": 0.5} | \"observability\" needs \"enabled\"",
        "\"observability\": {\"enabled\": true, \"head_sampling_rate\": 5} |"
            + " \"observability.head_sampling_rate\" must be a number from 0 to 1",
        "\"observability\": {\"enabled\": true, \"head_sampling_rate\": -0.1} |"
            + " \"observability.head_sampling_rate\" must be a number from 0 to 1",
        "\"observability\": {\"enabled\": true, \"head_sampling_rate\": \"1\"} |"
            + " \"observability.head_sampling_rate\" must be a number from 0 to 1",
        "\"observability\": {\"enabled\": true, \"redact_query_string\": \"x\"} |"
            + " \"observability.redact_query_string\" must be true or false",
        "\"observability\": {\"logs\": {\"enabled\": true, \"head_sampling_rate\": 2}} |"
            + " \"observability.logs.head_sampling_rate\" must be a number from 0 to 1",
        "\"observability\": {\"logs\": {\"enabled\": true, \"destinations\": \"x\"}} |"
            + " \"observability.logs.destinations\" must be a list",
        "\"observability\": {\"enabled\": true, \"logs\": null} |"
            + " \"observability.logs\" must be an object",
        "\"observability\": null | \"observability\" must be an object",
        "\"observability\": true | \"observability\" must be an object",
        "\"tail_consumers\": [\"x\"] | \"tail_consumers[0]\" must be an object",
        "\"tail_consumers\": [{}] | \"tail_consumers[0]\" needs \"service\"",
        "\"tail_consumers\": [{\"service\": \"a\", \"environment\": 5}] |"
            + " \"tail_consumers[0].environment\" must be a text",
        "\"tail_consumers\": {\"service\": \"a\"} | \"tail_consumers\" must be a list",
        "\"triggers\": {\"crons\": null} | \"triggers.crons\" must be a list",
        "\"triggers\": {\"crons\": \"* * * * *\"} | \"triggers.crons\" must be a list",
        "\"triggers\": {\"events\": []} | \"triggers.events\" cannot be deployed by this version",
        "\"placement\": {\"mode\": \"off\", \"hint\": \"weur\"} | \"placement.hint\" needs the",
        "\"placement\": {\"hint\": \"weur\"} | \"placement\" needs a \"mode\"",
        "\"placement\": {\"mode\": \"smart\", \"hint\": 5} | \"placement.hint\" must be a text",
        "\"placement\": {\"mode\": \"smart\", \"hint\": \"weur\", \"region\": \"aws:x\"} | not both",
        "\"placement\": {\"mode\": \"smart\", \"region\": \"aws:x\"} | must be \"targeted\"",
        "\"placement\": {\"region\": \"aws:x\", \"host\": \"a:1\"} | not both",
        "\"placement\": {\"region\": \"\"} | \"placement.region\" must be a text that is not empty",
        "\"placement\": {\"mode\": \"targeted\"} | \"placement\" needs a",
        "\"placement\": null | \"placement\" must be an object",
        "\"workers_dev\": null | \"workers_dev\" must be true or false",
        "\"account_id\": null | \"account_id\" must be a text",
        "\"vars\": null | \"vars\" must be an object",
        "\"minify\": \"yes\" | \"minify\" must be true or false",
        "\"send_metrics\": 5 | \"send_metrics\" must be true or false",
        "\"tsconfig\": 5 | \"tsconfig\" must be a text",
        "\"previews\": 5 | \"previews\" must be an object",
        "\"legacy_env\": false | \"legacy_env\" is no longer taken",
        "\"node_compat\": true | \"node_compat\" is no longer taken",
        "\"rules\": [5] | must be an object",
        "\"rules\": [{\"type\": \"Text\", \"globs\": [\"*.x\"], \"fallthrough\": 1}] |"
            + " must be true or false"
      })
  void refusesWhatWranglerRefuses(String member, String message) throws IOException {
    ConfigurationException refused = refused("{" + DATED + ",\n" + member + "}");

    assertThat(refused.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(2);
              assertThat(fault.message()).contains(message);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5 | must be a text or an object",
        "null | must be a text or an object",
        "{\"zone_name\": \"a.example\"} | needs \"pattern\"",
        "{\"pattern\": \"a.example/*\"} | needs a zone",
        "{\"pattern\": \"a.example/*\", \"zone_id\": \"0b\", \"zone_name\": \"a.example\"} |"
            + " not both",
        "{\"pattern\": \"a.example/*\", \"zone_id\": 5} | zone_id\" must be a text",
        "{\"pattern\": \"a.example/*\", \"zone_name\": null} | zone_name\" must be a text",
        "{\"pattern\": \"a.example/*\", \"zone_name\": \"a.example\", \"foo\": 1} |"
            + " foo\" is unknown to a route",
        "{\"pattern\": \"a.example/*\", \"custom_domain\": \"no\"} |"
            + " custom_domain\" must be true or false",
        "{\"pattern\": \"a.example/*\", \"zone_name\": \"a.example\", \"enabled\": true} |"
            + " needs \"custom_domain\""
      })
  void refusesRoutesThatWranglerRefuses(String route, String message) throws IOException {
    ConfigurationException single = refused("{" + DATED + ",\n\"route\": " + route + "}");
    ConfigurationException listed = refused("{" + DATED + ",\n\"routes\": [" + route + "]}");

    assertThat(single.faults()).singleElement().satisfies(it -> says(it.message(), message));
    assertThat(listed.faults()).singleElement().satisfies(it -> says(it.message(), message));
    assertThat(single.faults().get(0).line()).isEqualTo(2);
    assertThat(listed.faults().get(0).line()).isEqualTo(2);
  }

  private static void says(String message, String part) {
    assertThat(message).contains(part);
  }

  @Test
  void readsNoRoutesThatWranglerRefuses() throws IOException {
    write("{" + DATED + ", \"routes\": [{\"pattern\": \"a.example/*\"}]}");

    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> WranglerFile.in(folder).routes(Optional.empty()));

    assertThat(refused).hasMessageContaining("needs a zone");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r2_buckets | {\"binding\": \"A\", \"bucket_name\": \"A_b\"} | lower-case letters",
        "r2_buckets | {\"binding\": \"A\", \"bucket_name\": \"ab\"} | 3 to 63",
        "r2_buckets | {\"binding\": \"A\", \"bucket_name\": 5} | bucket_name\" must be a text",
        "r2_buckets | {\"binding\": \"A\", \"bucket_name\": \"abc\", \"preview_bucket_name\":"
            + " \"X_\"} | preview_bucket_name\" must be",
        "kv_namespaces | {\"binding\": \"A\", \"id\": 5} | id\" must be a text",
        "kv_namespaces | {\"binding\": 5, \"id\": \"x\"} | binding\" must be a text",
        "kv_namespaces | {\"binding\": \"A\", \"id\": \"x\", \"preview_id\": 5} |"
            + " preview_id\" must be a text",
        "kv_namespaces | {\"binding\": \"A\", \"id\": \"x\", \"remote\": \"x\"} |"
            + " remote\" must be true or false",
        "kv_namespaces | 5 | must be an object",
        "d1_databases | {\"binding\": \"A\", \"database_id\": 5} | database_id\" must be a text",
        "d1_databases | {\"binding\": \"A\", \"database_id\": \"x\", \"database_name\": 5} |"
            + " database_name\" must be a text",
        "services | {\"binding\": \"A\", \"service\": \"s\", \"entrypoint\": 5} |"
            + " entrypoint\" must be a text",
        "analytics_engine_datasets | {\"binding\": \"A\", \"dataset\": 5} | dataset\" must be",
        "analytics_engine_datasets | {\"binding\": \"A\", \"dataset\": \"\"} | dataset\" must be",
        "ratelimits | {\"name\": \"A\", \"namespace_id\": \"1\", \"simple\": {\"limit\": 1,"
            + " \"period\": 30}} | simple.period\" must be 10 or 60",
        "ratelimits | {\"name\": \"A\", \"namespace_id\": \"1\", \"simple\": {\"limit\": \"1\","
            + " \"period\": 60}} | simple.limit\" must be a number",
        "ratelimits | {\"name\": \"A\", \"namespace_id\": 1, \"simple\": {\"limit\": 1,"
            + " \"period\": 60}} | namespace_id\" must be a text",
        "send_email | {\"name\": \"A\", \"destination_address\": \"a@b.example\","
            + " \"allowed_destination_addresses\": [\"a@b.example\"]} | not both",
        "send_email | {\"name\": \"A\", \"allowed_sender_addresses\": \"x\"} | must be a list",
        "dispatch_namespaces | {\"binding\": \"A\", \"namespace\": \"n\", \"outbound\": \"x\"} |"
            + " outbound\" must be an object",
        "dispatch_namespaces | {\"binding\": \"A\", \"namespace\": \"n\", \"outbound\": {}} |"
            + " needs \"service\"",
        "dispatch_namespaces | {\"binding\": \"A\", \"namespace\": \"n\", \"outbound\":"
            + " {\"service\": \"s\", \"parameters\": [5]}} | must be a text",
        "mtls_certificates | {\"binding\": \"A\", \"certificate_id\": \"\"} | certificate_id",
        "pipelines | {\"binding\": \"A\"} | needs \"stream\"",
        "vpc_networks | {\"binding\": \"A\"} | needs \"tunnel_id\" or \"network_id\"",
        "vpc_networks | {\"binding\": \"A\", \"tunnel_id\": \"t\", \"network_id\": \"n\"} |"
            + " not both",
        "agent_memory | {\"binding\": \"A\"} | needs \"namespace\"; make it first",
        "ai_search_namespaces | {\"binding\": \"A\"} | needs \"namespace\"; make it first",
        "flagship | {\"binding\": \"A\"} | needs \"app_id\"; make it first",
        "unsafe_hello_world | {\"binding\": \"A\", \"enable_timer\": 1} | true or false",
        "streaming_tail_consumers | {} | needs \"service\"",
        "connect | {\"protocol\": \"tcp\", \"port\": 0} | must be a port",
        "hyperdrive | {\"binding\": \"A\", \"id\": 5} | id\" must be a text",
        "vectorize | {\"binding\": \"A\", \"index_name\": 5} | index_name\" must be a text"
      })
  void refusesBindingsThatWranglerRefuses(String key, String binding, String message)
      throws IOException {
    ConfigurationException refused =
        refused("{" + DATED + ",\n\"" + key + "\": [" + binding + "]}");

    assertThat(refused.faults())
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.line()).isEqualTo(2);
              assertThat(fault.message()).contains(message);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"durable_objects\": {\"bindings\": [{\"name\": \"A\", \"class_name\": \"C\","
            + " \"environment\": \"e\"}]} | needs \"script_name\"",
        "\"durable_objects\": {\"bindings\": [{\"name\": \"A\", \"class_name\": \"C\","
            + " \"script_name\": 5}]} | script_name\" must be a text",
        "\"queues\": {\"producers\": [{\"binding\": \"A\", \"queue\": \"q\","
            + " \"delivery_delay\": \"x\"}]} | delivery_delay\" must be a number",
        "\"queues\": {\"producers\": [{\"binding\": \"A\", \"queue\": 5}]} | queue\" must be",
        "\"queues\": null | must be an object",
        "\"cache\": {} | \"cache\" needs \"enabled\"",
        "\"dev\": {\"port\": \"x\"} | \"dev.port\" must be a number",
        "\"dev\": {\"local_protocol\": \"ftp\"} | dev.local_protocol\" must be",
        "\"cache\": null | \"cache\" must be an object",
        "\"logfwdr\": {\"bindings\": [{\"name\": \"A\"}]} | needs \"destination\"",
        "\"logfwdr\": {\"bindings\": [], \"schema\": \"x\"} | schema\" must be left out",
        "\"access\": {\"dev\": {}} | \"access.dev\" needs \"aud\"",
        "\"compliance_region\": \"eu\" | \"public\" or \"fedramp_high\"",
        "\"exports\": {\"A\": {\"type\": \"x\"}} | exports.A.type\" must be",
        "\"exports\": {\"A\": {\"type\": \"workflow\"}} | exports.A\" needs \"name\"",
        "\"durable_objects\": {\"code_update_strategy\": {\"mode\": \"deferred\","
            + " \"max_delay\": 0.0001}} | max_delay\" must be a number of seconds",
        "\"kv_namespaces\": null | must be a list",
        "\"ai\": [] | must be an object",
        "\"ai\": {\"binding\": \"A\", \"remote\": \"x\"} | remote\" must be true or false",
        "\"unsafe\": \"x\" | \"unsafe\" must be an object",
        "\"unsafe\": {\"metadata\": 5} | \"unsafe.metadata\" must be an object",
        "\"unsafe\": {\"metadata\": null} | \"unsafe.metadata\" must be an object",
        "\"unsafe\": {\"bindings\": null} | \"unsafe.bindings\" must be a list",
        "\"unsafe\": {\"bindings\": [5]} | needs a \"name\" and a \"type\""
      })
  void refusesOtherBindingsThatWranglerRefuses(String member, String message) throws IOException {
    ConfigurationException refused = refused("{" + DATED + ",\n" + member + "}");

    assertThat(refused.faults()).singleElement().satisfies(it -> says(it.message(), message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"limits\": null",
        "\"limits\": {\"cpu_ms\": 50, \"subrequests\": 7, \"of_tomorrow\": \"x\"}",
        "\"observability\": {\"logs\": {\"enabled\": true}}",
        "\"observability\": {\"issues\": {\"enabled\": true}}",
        "\"observability\": {\"traces\": {\"enabled\": true, \"head_sampling_rate\": 0.5,"
            + " \"destinations\": [\"a\"], \"persist\": true}}",
        "\"tail_consumers\": null",
        "\"tail_consumers\": [{\"service\": \"a\", \"environment\": \"b\", \"of_tomorrow\": 1}]",
        "\"triggers\": null",
        "\"triggers\": {}",
        "\"rules\": null",
        "\"env\": null",
        "\"migrations\": null",
        "\"routes\": [{\"pattern\": \"a.example/*\", \"custom_domain\": false}]",
        "\"routes\": [{\"pattern\": \"a.example/*\", \"zone_id\": \"0b\"}]",
        "\"route\": {\"pattern\": \"a.example/*\", \"custom_domain\": false, \"enabled\": true}",
        "\"placement\": {\"mode\": \"off\", \"hint\": \"\"}",
        "\"placement\": {\"mode\": \"smart\", \"of_tomorrow\": 1}",
        "\"kv_namespaces\": [{\"binding\": \"A\", \"id\": \"x\", \"of_tomorrow\": 1}]",
        "\"services\": [{\"binding\": \"A\", \"service\": \"s\", \"props\": 5}]",
        "\"pipelines\": [{\"binding\": \"A\", \"pipeline\": \"p\"}]",
        "\"vpc_networks\": [{\"binding\": \"A\", \"network_id\": \"n\"}]",
        "\"analytics\": {\"binding\": \"A\"}",
        "\"k2\": [{\"binding\": \"A\", \"stream\": \"s\"}]",
        "\"streaming_tail_consumers\": null",
        "\"compliance_region\": \"public\"",
        "\"access\": {\"dev\": {\"aud\": \"a\", \"identity\": {}}}",
        "\"connect\": [{\"protocol\": \"udp\", \"port\": 53, \"max_pending_bytes\": 9}]",
        "\"dev\": 5"
      })
  void takesWhatWranglerTakes(String member) throws IOException {
    write("{" + DATED + ", " + member + "}");

    assertThat(WranglerFile.in(folder).project(Optional.empty()).name()).isEqualTo("shop");
  }

  @Test
  void sendsARouteThatIsToldToBeNoDomainAsItStands() throws IOException {
    write(
        "{"
            + DATED
            + ", \"routes\": [{\"pattern\": \"a.example/*\", \"custom_domain\": false,"
            + " \"enabled\": true}]}");

    assertThat(WranglerFile.in(folder).routes(Optional.empty()).orElseThrow())
        .hasToString("[{\"pattern\":\"a.example/*\",\"custom_domain\":false,\"enabled\":true}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"queues\": {\"producers\": [], \"foo\": 1} | \"queues.foo\" is unknown and was ignored",
        "\"triggers\": {\"crons\": [], \"foo\": 1} | \"triggers.foo\" is unknown and was ignored",
        "\"durable_objects\": {\"foo\": 1} | \"durable_objects.foo\" is unknown and was ignored"
      })
  void warnsOfMembersThatWranglerWarnsOf(String member, String warning) throws IOException {
    write("{" + DATED + ",\n" + member + "}");

    assertThat(WranglerFile.in(folder).project(Optional.empty()).warnings())
        .singleElement()
        .asString()
        .contains("wrangler.jsonc:2:")
        .contains(warning);
  }

  @Test
  void refusesWhatIsWrongAtTheTopLevelOrInTheEnvironmentAndNowhereElse() throws IOException {
    String live = "\"live\": {\"vars\": {}, \"limits\": {\"cpu_ms\": 5}}";
    String wrong = "\"wrong\": {\"limits\": {\"cpu_ms\": \"x\"}}";
    write("{" + DATED + ", \"env\": {" + live + ", " + wrong + "}}");
    assertThat(WranglerFile.in(folder).project(Optional.of("live")).name()).isEqualTo("shop-live");

    write("{" + DATED + ", \"vars\": 5, \"env\": {" + live + "}}");
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> WranglerFile.in(folder).project(Optional.of("live")));

    assertThat(refused).hasMessageContaining("\"vars\" must be an object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "9007199254740992",
        "-9007199254740992",
        "12345678901234567890"
      })
  void refusesWholeNumbersOfTomlThatWranglerRefuses(String number) throws IOException {
    toml("[vars]\nA = 9007199254740991\nB = [" + number + "]");

    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> WranglerFile.in(folder));

    assertThat(refused)
        .hasMessageStartingWith("wrangler.toml: \"vars.B[0]\" is a whole number beyond 2^53")
        .hasMessageContaining("quotes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1234567890123456789",
        "-9223372036854775807",
        "+1_234_567_890_123_456_789",
        "[1, 1234567890123456789]",
        "{ a = 1234567890123456789 }"
      })
  void refusesIdsOfNineteenDigitsInsteadOfChangingThem(String number) throws IOException {
    toml("[vars]\nA = \"1 # \\\" 2\" # 3\nB = " + number);

    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> WranglerFile.in(folder));

    assertThat(refused)
        .hasMessageMatching("(?s)wrangler.toml:\\d+:\\d+: \\S+ is a whole number beyond 2\\^53.*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1234567890123456789\"",
        "'1234567890123456789'",
        "'a\\' # 1234567890123456789",
        "\"\"\"\n1234567890123456789 \"\" \\\" 1234567890123456789\n\"\"\"",
        "'''\n1234567890123456789'''",
        "123456789012345.6789",
        "{ 1234567890123456789 = 1 }"
      })
  void takesNineteenDigitsThatAreNoWholeNumber(String value) throws IOException {
    toml("[vars]\nB = " + value);

    assertThat(WranglerFile.in(folder).worker(Optional.empty())).isNotEmpty();
  }

  @Test
  void sendsNothingForNumbersThatJsonDoesNotHaveAndSaysSo() throws IOException {
    toml("[vars]\nA = nan\nB = [inf, 1e400]\nC = 9007199254740991");

    WranglerProject project = WranglerFile.in(folder).project(Optional.empty());

    assertThat(project.metadata().path("bindings"))
        .hasToString(
            "[{\"name\":\"A\",\"type\":\"json\",\"json\":null},"
                + "{\"name\":\"B\",\"type\":\"json\",\"json\":[null,null]},"
                + "{\"name\":\"C\",\"type\":\"json\",\"json\":9007199254740991}]");
    assertThat(project.warnings())
        .hasSize(3)
        .first()
        .asString()
        .contains("\"vars.A\"", "null", "as by wrangler");
  }

  @Test
  void takesNoNumberThatJsonDoesNotHaveForOne() throws IOException {
    toml("[limits]\ncpu_ms = nan");

    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> WranglerFile.in(folder).project(Optional.empty()));

    assertThat(refused).hasMessageContaining("\"limits.cpu_ms\" must be a number");
  }

  @Test
  void namesAllDatesOfTomlThatItDoesNotTakeAtOnce() throws IOException {
    toml("[vars]\nA = 2026-01-02\nB = 03:04:05\n[env.staging.vars]\nC = 2026-01-02\n");

    ConfigurationException top =
        catchThrowableOfType(
            ConfigurationException.class, () -> WranglerFile.in(folder).project(Optional.empty()));
    ConfigurationException staging =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> WranglerFile.in(folder).project(Optional.of("staging")));

    assertThat(top)
        .hasMessageContaining("\"vars.A\" is a date")
        .hasMessageContaining("\"vars.B\" is a date")
        .hasMessageNotContaining("staging");
    assertThat(staging).hasMessageContaining("\"env.staging.vars.C\" is a date");
  }

  @Test
  void sendsDatesOfTomlAsTextsWhereNobodyLooks() throws IOException {
    toml(
        """
        [vars]
        A = [2026-01-02T03:04:05Z, 2026-01-02T03:04:05.123456+02:00, 2026-01-02T03:04:05]
        B = {day = 2026-01-02, time = 03:04:05.5}
        [unsafe.metadata]
        since = 2026-01-02 03:04:05Z
        [of-another-tool]
        since = 2026-01-02
        """);

    WranglerProject project = WranglerFile.in(folder).project(Optional.empty());

    assertThat(project.metadata().path("bindings"))
        .hasToString(
            "[{\"name\":\"A\",\"type\":\"json\",\"json\":[\"2026-01-02T03:04:05.000Z\","
                + "\"2026-01-02T03:04:05.123+02:00\",\"2026-01-02T03:04:05.000\"]},"
                + "{\"name\":\"B\",\"type\":\"json\","
                + "\"json\":{\"day\":\"2026-01-02\",\"time\":\"03:04:05.500\"}}]");
    assertThat(project.metadata().path("since").asText()).isEqualTo("2026-01-02T03:04:05.000Z");
  }

  @Test
  void callsTheItemsOfAListOfVarsByTheirPlaceAsWranglerDoes() throws IOException {
    write("{" + DATED + ", \"vars\": [\"a\", {\"b\": 1}]}");

    WranglerProject project = WranglerFile.in(folder).project(Optional.empty());

    assertThat(project.metadata().path("bindings"))
        .hasToString(
            "[{\"name\":\"0\",\"type\":\"plain_text\",\"text\":\"a\"},"
                + "{\"name\":\"1\",\"type\":\"json\",\"json\":{\"b\":1}}]");
    assertThat(project.warnings())
        .singleElement()
        .asString()
        .contains("\"vars\" is a list, so that its items are called 0, 1 and so on");
  }

  private void toml(String more) throws IOException {
    Files.writeString(
        folder.resolve("wrangler.toml"),
        "name = \"shop\"\nmain = \"worker.js\"\ncompatibility_date = \"2026-03-01\"\n" + more);
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("wrangler.jsonc"), text);
  }

  private ConfigurationException refused(String text) throws IOException {
    write(text);
    return catchThrowableOfType(
        ConfigurationException.class, () -> WranglerFile.in(folder).project(Optional.empty()));
  }
}
