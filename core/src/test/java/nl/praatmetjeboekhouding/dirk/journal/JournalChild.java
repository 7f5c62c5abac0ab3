package nl.praatmetjeboekhouding.dirk.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.error.JournalException;
import nl.praatmetjeboekhouding.dirk.error.JournalException.Kind;
import nl.praatmetjeboekhouding.dirk.time.TimeSource;

/** What the processes do that the tests start: {@code WHAT FOLDER NAME}. */
final class JournalChild {

  private static final String DUEL = "incident:duel";

  private final FileJournal journal;
  private final String name;
  private final PrintStream out;

  private JournalChild(FileJournal journal, String name, PrintStream out) {
    this.journal = journal;
    this.name = name;
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("fill")) {
      fill(folder, System.out);
      return;
    }
    try (FileJournal journal = FileJournal.open(folder, TimeSource.system())) {
      JournalChild child = new JournalChild(journal, arguments[2], System.out);
      switch (arguments[0]) {
        case "write" -> child.write();
        case "duel" -> child.duel();
        case "hold" -> child.hold();
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    } catch (JournalException e) {
      System.out.println(e.kind() + " " + e.getMessage());
    }
  }

  /** Two threads append to streams of their own until the process is killed. */
  private void write() {
    Thread other = new Thread(() -> write("run:" + name + "-b"));
    other.setDaemon(true);
    other.start();
    write("run:" + name + "-a");
  }

  private void write(String stream) {
    for (long sequence = 1; true; sequence++) {
      journal.append(stream, sequence, List.of(), note("x".repeat((int) (sequence % 700))));
      out.println(stream + " " + sequence);
    }
  }

  /** Appends to a stream that it shares, each time under a lease of its own. */
  private void duel() {
    int written = 0;
    for (int round = 0; round < 150; round++) {
      journal.append("run:" + name, round + 1, List.of(), note("own"));
      try {
        Lease lease = journal.acquire("the duel", name, "duel", Duration.ofSeconds(30));
        long next = journal.read(DUEL, 1).size() + 1;
        journal.append(DUEL, next, List.of(lease), note("epoch " + lease.epoch()));
        journal.release(lease);
        written++;
      } catch (JournalException e) {
        if (e.kind() != Kind.LEASED) {
          throw e;
        }
      }
    }
    out.println("written " + written);
  }

  /** Takes a lease for an hour and waits until somebody ends the process. */
  private void hold() throws IOException {
    journal.acquire("worker", name, "holding on", Duration.ofHours(1));
    out.println("held");
    int end = System.in.read();
    out.println("let go " + end);
  }

  /** Writes until the disk is full, makes room, writes again, opens again. */
  private static void fill(Path folder, PrintStream out) throws IOException {
    Path ballast = folder.resolveSibling("ballast");
    Files.write(ballast, new byte[16 * 1024]);
    int written = 0;
    try (FileJournal journal = FileJournal.open(folder, TimeSource.system())) {
      try {
        for (; true; written++) {
          journal.append("run:1", written + 1L, List.of(), note("x".repeat(8 * 1024)));
        }
      } catch (JournalException e) {
        out.println(e.kind() + " " + e.getMessage());
      }
      Files.delete(ballast);
      journal.append("run:1", written + 1L, List.of(), note("small"));
    }
    try (FileJournal journal = FileJournal.open(folder, TimeSource.system())) {
      boolean all = journal.read("run:1", 1).size() == written + 1;
      out.println((all ? "kept all of " : "lost some of ") + written);
    }
  }

  private static JournalRecord note(String text) {
    return new JournalRecord("note", 1, JsonNodeFactory.instance.objectNode().put("text", text));
  }
}
