package nl.praatmetjeboekhouding.dirk.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processes that have a variable in their environment, as Linux shows them under {@code /proc}
 * (proc(5)). So a process is found whose parent has gone; elsewhere than on Linux none is.
 */
final class MarkedProcesses {

  private static final Path PROC = Path.of("/proc");
  private static final int LARGEST = 4 * 1024 * 1024;

  private MarkedProcesses() {}

  /** Those with {@code mark}, as {@code NAME=value}, in their environment. */
  static List<ProcessHandle> find(String mark) {
    List<ProcessHandle> marked = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        if (read(entry.resolve("environ")).filter(text -> hasVariable(text, mark)).isPresent()) {
          ProcessHandle.of(Long.parseLong(entry.getFileName().toString())).ifPresent(marked::add);
        }
      }
    } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
      return marked;
    }
    return marked;
  }

  /** Whether the process has ended and only waits for somebody to ask how. */
  static boolean isZombie(long pid) {
    return read(PROC.resolve(pid + "/stat"))
        .filter(stat -> stat.startsWith("Z", stat.lastIndexOf(')') + 2))
        .isPresent();
  }

  private static boolean hasVariable(String environment, String mark) {
    return ("\0" + environment).contains("\0" + mark + "\0");
  }

  private static Optional<String> read(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      return Optional.of(new String(content.readNBytes(LARGEST), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
