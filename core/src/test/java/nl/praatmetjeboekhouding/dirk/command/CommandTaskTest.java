package nl.praatmetjeboekhouding.dirk.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandTaskTest {

  /** Starts something that notes its process id, says "up" and stays. */
  private static final String STAYS = "sh -c 'echo $$ > pid; echo up; sleep 1000'";

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
  void hearsALineWhileTheCommandRuns() {
    Task.Worked worked = runUntilUp("echo early; " + STAYS);

    assertThat(worked.stopped()).isTrue();
    assertThat(lines).containsExactly("early", "up");
  }

  @Test
  void tellsTheExitCodeAndTheLastLineOfAFailure() {
    Task.Worked worked = run("echo 2 of 3 tests failed; echo; exit 3");

    assertThat(worked.succeeded()).isFalse();
    assertThat(worked.stopped()).isFalse();
    assertThat(worked.detail())
        .contains("ended with exit 3 after ")
        .endsWith("; it last wrote: 2 of 3 tests failed");
  }

  @Test
  void keepsTheLastTwentyLines() {
    Task.Worked worked = run("seq 1 100; exit 1");

    assertThat(worked.lastLines()).hasSize(20).startsWith("81").endsWith("100");
    assertThat(lines).hasSize(100);
  }

  @Test
  void saysThatAProgramIsMissing() {
    Task.Worked worked = task(Command.of(folder, "no-such-program")).run(lines::add, cancellation);

    assertThat(worked.succeeded()).isFalse();
    assertThat(worked.detail())
        .startsWith("'no-such-program' was not started: ")
        .contains("No such file");
  }

  @Test
  void saysThatTheFolderIsMissing() {
    Path gone = folder.resolve("gone");

    Task.Worked worked = task(Command.of(gone, "true")).run(lines::add, cancellation);

    assertThat(worked.detail()).isEqualTo("'true' was not started: there is no folder " + gone);
  }

  @Test
  void startsNothingForARunThatWasStopped() {
    cancellation.cancel("not any more");

    Task.Worked worked = run("echo started > file");

    assertThat(worked.stopped()).isTrue();
    assertThat(folder.resolve("file")).doesNotExist();
  }

  @Test
  void givesACommandNoInput() {
    assertThat(run("cat; echo done").succeeded()).isTrue();
    assertThat(lines).containsExactly("done");
  }

  @Test
  void givesACommandItsVariables() {
    Command command =
        Command.of(folder, "sh", "-c", "echo $GREETING").withEnvironment(Map.of("GREETING", "hi"));

    assertThat(task(command).run(lines::add, cancellation).succeeded()).isTrue();
    assertThat(lines).containsExactly("hi");
  }

  @Test
  void refusesAVariableThatCannotBe() {
    Command command = Command.of(folder, "true");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> command.withEnvironment(Map.of("A=B", "c")))
        .withMessageContaining("A=B");
  }

  @Test
  void masksSecretsInLinesAndInTheAccountOfAFailure() {
    Task.Worked worked = run("echo token=s3cret-value; exit 1");

    assertThat(lines).containsExactly("token=***");
    assertThat(worked.lastLines()).containsExactly("token=***");
    assertThat(worked.detail()).doesNotContain("s3cret-value");
  }

  @Test
  void masksASecretThatIsWrittenInPieces() {
    run("printf s3cr; sleep 0.3; echo et-value");

    assertThat(lines).containsExactly("***");
  }

  @Test
  void givesACommandItsSecretsAndMasksThem() {
    Command command =
        Command.of(folder, "sh", "-c", "echo key=$KEY; echo \"$KEY\" | base64")
            .withSecrets(Map.of("KEY", Secret.of("VAULT_KEY", () -> "from-the-vault")));

    Task.Worked worked = task(command).run(lines::add, cancellation);

    assertThat(worked.succeeded()).isTrue();
    assertThat(lines.get(0)).isEqualTo("key=***");
    assertThat(lines.get(1)).startsWith("***").hasSizeLessThan(6);
  }

  @Test
  void keepsASecretOfThisProcessFromACommandThatDoesNotAskForIt() {
    assumeTrue(System.getenv("HOME") != null);
    Secret home = Secret.of("HOME", () -> "not shown");
    Command command = Command.of(folder, "sh", "-c", "echo [$HOME]");

    CommandTask.of(command, TimeSource.system(), List.of(home)).run(lines::add, cancellation);
    CommandTask.of(
            command.withEnvironment(Map.of("HOME", "given")), TimeSource.system(), List.of(home))
        .run(lines::add, cancellation);

    assertThat(lines).containsExactly("[]", "[given]");
  }

  @Test
  void doesNotStartACommandWhoseSecretIsGone() {
    Task.Worked worked =
        runWithSecret(
            () -> {
              throw new ConfigurationException("secrets", "there is no VAULT_KEY");
            });

    assertThat(worked.succeeded()).isFalse();
    assertThat(worked.detail()).contains("was not started").contains("VAULT_KEY");
    assertThat(lines).isEmpty();
  }

  @Test
  void doesNotStartACommandWhenTheVaultFails() {
    Task.Worked worked =
        runWithSecret(
            () -> {
              throw new IllegalStateException("sealed");
            });

    assertThat(worked.detail())
        .contains("was not started")
        .contains("the secret VAULT_KEY could not be looked up: java.lang.IllegalStateException");
  }

  @Test
  void doesNotShowASecretThatCannotBeAVariable() {
    Task.Worked worked = runWithSecret(() -> "half\0value");

    assertThat(worked.detail()).contains("was not started").doesNotContain("half");
  }

  @Test
  void endsTheWholeTreeWhenItsTimeIsOver() throws IOException {
    Command command =
        Command.of(folder, "sh", "-c", STAYS + " & echo started; wait")
            .withTimeout(Duration.ofSeconds(2));

    Task.Worked worked = task(command).run(lines::add, cancellation);

    assertThat(worked.succeeded()).isFalse();
    assertThat(worked.stopped()).isFalse();
    assertThat(worked.detail()).contains("took longer than 2.0 s; it last wrote: ");
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void endsTheWholeTreeWhenSomebodyStopsTheRun() throws IOException {
    Task.Worked worked = runUntilUp(STAYS + " & wait");

    assertThat(worked.stopped()).isTrue();
    assertThat(worked.lastLines()).containsExactly("up");
    assertThat(hasEnded()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // The parent is gone at once.
        "(" + STAYS + " &); sleep 1000",
        // The parent is gone, and it leads a session of its own.
        "(setsid " + STAYS + " &); sleep 1000",
        // Nobody of the tree is left but the one that must be found.
        "setsid " + STAYS + " & while [ ! -s pid ]; do sleep 0.05; done"
      })
  void endsWhatHasLeftTheTree(String script) throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "such processes are found on Linux only");

    runUntilUp(script);

    assertThat(hasEnded()).isTrue();
  }

  @Test
  void killsWhatDoesNotListen() throws IOException {
    // Five seconds of grace pass at once.
    TimeSource time = ManualTime.create();
    Command command =
        Command.of(
                folder,
                "sh",
                "-c",
                "trap '' TERM; echo $$ > pid; echo up; while :; do sleep 1; done")
            .withTimeout(Duration.ofDays(365));

    Task.Worked worked =
        CommandTask.of(command, time, List.of()).run(this::hearAndStop, cancellation);

    assertThat(worked.stopped()).isTrue();
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void letsACommandSayGoodbye() {
    runUntilUp("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");

    assertThat(lines).startsWith("up").endsWith("bye");
  }

  @Test
  void endsTheCommandWhenTheThreadIsInterruptedAndKeepsTheInterrupt() throws Exception {
    List<Object> seen = new ArrayList<>();
    CountDownLatch up = new CountDownLatch(1);
    CommandTask task = task(Command.of(folder, "sh", "-c", STAYS));
    Thread thread =
        new Thread(
            () -> {
              seen.add(task.run(line -> up.countDown(), cancellation).stopped());
              seen.add(Thread.currentThread().isInterrupted());
            });
    thread.start();
    assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();

    thread.interrupt();
    thread.join(30_000);

    assertThat(seen).containsExactly(true, true);
    assertThat(cancellation.stop()).map(Cancellation.Stop::kind).contains(Cancellation.Kind.DETACH);
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void endsTheCommandWhenItsListenerThrows() throws IOException {
    CommandTask task = task(Command.of(folder, "sh", "-c", STAYS));

    assertThatThrownBy(
            () ->
                task.run(
                    line -> {
                      throw new IllegalStateException("the lease was lost");
                    },
                    cancellation))
        .hasMessage("the lease was lost");
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void leavesNothingBehind() throws IOException {
    Task.Worked worked = run(STAYS + " & while [ ! -s pid ]; do sleep 0.05; done; echo done");

    assertThat(worked.succeeded()).isTrue();
    assertThat(lines).contains("done");
    assertThat(hasEnded()).isTrue();
  }

  @Test
  void isNotDrownedByWhatIsLeftBehind() {
    Task.Worked worked = run("yes & exit 4");

    assertThat(worked.detail()).contains("ended with exit 4");
  }

  private Task.Worked run(String script) {
    return task(Command.of(folder, "sh", "-c", script)).run(lines::add, cancellation);
  }

  private Task.Worked runUntilUp(String script) {
    return task(Command.of(folder, "sh", "-c", script)).run(this::hearAndStop, cancellation);
  }

  private void hearAndStop(String line) {
    lines.add(line);
    if (line.equals("up")) {
      cancellation.detach("closing");
    }
  }

  private Task.Worked runWithSecret(java.util.function.Supplier<String> value) {
    Command command =
        Command.of(folder, "sh", "-c", "echo started")
            .withSecrets(Map.of("KEY", Secret.of("VAULT_KEY", value)));
    return task(command).run(lines::add, cancellation);
  }

  private static CommandTask task(Command command) {
    return CommandTask.of(
        command, TimeSource.system(), List.of(Secret.of("TOKEN", () -> "s3cret-value")));
  }

  private boolean hasEnded() throws IOException {
    return NotedProcess.hasEnded(folder.resolve("pid"));
  }
}
