package nl.praatmetjeboekhouding.dirk.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a command: a list, or an object with the list under {@code run}. */
final class CommandReader {

  private static final String EXAMPLE = "[\"npm\", \"run\", \"test\"]";

  private CommandReader() {}

  static Optional<CommandConfig> read(Section service, String name) {
    Optional<Node> node = service.node(name);
    if (node.isPresent() && node.get() instanceof Node.Items list) {
      return run(service, name, list).map(run -> CommandConfig.of(run.toArray(String[]::new)));
    }
    return service
        .section(name, "a list such as " + EXAMPLE + " or an object")
        .flatMap(CommandReader::command);
  }

  private static Optional<CommandConfig> command(Section section) {
    Optional<List<String>> run =
        section
            .required("run", section.items("run"), EXAMPLE)
            .flatMap(list -> run(section, "run", list));
    Map<String, Variable> environment =
        section.section("environment").map(CommandReader::environment).orElse(Map.of());
    Optional<Duration> timeout = section.duration("timeout");
    section.end();
    return run.map(
        words -> new CommandConfig(words, timeout.orElse(CommandConfig.TIMEOUT), environment));
  }

  private static Optional<List<String>> run(Section section, String name, Node.Items list) {
    List<String> words =
        list.items().stream().flatMap(item -> word(section, name, item).stream()).toList();
    if (list.items().isEmpty() || (!words.isEmpty() && words.get(0).isBlank())) {
      section.fault(name, "must name a program first: write " + EXAMPLE);
      return Optional.empty();
    }
    return words.size() == list.items().size() ? Optional.of(words) : Optional.empty();
  }

  /** A program or an argument; an argument may be empty. */
  private static Optional<String> word(Section section, String name, Node item) {
    if (!(item instanceof Node.Text text)) {
      section.fault(name, item, "must be a list of texts; this is " + item.kind());
    } else if (SecretReference.isHinted(text.text())) {
      section.fault(
          name, item, "must not hold a secret: set it in the command's environment, by name");
    } else if (text.text().indexOf('\0') >= 0) {
      section.fault(name, item, "must be texts without the character 0");
    } else {
      return Optional.of(text.text());
    }
    return Optional.empty();
  }

  private static Map<String, Variable> environment(Section section) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (String name : section.names()) {
      Optional<String> fit = section.name(name, Forms::variable);
      section
          .node(name)
          .flatMap(node -> variable(section, name, node))
          .filter(variable -> fit.isPresent())
          .ifPresent(variable -> variables.put(name, variable));
    }
    return variables;
  }

  private static Optional<Variable> variable(Section section, String name, Node node) {
    if (!(node instanceof Node.Text text)) {
      section.fault(name, node, "must be text, not " + node.kind());
      return Optional.empty();
    }
    Optional<String> secret = SecretReference.name(text.text());
    if (secret.isPresent()) {
      return secret.map(Variable.FromSecret::new);
    }
    if (SecretReference.isHinted(text.text())) {
      section.fault(
          name,
          node,
          "must be " + SecretReference.FORM + " and nothing around it, or text without a secret");
      return Optional.empty();
    }
    if (text.text().indexOf('\0') >= 0) {
      section.fault(name, node, "must be text without the character 0");
      return Optional.empty();
    }
    return Optional.of(new Variable.Plain(text.text()));
  }
}
