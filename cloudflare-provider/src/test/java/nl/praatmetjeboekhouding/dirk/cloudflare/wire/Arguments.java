package nl.praatmetjeboekhouding.dirk.cloudflare.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words after a wrangler command, told apart: options with their values, and the rest. */
final class Arguments {

  /**
   * What the options of a command are.
   *
   * @param aliases other names of options
   * @param texts options with one value
   * @param lists options that take all words up to the next option
   * @param flags options that may stand without a value
   */
  record Known(
      Map<String, String> aliases, Set<String> texts, Set<String> lists, Set<String> flags) {

    boolean takesValue(String name) {
      return texts.contains(name) || lists.contains(name);
    }
  }

  private final Map<String, List<String>> options = new LinkedHashMap<>();
  private final List<String> rest = new ArrayList<>();

  private Arguments() {}

  /** Options may be written {@code --name value}, {@code --name=value} or {@code -n value}. */
  static Arguments of(List<String> words, Known known) throws NotUnderstood {
    Arguments arguments = new Arguments();
    for (int at = 0; at < words.size(); at++) {
      String word = words.get(at);
      if (!word.startsWith("-")) {
        arguments.rest.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      String written = (equals < 0 ? word : word.substring(0, equals)).replaceFirst("^--?", "");
      String name = known.aliases().getOrDefault(written, written);
      String value;
      boolean negated = name.startsWith("no-") && known.flags().contains(name.substring(3));
      if (negated) {
        name = name.substring(3);
        value = "false";
      } else if (known.flags().contains(name)) {
        value = equals < 0 ? "true" : word.substring(equals + 1);
      } else if (!known.takesValue(name)) {
        throw new NotUnderstood("the option " + word);
      } else if (equals >= 0) {
        value = word.substring(equals + 1);
      } else if (at + 1 < words.size()) {
        value = words.get(++at);
      } else {
        throw new NotUnderstood("the option " + word + " without a value");
      }
      List<String> values = arguments.options.computeIfAbsent(name, any -> new ArrayList<>());
      values.add(value);
      while (known.lists().contains(name)
          && at + 1 < words.size()
          && !words.get(at + 1).startsWith("-")) {
        values.add(words.get(++at));
      }
    }
    return arguments;
  }

  /** A set with some more in it. */
  static Set<String> and(Set<String> set, String... more) {
    return Stream.concat(set.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }

  Optional<String> text(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  List<String> all(String name) {
    return options.getOrDefault(name, List.of());
  }

  /** A switch, or empty if it is not there. */
  Optional<Boolean> flag(String name) {
    return text(name).map("true"::equals);
  }

  /** What is no option. */
  List<String> rest() {
    return List.copyOf(rest);
  }
}
