package nl.praatmetjeboekhouding.dirk.config;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import nl.praatmetjeboekhouding.dirk.error.Fault;

/**
 * An object of the runbook file while it is read. What is not as it should be is a fault, and the
 * answer is empty as if it were not there, so that reading goes on and finds the other faults. A
 * fault names what it is about and never tells its value, which may be a secret in the wrong place.
 */
final class Section {

  private static final Duration LONGEST = Duration.ofHours(24);

  private final String path;
  private final Node.Members members;
  private final Faults faults;
  private final Set<String> known = new LinkedHashSet<>();

  Section(String path, Node.Members members, Faults faults) {
    this.path = path;
    this.members = members;
    this.faults = faults;
  }

  String path(String name) {
    return path.isEmpty() ? Shown.name(name) : path + "." + Shown.name(name);
  }

  Node.Members members() {
    return members;
  }

  /** The names in the order of the text; none of them is known by this. */
  List<String> names() {
    return List.copyOf(members.members().keySet());
  }

  /** What stands under a name, which is known from now on. */
  Optional<Node> node(String name) {
    known.add(name);
    return Optional.ofNullable(members.members().get(name)).map(Node.Member::value);
  }

  /** Where the value of this name stands, or the whole if there is none. */
  Place place(String name) {
    Node.Member member = members.members().get(name);
    return member == null ? members.place() : member.value().place();
  }

  Optional<String> text(String name) {
    return text(name, Function.identity());
  }

  /** A text in a form; {@code parse} throws IllegalArgumentException with what it should be. */
  <V> Optional<V> text(String name, Function<String, V> parse) {
    return node(name).flatMap(node -> text(path(name), node, parse));
  }

  /** A text that may be empty, but no secret. */
  Optional<String> anyText(String name) {
    return node(name).flatMap(node -> formed(path(name), node, Forms::noSecret));
  }

  /** A list of texts, each in a form; {@code parse} as for {@link #text}. */
  Optional<List<String>> texts(String name, Function<String, String> parse) {
    return items(name)
        .map(
            list ->
                IntStream.range(0, list.items().size())
                    .boxed()
                    .flatMap(index -> item(name, index, list, parse).stream())
                    .toList());
  }

  private Optional<String> item(
      String name, int index, Node.Items list, Function<String, String> parse) {
    return text(path(name) + "[" + index + "]", list.items().get(index), parse);
  }

  Optional<Node.Items> items(String name) {
    return items(name, "a list of texts");
  }

  /** A list; {@code form} says of what. */
  Optional<Node.Items> items(String name, String form) {
    return node(name).flatMap(node -> as(Node.Items.class, path(name), node, form));
  }

  Optional<Boolean> flag(String name) {
    return node(name)
        .flatMap(node -> as(Node.Flag.class, path(name), node, "true or false"))
        .map(Node.Flag::on);
  }

  /** A whole number. */
  Optional<Long> number(String name) {
    return number(name, "a whole number", Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A whole number from 1 to {@code most}. */
  Optional<Long> count(String name, long most) {
    return number(name, 1, most);
  }

  /** A whole number from {@code least} to {@code most}. */
  Optional<Long> number(String name, long least, long most) {
    return number(name, "a whole number from " + least + " to " + most, least, most);
  }

  private Optional<Long> number(String name, String form, long least, long most) {
    return node(name)
        .flatMap(node -> as(Node.Amount.class, path(name), node, form))
        .filter(
            number -> {
              boolean fits = isWhole(number.value(), least, most);
              if (!fits) {
                faults.add(number.place(), path(name) + " must be " + form);
              }
              return fits;
            })
        .map(number -> number.value().longValueExact());
  }

  static boolean isWhole(BigDecimal value, long least, long most) {
    return value.compareTo(BigDecimal.valueOf(least)) >= 0
        && value.compareTo(BigDecimal.valueOf(most)) <= 0
        && value.stripTrailingZeros().scale() <= 0;
  }

  /** A duration longer than nothing, at most a day. */
  Optional<Duration> duration(String name) {
    return text(
        name,
        text -> {
          Duration duration = Forms.duration(text);
          if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("longer than nothing and at most a day");
          }
          return duration;
        });
  }

  /** The name of a secret. */
  Optional<String> secret(String name) {
    return node(name).flatMap(node -> formed(path(name), node, Forms::secret));
  }

  Optional<Section> section(String name) {
    return section(name, "an object");
  }

  /** An object; {@code form} says what may stand there, an object or something else. */
  Optional<Section> section(String name, String form) {
    return node(name)
        .flatMap(node -> as(Node.Members.class, path(name), node, form))
        .map(object -> new Section(path(name), object, faults));
  }

  /** Objects in a list, those that are any; {@code form} says what should stand there. */
  List<Section> sections(String name, String form) {
    return items(name, form)
        .map(
            list ->
                IntStream.range(0, list.items().size())
                    .boxed()
                    .flatMap(index -> section(name, index, list, form).stream())
                    .toList())
        .orElse(List.of());
  }

  private Optional<Section> section(String name, int index, Node.Items list, String form) {
    String what = path(name) + "[" + index + "]";
    return as(Node.Members.class, what, list.items().get(index), "an object in " + form)
        .map(object -> new Section(what, object, faults));
  }

  /** Whether an empty list stands under the name. */
  boolean holdsNothing(String name) {
    return node(name)
        .filter(node -> node instanceof Node.Items list && list.items().isEmpty())
        .isPresent();
  }

  /** Whether a text stands under the name of which this is true; the name stays unknown. */
  boolean holds(String name, Predicate<String> isSo) {
    Node.Member member = members.members().get(name);
    return member != null && member.value() instanceof Node.Text text && isSo.test(text.text());
  }

  /** The value; if the name is not there at all, that is a fault which says how to write it. */
  <V> Optional<V> required(String name, Optional<V> value, String example) {
    if (!members.members().containsKey(name)) {
      faults.add(members.place(), path(name) + " is missing: write " + example);
    }
    return value;
  }

  /** The name itself, if it has a form; {@code parse} as for {@link #text}. */
  Optional<String> name(String name, Function<String, String> parse) {
    try {
      return Optional.of(parse.apply(name));
    } catch (IllegalArgumentException e) {
      fault(name, "must be " + e.getMessage());
      return Optional.empty();
    }
  }

  /** A fault at what stands under the name, or at the whole if nothing does. */
  void fault(String name, String message) {
    Node.Member member = members.members().get(name);
    faults.add(member == null ? members.place() : member.name(), path(name) + " " + message);
  }

  /** A fault of one value that stands under the name, or of an item of it. */
  void fault(String name, Node node, String message) {
    faults.add(node.place(), path(name) + " " + message);
  }

  /** A fault of the whole. */
  void fault(String message) {
    faults.add(members.place(), path + " " + message);
  }

  /** Ends the reading: every name that nobody asked for is a fault. */
  void end() {
    unread().forEach(faults::add);
  }

  /** A fault for each name that nobody asked for, in the order of the text. */
  List<Fault> unread() {
    return unknown().stream()
        .map(
            name ->
                requireNonNull(members.members().get(name))
                    .name()
                    .fault(path(name) + " is unknown" + Spelling.hint(name, known)))
        .toList();
  }

  /** The names that nobody asked for, in the order of the text. */
  List<String> unknown() {
    return names().stream().filter(name -> !known.contains(name)).toList();
  }

  private <V> Optional<V> text(String what, Node node, Function<String, V> parse) {
    return formed(what, node, text -> parse.apply(Forms.filled(Forms.noSecret(text))));
  }

  private <V> Optional<V> formed(String what, Node node, Function<String, V> parse) {
    return as(Node.Text.class, what, node, "text")
        .flatMap(
            text -> {
              try {
                return Optional.of(parse.apply(text.text()));
              } catch (IllegalArgumentException e) {
                faults.add(text.place(), what + " must be " + e.getMessage());
                return Optional.empty();
              }
            });
  }

  private <N extends Node> Optional<N> as(Class<N> type, String what, Node node, String form) {
    if (type.isInstance(node)) {
      return Optional.of(type.cast(node));
    }
    faults.add(node.place(), what + " must be " + form + ", not " + node.kind());
    return Optional.empty();
  }
}
