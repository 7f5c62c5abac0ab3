package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox.crash;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/**
 * The crash matrix: processes that tell a run are killed with SIGKILL at every boundary of their
 * journal and between each writing request and its answer, and other processes take the run up.
 * Prints a table and writes it into the file of the proof.
 */
final class CrashMatrix {

  private CrashMatrix() {}

  /** Takes the file of the proof, a seed, and how many pairs of kills to try. */
  public static void main(String[] arguments) throws IOException {
    Path proof = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    Path folder = Files.createTempDirectory("dirk-crash");
    List<Matrix.Line> lines = new Matrix(folder).all(seed, Integer.parseInt(arguments[2]));
    Files.delete(folder);
    print(lines, System.out);
    ProofFile.at(proof).write("crash", lines);
    System.out.println("written to " + proof);
    System.exit(lines.stream().allMatch(Matrix.Line::holds) ? 0 : 1);
  }

  private static void print(List<Matrix.Line> lines, PrintStream out) {
    out.println("scenario, where its process was killed | as undisturbed");
    for (Matrix.Line line : lines) {
      out.println(line.name() + " | " + (line.holds() ? "yes" : "NO: " + line.seen()));
    }
    long held = lines.stream().filter(Matrix.Line::holds).count();
    out.println(lines.size() + " kills, " + held + " of them ended as undisturbed");
  }
}
