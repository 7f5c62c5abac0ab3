package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
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

  static JournalRecord record(String text) {
    return new JournalRecord("note", 1, JsonNodeFactory.instance.objectNode().put("text", text));
  }
}
