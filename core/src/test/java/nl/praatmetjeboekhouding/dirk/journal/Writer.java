package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** A process of its own that appends until it is killed, and says which appends returned. */
final class Writer {

  private Writer() {}

  public static void main(String[] arguments) {
    String stream = "run:" + arguments[1];
    long most = Long.parseLong(arguments[2]);
    try (FileJournal journal = FileJournal.open(Path.of(arguments[0]), TimeSource.system())) {
      long next = journal.read(stream, 1).size() + 1L;
      for (long number = next; number < next + most; number++) {
        journal.append(stream, number, List.of(), record("entry " + number));
        System.out.println(number);
        System.out.flush();
      }
    }
  }

  /** Starts one: it appends so many entries to {@code run:NAME} in the folder, then it ends. */
  static Process start(Path folder, String name, long most, String... before) throws IOException {
    List<String> command = new ArrayList<>(List.of(before));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            folder.toString(),
            name,
            Long.toString(most)));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  static JournalRecord record(String text) {
    return new JournalRecord("note", 1, JsonNodeFactory.instance.objectNode().put("text", text));
  }
}
