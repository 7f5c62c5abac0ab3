package nl.praatmetjeboekhouding.dirk.cloudflare.wrangler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import nl.praatmetjeboekhouding.dirk.config.DirkConfig;
import nl.praatmetjeboekhouding.dirk.error.ConfigurationException;
import nl.praatmetjeboekhouding.dirk.error.Fault;

/**
 * Reads files that nobody would write, as long as it is told to, and stops at the first that is
 * neither taken nor refused as it should be. The properties {@code fuzz.seconds} and {@code
 * fuzz.seed} say how long and which.
 */
final class ConfigFuzz {

  /** What reading may take at most: so long at all, and so long for each byte. */
  private static final long NANOS = Duration.ofSeconds(5).toNanos();

  private static final long NANOS_A_BYTE = Duration.ofNanos(20_000).toNanos();

  private final Path folder;
  private int taken;
  private int refused;
  private long bytes;
  private long slowest;
  private String slowestStart = "";

  /**
   * A fuzz.
   *
   * @param folder for its own use; holds the last file that was read
   */
  ConfigFuzz(Path folder) {
    this.folder = folder;
  }

  /** Takes a folder to work in. Ends with 1 if a file was found that is read badly. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    Duration length = Duration.ofSeconds(Long.getLong("fuzz.seconds", 600));
    System.out.println("fuzz.seed=" + seed + " for " + length.toSeconds() + " s");
    ConfigFuzz fuzz = new ConfigFuzz(folder);
    Optional<String> wrong = fuzz.run(seed, length);
    System.out.println(fuzz);
    wrong.ifPresent(System.out::println);
    System.exit(wrong.isPresent() ? 1 : 0);
  }

  /** What was read badly, and in which file that is; or empty. */
  Optional<String> run(long seed, Duration length) throws IOException {
    Files.writeString(folder.resolve("worker.js"), "export default {}");
    OddText texts = new OddText(new SplittableRandom(seed));
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      Optional<String> wrong =
          read("wrangler.jsonc", texts.json(), ConfigFuzz::project)
              .or(() -> read("wrangler.toml", texts.toml(), ConfigFuzz::project))
              .or(() -> read("dirk.jsonc", texts.json(), DirkConfig::read));
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static void project(Path file) {
    WranglerProject unused = WranglerFile.at(file).project(Optional.empty());
  }

  private Optional<String> read(String name, byte[] content, Consumer<Path> reader) {
    Path file = folder.resolve(name);
    try {
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes += content.length;
    long began = System.nanoTime();
    Optional<String> wrong = judged(file, reader);
    long took = System.nanoTime() - began;
    if (took > slowest) {
      slowest = took;
      slowestStart =
          content.length
              + " bytes: "
              + new String(content, 0, Math.min(40, content.length), StandardCharsets.UTF_8);
    }
    return wrong
        .or(
            () ->
                took > NANOS + NANOS_A_BYTE * content.length
                    ? Optional.of("took " + took / 1_000_000 + " ms")
                    : Optional.empty())
        .map(what -> file + " (" + content.length + " bytes): " + what);
  }

  /** Why the reader did not do what it should, or empty. */
  private Optional<String> judged(Path file, Consumer<Path> reader) {
    try {
      reader.accept(file);
      taken++;
      return Optional.empty();
    } catch (ConfigurationException e) {
      refused++;
      return e.faults().stream().filter(fault -> !isClear(fault)).findFirst().map(Fault::toString);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return Optional.of("threw " + e);
    }
  }

  /** A text that is not well-formed is so somewhere, but for one that is not looked into. */
  private static boolean isClear(Fault fault) {
    boolean placed = fault.line() > 0 && fault.column() > 0;
    boolean broken =
        fault.message().startsWith("cannot be read: ")
            && !fault.message().contains("1 MiB")
            && !fault.message().contains("UTF-16");
    return !fault.message().isBlank() && fault.message().length() < 10_000 && (placed || !broken);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d files taken and %d refused, %.1f MB, the slowest in %d ms: %s",
        taken,
        refused,
        bytes / 1e6,
        slowest / 1_000_000,
        slowestStart);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
