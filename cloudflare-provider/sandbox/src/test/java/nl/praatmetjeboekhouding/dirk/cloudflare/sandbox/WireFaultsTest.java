package nl.praatmetjeboekhouding.dirk.cloudflare.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each request of a deploy, of a way back and of a rollback goes wrong in each way in turn, and the
 * run keeps its promises. {@code docs/faults.md} shows what became of each; {@code
 * -Dfaults.write=true} writes it anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireFaultsTest {

  private static final Path DOCUMENT = Path.of("../../docs/faults.md");
  private static final String BEGIN = "<!-- table: begin -->\n";
  private static final String END = "<!-- table: end -->";
  private static final int AT_ONCE = 4;

  /** How much time a call gets in which a write hangs. */
  private static final Duration HURRY = Duration.ofMillis(250);

  /** The same for a read: enough for half of it to pass, and for another attempt. */
  private static final Duration HURRY_TO_READ = Duration.ofSeconds(4);

  private final List<WireCase> cases = new ArrayList<>();

  @BeforeAll
  void disturbEachRequest(@TempDir Path folder) throws Exception {
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
      for (Future<WireCase> each : running) {
        cases.add(each.get());
      }
    } finally {
      executor.shutdownNow();
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

  @TestFactory
  Stream<DynamicTest> everyPromiseIsKept() {
    return cases.stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.toString(),
                    () ->
                        new WirePromises(each.scene(), each.fault().isOutage(), each.seen())
                            .check()));
  }

  @Test
  void theDocumentShowsWhatBecameOfEach() throws IOException {
    String document = Files.readString(DOCUMENT);
    String now =
        document.substring(0, document.indexOf(BEGIN) + BEGIN.length())
            + "\n"
            + WireTable.of(cases)
            + "\n"
            + document.substring(document.indexOf(END));
    if (Boolean.getBoolean("faults.write")) {
      Files.writeString(DOCUMENT, now);
    }

    assertThat(Files.readString(DOCUMENT)).isEqualTo(now);
  }
}
