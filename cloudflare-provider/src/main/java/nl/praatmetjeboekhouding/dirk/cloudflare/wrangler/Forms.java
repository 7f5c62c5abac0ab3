package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What some values of a wrangler file must be that are sent as they stand. */
final class Forms {

  /** An object, whatever it holds. */
  static final Form OBJECT = Form.object(Map.of());

  /** An object; a list is taken, because wrangler takes it. */
  static final Form VARS =
      (setting, path, findings) -> {
        if (setting.value().isArray()) {
          findings.warn(
              setting.pointer(),
              "\"" + path + "\" is a list, so that its items are called 0, 1 and so on; name them");
        } else {
          OBJECT.check(setting, path, findings);
        }
      };

  static final Form SECRETS =
      Form.object(Map.of("required", Form.TEXTS)).and(warningOfOthersThan(List.of("required")));

  static final Form LIMITS =
      Form.object(Map.of("cpu_ms", Form.NUMBER, "subrequests", Form.NUMBER)).orNull();

  static final Form TAIL_CONSUMERS =
      Form.list(
              Form.object(Map.of("service", Form.ANY_TEXT, "environment", Form.ANY_TEXT))
                  .needing("service"))
          .orNull();

  static final Form STREAMING_TAIL_CONSUMERS =
      Form.list(Form.object(Map.of("service", Form.ANY_TEXT)).needing("service")).orNull();

  static final Form LOG_FORWARDING =
      BindingKind.LOG_FORWARDING
          .form()
          .and(
              Form.object(
                  Map.of("schema", Form.of(any -> false, "left out: wrangler takes none here"))));

  private static final Form WORKFLOW =
      Form.object(Attachments.WORKFLOW).and(Form.object(Map.of("name", Form.TEXT)).needing("name"));

  static final Form EXPORTS =
      Form.objectOf(
              Form.object(Map.of("type", Form.oneOf("durable-object", "worker", "workflow")))
                  .needing("type")
                  .and(Forms::exportedWorkflow))
          .orNull();

  static final Form CACHE =
      Form.object(Map.of("enabled", Form.FLAG, "cross_version_cache", Form.FLAG))
          .needing("enabled")
          .and(warningOfOthersThan(List.of("enabled", "cross_version_cache")));

  static final Form REGION = Form.oneOf("public", "fedramp_high");

  static final Form ACCESS =
      Form.object(
              Map.of(
                  "dev",
                  Form.object(Map.of("aud", Form.ANY_TEXT, "identity", OBJECT))
                      .needing("aud")
                      .and(warningOfOthersThan(List.of("aud", "identity")))))
          .and(warningOfOthersThan(List.of("dev")));

  private static final Form NUMBER = Form.of(value -> value.isNumber(), "a number");
  private static final Form PROTOCOL = Form.oneOf("http", "https");

  private static final Form DEV_SERVER =
      Form.object(
          Map.of(
              "ip",
              Form.ANY_TEXT,
              "port",
              NUMBER,
              "inspector_port",
              NUMBER,
              "inspector_ip",
              Form.ANY_TEXT,
              "local_protocol",
              PROTOCOL,
              "upstream_protocol",
              PROTOCOL,
              "host",
              Form.ANY_TEXT,
              "enable_containers",
              Form.FLAG,
              "container_engine",
              Form.ANY_TEXT,
              "generate_types",
              Form.FLAG));

  /** It is for wrangler's own server, and checked by wrangler whatever is done. */
  static final Form DEV =
      (setting, path, findings) -> {
        if (setting.value().isObject()) {
          DEV_SERVER.check(setting, path, findings);
        }
      };

  private static final Form PORT =
      Form.of(
          value -> value.isIntegralNumber() && value.asLong() >= 1 && value.asLong() <= 65535,
          "a port, a whole number from 1 to 65535");

  static final Form CONNECT =
      Form.list(
          Form.object(
                  Map.of(
                      "protocol", Form.oneOf("tcp", "udp"), "port", PORT, "address", Form.ANY_TEXT))
              .needing("protocol")
              .needing("port"));

  static final Form TRIGGERS =
      Form.object(Map.of("crons", Form.TEXTS))
          .and(Forms::noEvents)
          .and(warningOfOthersThan(List.of("crons", "events")))
          .orNull();

  private static final Form SIGNAL =
      Form.object(
          Map.of(
              "enabled", Form.FLAG,
              "head_sampling_rate", Form.SHARE,
              "destinations", Form.TEXTS,
              "persist", Form.FLAG,
              "invocation_logs", Form.FLAG));

  static final Form OBSERVABILITY =
      Form.object(
              Map.of(
                  "enabled",
                  Form.FLAG,
                  "head_sampling_rate",
                  Form.SHARE,
                  "redact_query_string",
                  Form.FLAG,
                  "issues",
                  Form.object(Map.of("enabled", Form.FLAG)),
                  "logs",
                  SIGNAL,
                  "traces",
                  SIGNAL))
          .and(Forms::saysWhetherEnabled);

  static final Form UNSAFE =
      Form.object(Map.of("bindings", Form.list(Forms::unsafe), "metadata", OBJECT))
          .and(warningOfOthersThan(List.of("bindings", "metadata", "capnp")));

  private static final List<String> SIGNALS = List.of("logs", "traces", "issues");

  private Forms() {}

  private static void saysWhetherEnabled(Setting setting, String path, Findings findings) {
    Stream<Setting> parts = Stream.concat(Stream.of(setting), SIGNALS.stream().map(setting::child));
    if (parts.noneMatch(part -> part.value().has("enabled"))) {
      findings.fault(
          setting.pointer(),
          "\"" + path + "\" needs \"enabled\", for all of it or for its logs, traces or issues");
    }
  }

  private static void exportedWorkflow(Setting setting, String path, Findings findings) {
    if (setting.value().path("type").asText().equals("workflow")) {
      WORKFLOW.check(setting, path, findings);
    }
  }

  private static void noEvents(Setting setting, String path, Findings findings) {
    if (setting.value().has("events")) {
      findings.fault(
          setting.child("events").pointer(),
          "\""
              + path
              + ".events\" cannot be deployed by this version of Dirk; deploy this Worker with"
              + " wrangler");
    }
  }

  private static void unsafe(Setting setting, String path, Findings findings) {
    boolean named =
        Stream.of("name", "type").noneMatch(it -> setting.value().path(it).asText("").isBlank());
    if (!named) {
      findings.fault(setting.pointer(), "\"" + path + "\" needs a \"name\" and a \"type\"");
    }
  }

  /** An object; whatever it has besides is warned of, as by wrangler. */
  static Form warningOfOthersThan(List<String> known) {
    return (setting, path, findings) ->
        setting
            .value()
            .fieldNames()
            .forEachRemaining(
                name -> {
                  if (!known.contains(name)) {
                    findings.warn(
                        setting.child(name).pointer(),
                        "\"" + path + "." + name + "\" is unknown and was ignored");
                  }
                });
  }
}
