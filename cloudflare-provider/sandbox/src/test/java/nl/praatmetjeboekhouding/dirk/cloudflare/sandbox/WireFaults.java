package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.testkit.ProofFile;

/**
 * Each request of a deploy, of a way back and of a rollback goes wrong in each way in turn: what
 * became of the runs.
 */
public final class WireFaults {

  private static final int AT_ONCE = 4;

  /** How much time a call gets in which a write hangs. */
  private static final Duration HURRY = Duration.ofMillis(250);

  /** The same for a read: enough for half of it to pass, and for another attempt. */
  private static final Duration HURRY_TO_READ = Duration.ofSeconds(4);

  private WireFaults() {}

  /** Plays all of it. */
  static List<WireCase> play(Path folder) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<WireCase>> running = new ArrayList<>();
      for (WireScene scene : WireScene.values()) {
        WireRun.Seen undisturbed = WireRun.undisturbed(scene, folder.resolve(scene.name()));
        assertThat(undisturbed.report().outcome())
            .as(undisturbed.report().toString())
            .isEqualTo(scene.isSick() ? Outcome.ROLLED_BACK : Outcome.SUCCEEDED);
        new WirePromises(scene, false, undisturbed).check();
        for (int index = first(scene, undisturbed);
            index < undisturbed.requests().size();
            index++) {
          for (WireFault fault : WireFault.values()) {
            int request = index;
            if (!fault.isOnlyForWrites() || !undisturbed.requests().get(index).isRead()) {
              running.add(
                  executor.submit(() -> disturbed(scene, request, fault, undisturbed, folder)));
            }
          }
        }
      }
      List<WireCase> cases = new ArrayList<>();
      for (Future<WireCase> each : running) {
        cases.add(each.get());
      }
      return cases;
    } finally {
      executor.shutdownNow();
    }
  }

  /** Plays all of it, and says of each case whether every promise was kept. */
  public static List<ProofFile.Line> prove(Path folder) throws Exception {
    return play(folder).stream().map(WireFaults::line).toList();
  }

  private static ProofFile.Line line(WireCase each) {
    String seen = each.outcome() + ", sent " + each.attempts() + " times";
    try {
      each.check();
      return new ProofFile.Line(each.toString(), "every promise is kept", seen, true);
    } catch (AssertionError e) {
      String broken = seen + ", but " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
      return new ProofFile.Line(each.toString(), "every promise is kept", broken, false);
    }
  }

  private static int first(WireScene scene, WireRun.Seen undisturbed) {
    return (int)
        undisturbed.requests().stream()
            .takeWhile(asked -> !scene.from().isEmpty() && !asked.step().equals(scene.from()))
            .count();
  }

  /** A busy machine may be too slow for the little time that a call gets; then it gets more. */
  private static WireCase disturbed(
      WireScene scene, int index, WireFault fault, WireRun.Seen undisturbed, Path folder) {
    int call = undisturbed.calls().stream().filter(begin -> begin <= index).toList().size() - 1;
    int hurried = fault.hangs() ? call : -1;
    Path own = folder.resolve(scene + "-" + index + "-" + fault);
    boolean isRead = undisturbed.requests().get(index).isRead();
    for (Duration hurry = isRead ? HURRY_TO_READ : HURRY; ; hurry = hurry.multipliedBy(2)) {
      WireRun.Seen seen =
          WireRun.disturbed(
              scene, own, new WireRun.Disturbance(index, fault, hurried, hurry, isRead));
      if (seen.hit() || hurry.compareTo(Duration.ofSeconds(10)) > 0) {
        assertThat(seen.hit()).as("the fault was met").isTrue();
        return new WireCase(scene, index, fault, undisturbed, seen);
      }
    }
  }
}
