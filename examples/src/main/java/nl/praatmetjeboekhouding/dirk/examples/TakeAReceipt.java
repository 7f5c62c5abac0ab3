package nl.praatmetjeboekhouding.dirk.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.praatmetjeboekhouding.dirk.Dirk;
import nl.praatmetjeboekhouding.dirk.Receipt;
import nl.praatmetjeboekhouding.dirk.ReceiptVerdict;

/**
 * Takes the receipt of a run out of the journal, or checks one without it. Arguments: the runbook
 * file, the task id and the file to write; or a receipt alone.
 */
public final class TakeAReceipt {

  private TakeAReceipt() {}

  /** Takes or checks; exits with 0 if the receipt is intact. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[arguments.length - 1]);
    if (arguments.length == 3) {
      take(Path.of(arguments[0]), arguments[1], file);
    }
    System.exit(check(file, System.out).isIntact() ? 0 : 1);
  }

  // snippet: take
  static void take(Path runbook, String taskId, Path to) throws IOException {
    try (Dirk dirk = Dirk.open(runbook)) {
      Files.write(to, dirk.receipt(taskId).toBytes());
    }
  }

  // end

  // snippet: check
  static ReceiptVerdict check(Path receipt, PrintStream out) throws IOException {
    ReceiptVerdict verdict = Receipt.of(Files.readAllBytes(receipt)).verify();
    out.println(verdict); // intact, or: entry 9 (upload staging), entry, bytes 4711 to 5242: ...
    return verdict;
  }
  // end
}
