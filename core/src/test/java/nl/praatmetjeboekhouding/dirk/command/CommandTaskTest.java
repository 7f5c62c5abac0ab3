package nl.praatmetjeboekhouding.dirk.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandTaskTest {

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();
  private final Cancellation cancellation = Cancellation.create();

  @Test
  void hearsEveryLineOfBothStreamsInOrder() {
    Task.Worked worked = run("echo one; echo two >&2; printf three");

    assertThat(worked.succeeded()).isTrue();
    assertThat(lines).containsExactly("one", "two", "three");
  }

  @Test
  void tellsTheExitCodeAndTheLastLineOfAFailure() {
    Task.Worked worked = run("echo 2 of 3 tests failed; exit 3");

    assertThat(worked.succeeded()).isFalse();
    assertThat(worked.detail()).contains("exit 3").contains("2 of 3 tests failed");
  }

  @Test
  void saysThatAProgramIsMissing() {
    Task.Worked worked = task(Command.of(folder, "no-such-program")).run(lines::add, cancellation);

    assertThat(worked.succeeded()).isFalse();
    assertThat(worked.detail()).contains("no-such-program").contains("could not be started");
  }

  @Test
  void masksSecretsInLinesAndInTheAccountOfAFailure() {
    Task.Worked worked = run("echo token=s3cret-value; exit 1");

    assertThat(lines).containsExactly("token=***");
    assertThat(worked.detail()).doesNotContain("s3cret-value");
  }

  @Test
  void givesACommandItsSecretsAndMasksThem() {
    Command command =
        Command.of(folder, "sh", "-c", "echo key=$KEY")
            .withSecrets(Map.of("KEY", Secret.of("VAULT_KEY", () -> "from-the-vault")));

    Task.Worked worked = task(command).run(lines::add, cancellation);

    assertThat(worked.succeeded()).isTrue();
    assertThat(lines).containsExactly("key=***");
  }

  @Test
  void doesNotStartACommandWhoseSecretIsGone() {
    Command command =
        Command.of(folder, "sh", "-c", "echo started")
            .withSecrets(
                Map.of(
                    "KEY",
                    Secret.of(
                        "VAULT_KEY",
                        () -> {
                          throw new ConfigurationException("secrets", "there is no VAULT_KEY");
                        })));

    Task.Worked worked = task(command).run(lines::add, cancellation);

    assertThat(worked.succeeded()).isFalse();
    assertThat(worked.detail()).contains("was not started").contains("VAULT_KEY");
    assertThat(lines).isEmpty();
  }

  @Test
  void endsTheWholeTreeWhenItsTimeIsOver() throws IOException {
    Command command =
        new Command(
            List.of("sh", "-c", "sh -c 'echo $$ > pid; sleep 100' & echo started; wait"),
            folder,
            Duration.ofSeconds(3),
            Map.of(),
            Map.of());

    Task.Worked worked = task(command).run(lines::add, cancellation);

    assertThat(worked.succeeded()).isFalse();
    assertThat(worked.detail()).contains("took longer than 3.0 s");
    assertThat(isAlive()).isFalse();
  }

  @Test
  void endsTheWholeTreeWhenSomebodyStopsTheRun() throws IOException {
    Command command =
        Command.of(folder, "sh", "-c", "sh -c 'echo $$ > pid; echo up; sleep 100' & wait");

    Task.Worked worked =
        task(command)
            .run(
                line -> {
                  lines.add(line);
                  cancellation.detach("closing");
                },
                cancellation);

    assertThat(worked.stopped()).isTrue();
    assertThat(lines).containsExactly("up");
    assertThat(isAlive()).isFalse();
  }

  @Test
  void isNotHeldUpByADaemonThatKeepsThePipe() {
    Task.Worked worked = run("sleep 3 & echo done");

    assertThat(worked.succeeded()).isTrue();
    assertThat(lines).containsExactly("done");
  }

  @Test
  void cutsALineWithoutAnEnd() {
    Task.Worked worked = run("head -c 1000000 /dev/zero | tr '\\0' x");

    assertThat(worked.succeeded()).isTrue();
    assertThat(lines)
        .singleElement()
        .satisfies(line -> assertThat(line).hasSize(8196).endsWith(" ..."));
  }

  @Test
  void runsAnNpmScript() throws IOException {
    Files.writeString(
        folder.resolve("package.json"), "{\"scripts\": {\"test\": \"echo tested && exit 0\"}}");

    Task.Worked worked =
        task(Command.of(folder, "npm", "run", "test")).run(lines::add, cancellation);

    assertThat(worked.succeeded()).isTrue();
    assertThat(lines).contains("tested");
  }

  private Task.Worked run(String script) {
    return task(Command.of(folder, "sh", "-c", script)).run(lines::add, cancellation);
  }

  private static CommandTask task(Command command) {
    return CommandTask.of(
        command, TimeSource.system(), List.of(Secret.of("TOKEN", () -> "s3cret-value")));
  }

  private boolean isAlive() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }
}
