package nl.praatmetjeboekhouding.dirk.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import nl.praatmetjeboekhouding.dirk.spi.Secret;
import nl.praatmetjeboekhouding.dirk.time.Cancellation;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/**
 * Runs commands that write 100 MB in lines, and 30 MB in one, for a virtual machine that has less
 * memory.
 */
final class Flood {

  private Flood() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    String line = "x".repeat(99);
    run(folder, "yes " + line + " | head -n 1000000");
    run(folder, "head -c 30000000 /dev/zero | tr '\\0' x");
  }

  private static void run(Path folder, String script) {
    AtomicLong heard = new AtomicLong();
    Task.Worked worked =
        CommandTask.of(
                Command.of(folder, "sh", "-c", script),
                TimeSource.system(),
                List.of(Secret.of("TOKEN", () -> "s3cret-value")))
            .run(text -> heard.incrementAndGet(), Cancellation.create());
    System.out.println(
        worked.succeeded() + " " + heard + " lines, " + worked.lastLines().size() + " kept");
  }
}
