package nl.praatmetjeboekhouding.dirk.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What the settings of a Worker say, for people: what is to be, and what is there instead. */
final class SettingWords {

  private static final JsonNode NOTHING = MissingNode.getInstance();

  private SettingWords() {}

  /** As it is. */
  static String of(String setting, JsonNode value) {
    return told(setting, value, Optional.empty());
  }

  /** As it is to be, with what is there now. */
  static String change(String setting, JsonNode wanted, JsonNode now) {
    return told(setting, wanted, Optional.of(now));
  }

  private static String told(String setting, JsonNode value, Optional<JsonNode> now) {
    return switch (setting) {
      case LiveState.ROUTES -> line("routes", "pattern", "", value, now);
      case LiveState.SCHEDULES -> line("crons", "cron", "'", value, now);
      default -> {
        List<String> lines = new ArrayList<>();
        members("", value, now, lines);
        yield lines.isEmpty() ? setting + " as they are" : String.join("; ", lines);
      }
    };
  }

  private static String line(
      String what, String member, String quote, JsonNode list, Optional<JsonNode> now) {
    return what
        + " "
        + listed(list, member, quote)
        + now.map(
                before ->
                    before.isArray()
                        ? " instead of " + listed(before, member, quote)
                        : "; those of now could not be compared, since Cloudflare does not tell"
                            + " them")
            .orElse("");
  }

  private static String listed(JsonNode list, String member, String quote) {
    return list.isEmpty()
        ? "none"
        : StreamSupport.stream(list.spliterator(), false)
            .map(each -> quote + (each.isObject() ? each.path(member) : each).asText() + quote)
            .collect(Collectors.joining(", "));
  }

  /** One line for each member; of a change only for those that differ. */
  private static void members(
      String within, JsonNode value, Optional<JsonNode> now, List<String> lines) {
    value
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              JsonNode wanted = entry.getValue();
              Optional<JsonNode> before = now.map(all -> all.path(name));
              if (before.filter(there -> Covers.all(there, wanted)).isPresent()) {
                return;
              }
              if (wanted.isObject()) {
                members((within + " " + words(name)).strip(), wanted, before, lines);
              } else {
                String what = name.equals("enabled") ? within : within + " " + words(name);
                lines.add(
                    (what.isBlank() ? "workers.dev" : what.strip())
                        + " "
                        + shown(wanted, wanted)
                        + before.map(there -> " instead of " + shown(there, wanted)).orElse(""));
              }
            });
  }

  private static String words(String name) {
    return switch (name) {
      case "previews_enabled" -> "preview URLs";
      case "tail_consumers" -> "tail consumers";
      default -> name;
    };
  }

  /** In the form of what is wanted, where nothing is there. */
  private static String shown(JsonNode value, JsonNode wanted) {
    JsonNode told = value.isNull() ? NOTHING : value;
    if (wanted.isBoolean()) {
      return told.asBoolean() ? "on" : "off";
    }
    if (told.isMissingNode() || (told.isArray() && told.isEmpty())) {
      return "none";
    }
    return told.isArray() ? listed(told, "service", "") : told.asText();
  }
}
