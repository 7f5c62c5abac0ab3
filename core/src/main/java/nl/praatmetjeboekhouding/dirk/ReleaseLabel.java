package nl.praatmetjeboekhouding.dirk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import nl.praatmetjeboekhouding.dirk.command.Command;
import nl.praatmetjeboekhouding.dirk.command.CommandTask;
import nl.praatmetjeboekhouding.dirk.command.Task;
import nl.praatmetjeboekhouding.dirk.config.VersionRule;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Finds out what a release is called, once its build is done. Says why with an
 * IllegalStateException if it cannot be told.
 */
record ReleaseLabel(VersionRule rule, Path project, TimeSource time, List<Secret> secrets)
    implements Supplier<String> {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int LARGEST = 1024 * 1024;
  private static final int LONGEST = 100;

  @Override
  public String get() {
    String label;
    if (rule instanceof VersionRule.FromFile file) {
      label = read(file);
    } else if (rule instanceof VersionRule.Text text) {
      label = text.label();
    } else {
      label = commit();
    }
    if (label.length() > LONGEST || label.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalStateException(
          "a label is one line of at most " + LONGEST + " characters, and this one is not");
    }
    return label;
  }

  private String read(VersionRule.FromFile rule) {
    Path file = project.resolve(rule.file());
    try {
      if (Files.size(file) > LARGEST) {
        throw new IllegalStateException(file + " is larger than 1 MiB");
      }
      JsonNode value = JSON.readTree(Files.readAllBytes(file)).at(rule.pointer());
      if (value.isTextual() && !value.textValue().isBlank()) {
        return value.textValue().strip();
      }
      throw new IllegalStateException("there is no text at " + rule.pointer() + " of " + file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException(
          "there is no " + file + "; build it, or name another file under version", e);
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private String commit() {
    List<String> lines = new ArrayList<>();
    Command git =
        Command.of(project, "git", "rev-parse", "--short=12", "HEAD")
            .withTimeout(Duration.ofSeconds(30));
    Task.Worked worked = CommandTask.of(git, time, secrets).run(lines::add, Cancellation.create());
    if (worked.succeeded() && lines.size() == 1 && !lines.get(0).isBlank()) {
      return lines.get(0).strip();
    }
    throw new IllegalStateException("git does not tell the commit: " + worked.detail());
  }
}
