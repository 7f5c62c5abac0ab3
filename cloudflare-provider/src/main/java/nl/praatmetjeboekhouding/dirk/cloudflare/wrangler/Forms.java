package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What some values of a wrangler file must be that are sent as they stand. */
final class Forms {

  /** An object, whatever it holds. */
  static final Form OBJECT = Form.object(Map.of());

  static final Form SECRETS =
      Form.object(Map.of("required", Form.TEXTS)).and(warningOfOthersThan(List.of("required")));

  static final Form LIMITS =
      Form.object(Map.of("cpu_ms", Form.NUMBER, "subrequests", Form.NUMBER)).orNull();

  static final Form TAIL_CONSUMERS =
      Form.list(
              Form.object(Map.of("service", Form.ANY_TEXT, "environment", Form.ANY_TEXT))
                  .needing("service"))
          .orNull();

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
