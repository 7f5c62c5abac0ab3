package nl.praatmetjeboekhouding.dirk.config;

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
    if (node.isPresent() && node.get() instanceof Node.Items) {
      return run(service, name).map(run -> CommandConfig.of(run.toArray(String[]::new)));
    }
    return service.section(name).flatMap(CommandReader::command);
  }

  private static Optional<CommandConfig> command(Section section) {
    Optional<List<String>> run = section.required("run", run(section, "run"), EXAMPLE);
    Map<String, Variable> environment =
        section.section("environment").map(CommandReader::environment).orElse(Map.of());
    var timeout = section.duration("timeout");
    section.end();
    return run.map(
        words -> new CommandConfig(words, timeout.orElse(CommandConfig.TIMEOUT), environment));
  }

  private static Optional<List<String>> run(Section section, String name) {
    Optional<List<String>> run = section.texts(name);
    if (run.isPresent() && run.get().isEmpty()) {
      section.fault(name, "must name a program: write " + EXAMPLE);
    }
    return run.filter(words -> !words.isEmpty());
  }

  private static Map<String, Variable> environment(Section section) {
    Map<String, Variable> variables = new LinkedHashMap<>();
    for (String name : section.names()) {
      if (!Forms.VARIABLE.matcher(name).matches()) {
        section.fault(name, "must be the name of a variable: letters, digits and underscores");
      }
      section
          .node(name)
          .flatMap(node -> variable(section, name, node))
          .ifPresent(variable -> variables.put(name, variable));
    }
    return variables;
  }

  private static Optional<Variable> variable(Section section, String name, Node node) {
    if (!(node instanceof Node.Text text)) {
      section.fault(name, "must be text, not " + node.kind());
      return Optional.empty();
    }
    Optional<String> secret = SecretReference.name(text.text());
    if (secret.isEmpty() && SecretReference.isHinted(text.text())) {
      section.fault(
          name,
          "must be text, or " + SecretReference.FORM + " and nothing around it, for a secret");
      return Optional.empty();
    }
    return Optional.of(
        secret
            .<Variable>map(Variable.FromSecret::new)
            .orElseGet(() -> new Variable.Plain(text.text())));
  }
}
