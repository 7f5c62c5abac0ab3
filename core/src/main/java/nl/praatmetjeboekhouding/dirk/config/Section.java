package nl.praatmetjeboekhouding.dirk.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An object of the runbook file while it is read. What is not as it should be is a fault, and the
 * answer is empty as if it were not there, so that reading goes on and finds the other faults.
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
    return path.isEmpty() ? name : path + "." + name;
  }

  /** What stands under a name, which is known from now on. */
  Optional<Node> node(String name) {
    known.add(name);
    return Optional.ofNullable(members.members().get(name)).map(Node.Member::value);
  }

  /** The names in the order of the text; none of them is known by this. */
  List<String> names() {
    return List.copyOf(members.members().keySet());
  }

  Optional<String> text(String name) {
    return text(name, Function.identity());
  }

  /** A text in a form; {@code parse} throws IllegalArgumentException with what it should be. */
  <V> Optional<V> text(String name, Function<String, V> parse) {
    return node(name).flatMap(node -> text(path(name), node, parse));
  }

  Optional<List<String>> texts(String name) {
    return texts(name, Function.identity());
  }

  /** A list of texts in a form; {@code parse} as for {@link #text}. */
  Optional<List<String>> texts(String name, Function<String, String> parse) {
    return node(name)
        .flatMap(node -> as(Node.Items.class, path(name), node, "a list of texts"))
        .map(list -> list.items().stream().flatMap(item -> item(name, item, parse)).toList());
  }

  private Stream<String> item(String name, Node item, Function<String, String> parse) {
    return text("each of " + path(name), item, parse).stream();
  }

  Optional<Boolean> flag(String name) {
    return node(name)
        .flatMap(node -> as(Node.Flag.class, path(name), node, "true or false"))
        .map(Node.Flag::on);
  }

  /** A whole number from 1 to {@code most}. */
  Optional<Long> count(String name, long most) {
    String form = "a whole number from 1 to " + most;
    return node(name)
        .flatMap(node -> as(Node.Amount.class, path(name), node, form))
        .filter(
            number -> {
              boolean fits = isCount(number.value(), most);
              if (!fits) {
                faults.add(number.place(), path(name) + " must be " + form);
              }
              return fits;
            })
        .map(number -> number.value().longValueExact());
  }

  private static boolean isCount(BigDecimal value, long most) {
    return value.compareTo(BigDecimal.ONE) >= 0
        && value.compareTo(BigDecimal.valueOf(most)) <= 0
        && value.stripTrailingZeros().scale() <= 0;
  }

  /** A duration longer than nothing, at most a day. */
  Optional<Duration> duration(String name) {
    return text(
        name,
        text ->
            Durations.parse(text)
                .filter(duration -> !duration.isZero() && duration.compareTo(LONGEST) <= 0)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            Durations.FORM + ", longer than nothing and at most a day")));
  }

  Optional<Section> section(String name) {
    return node(name).flatMap(node -> section(name, node));
  }

  Optional<Section> section(String name, Node node) {
    return as(Node.Members.class, path(name), node, "an object")
        .map(object -> new Section(path(name), object, faults));
  }

  /** The value; if the name is not there at all, that is a fault which says how to write it. */
  <V> Optional<V> required(String name, Optional<V> value, String example) {
    if (!members.members().containsKey(name)) {
      faults.add(members.place(), path(name) + " is missing: write " + example);
    }
    return value;
  }

  /** A fault at what stands under the name, or at the whole if nothing does. */
  void fault(String name, String message) {
    Node.Member member = members.members().get(name);
    faults.add(member == null ? members.place() : member.name(), path(name) + " " + message);
  }

  /** A fault of the whole. */
  void fault(String message) {
    faults.add(members.place(), path + " " + message);
  }

  Node.Members members() {
    return members;
  }

  Faults faults() {
    return faults;
  }

  /** Ends the reading: every name that nobody asked for is a fault. */
  void end() {
    List<String> unknown = new ArrayList<>(members.members().keySet());
    unknown.removeAll(known);
    unknown.forEach(name -> fault(name, "is unknown" + Spelling.hint(name, known)));
  }

  private <V> Optional<V> text(String what, Node node, Function<String, V> parse) {
    return as(Node.Text.class, what, node, "text")
        .flatMap(
            text -> {
              try {
                if (text.text().isBlank()) {
                  throw new IllegalArgumentException("something, not an empty text");
                }
                if (SecretReference.isHinted(text.text())) {
                  throw new IllegalArgumentException(
                      "plain text: " + SecretReference.FORM + " is for secrets only");
                }
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
