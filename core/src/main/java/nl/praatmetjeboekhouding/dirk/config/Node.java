package nl.praatmetjeboekhouding.dirk.config;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value that knows where it stands. */
sealed interface Node {

  Place place();

  /** What it is, for messages. */
  String kind();

  /** The value itself, without places. */
  Object plain();

  record Text(Place place, String text) implements Node {
    @Override
    public String kind() {
      return "text";
    }

    @Override
    public Object plain() {
      return text;
    }
  }

  record Amount(Place place, BigDecimal value) implements Node {
    @Override
    public String kind() {
      return "a number";
    }

    @Override
    public Object plain() {
      return value;
    }
  }

  record Flag(Place place, boolean on) implements Node {
    @Override
    public String kind() {
      return on ? "true" : "false";
    }

    @Override
    public Object plain() {
      return on;
    }
  }

  record Nothing(Place place) implements Node {
    @Override
    public String kind() {
      return "null";
    }

    @Override
    public Object plain() {
      return Optional.empty();
    }
  }

  record Items(Place place, List<Node> items) implements Node {

    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public Object plain() {
      return items.stream().map(Node::plain).toList();
    }
  }

  /** An object; its members are in the order of the text. */
  record Members(Place place, Map<String, Member> members) implements Node {

    public Members {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public static Members none(Place place) {
      return new Members(place, Map.of());
    }

    Members with(String name, Node value) {
      Map<String, Member> all = new LinkedHashMap<>(members);
      all.put(name, new Member(value.place(), value));
      return new Members(place, all);
    }

    @Override
    public String kind() {
      return "an object";
    }

    @Override
    public Object plain() {
      Map<String, Object> all = new LinkedHashMap<>();
      members.forEach((name, member) -> all.put(name, member.value().plain()));
      return all;
    }
  }

  /** What an object holds under a name, and where the name stands. */
  record Member(Place name, Node value) {}
}
