package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a value of a wrangler file must be. These are the checks that wrangler makes before it asks
 * Cloudflare anything; a value that is told to be null is there, and wrong in most places.
 */
@FunctionalInterface
interface Form {

  /** Whatever it is. */
  Form ANYTHING = (setting, path, findings) -> {};

  /** A text that is not empty. */
  Form TEXT = (setting, path, findings) -> findings.text(setting, path);

  /** A text, which may be empty. */
  Form ANY_TEXT = of(JsonNode::isTextual, "a text");

  /** True or false. */
  Form FLAG = (setting, path, findings) -> findings.flag(setting, path);

  /** Any number. */
  Form NUMBER = of(JsonNode::isNumber, "a number");

  /** A number from 0 to 1. */
  Form SHARE =
      of(
          value -> value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1,
          "a number from 0 to 1");

  /** Texts that are not empty. */
  Form TEXTS = (setting, path, findings) -> findings.texts(setting, path);

  /** A day, as it is sent. */
  Form DAY =
      (setting, path, findings) ->
          findings
              .text(setting, path)
              .filter(text -> !isDay(text))
              .ifPresent(
                  text ->
                      findings.fault(
                          setting.pointer(),
                          "\"" + path + "\" must be a day that there is, as YYYY-MM-DD: " + text));

  /** What a value is asked. */
  @FunctionalInterface
  interface Question {

    /** Whether it is so. */
    boolean holds(JsonNode value);
  }

  /**
   * Tells what is wrong with a value.
   *
   * @param path how people call the value, such as {@code limits.cpu_ms}
   */
  void check(Setting setting, String path, Findings findings);

  /**
   * What answers a question.
   *
   * @param called what it must be, for people
   */
  static Form of(Question question, String called) {
    return (setting, path, findings) -> {
      if (!question.holds(setting.value())) {
        findings.fault(setting.pointer(), "\"" + path + "\" must be " + called);
      }
    };
  }

  /** One of some texts. */
  static Form oneOf(String... texts) {
    String called =
        Stream.of(texts).map(text -> "\"" + text + "\"").collect(Collectors.joining(" or "));
    return of(value -> value.isTextual() && List.of(texts).contains(value.asText()), called);
  }

  /** A list. */
  static Form list(Form each) {
    return (setting, path, findings) -> {
      List<Setting> members = findings.list(setting, path);
      for (int index = 0; index < members.size(); index++) {
        each.check(members.get(index), path + "[" + index + "]", findings);
      }
    };
  }

  /** An object; members that are not named may be anything. */
  static Form object(Map<String, Form> members) {
    return (setting, path, findings) -> {
      if (findings.isObject(setting, path)) {
        members.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .filter(member -> setting.value().has(member.getKey()))
            .forEach(
                member ->
                    member
                        .getValue()
                        .check(
                            setting.child(member.getKey()),
                            path + "." + member.getKey(),
                            findings));
      }
    };
  }

  /** An object of which every member has one form. */
  static Form objectOf(Form each) {
    return (setting, path, findings) -> {
      if (findings.isObject(setting, path)) {
        setting
            .value()
            .fieldNames()
            .forEachRemaining(name -> each.check(setting.child(name), path + "." + name, findings));
      }
    };
  }

  /** This one, or null. */
  default Form orNull() {
    return (setting, path, findings) -> {
      if (!setting.value().isNull()) {
        check(setting, path, findings);
      }
    };
  }

  /** This one, and of an object also another. */
  default Form and(Form other) {
    return (setting, path, findings) -> {
      check(setting, path, findings);
      if (setting.value().isObject()) {
        other.check(setting, path, findings);
      }
    };
  }

  /** This one, with a member that must be there. */
  default Form needing(String member) {
    return and(
        (setting, path, findings) -> {
          if (!setting.value().has(member)) {
            findings.fault(setting.pointer(), "\"" + path + "\" needs \"" + member + "\"");
          }
        });
  }

  /** This one, with at least one of two members. */
  default Form needingOne(String one, String other) {
    return and(
        (setting, path, findings) -> {
          if (!setting.value().has(one) && !setting.value().has(other)) {
            findings.fault(
                setting.pointer(), "\"" + path + "\" needs \"" + one + "\" or \"" + other + "\"");
          }
        });
  }

  /** This one, with at most one of two members. */
  default Form notBoth(String one, String other) {
    return and(
        (setting, path, findings) -> {
          if (setting.value().has(one) && setting.value().has(other)) {
            findings.fault(
                setting.pointer(),
                "\"" + path + "\" may have \"" + one + "\" or \"" + other + "\", not both");
          }
        });
  }

  /** This one, with a member that must be there where another is. */
  default Form needingFor(String one, String other) {
    return and(
        (setting, path, findings) -> {
          if (setting.value().has(one) && !setting.value().has(other)) {
            findings.fault(
                setting.pointer(),
                "\"" + path + "\" needs \"" + other + "\" for its \"" + one + "\"");
          }
        });
  }

  private static boolean isDay(String text) {
    try {
      return text.length() == "2026-01-01".length() && LocalDate.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
