package nl.praatmetjeboekhouding.dirk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import nl.praatmetjeboekhouding.dirk.internal.Folded;
import nl.praatmetjeboekhouding.dirk.journal.FileJournal;
import nl.praatmetjeboekhouding.dirk.run.Outcome;
import nl.praatmetjeboekhouding.dirk.testing.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What any version of Dirk ever wrote is read by this one, and means what it meant. */
final class GoldenTest {

  @TempDir private Path folder;

  static List<Goldens.Kept> all() {
    return Goldens.all();
  }

  static Stream<Arguments> everyBoundary() {
    return all().stream()
        .flatMap(
            golden ->
                IntStream.rangeClosed(1, golden.length())
                    .mapToObj(entries -> Arguments.of(golden, entries)));
  }

  @Test
  void isThereForEveryRunThatIsRecorded() {
    assertThat(all())
        .extracting(golden -> golden.folder().getFileName().toString())
        .containsAll(GoldenRuns.all().keySet());
  }

  @Test
  void isThereForEveryStoryThatWasEverTold() {
    Folded.stories()
        .forEach(
            (runbook, story) ->
                assertThat(all())
                    .filteredOn(golden -> golden.runbook().equals(runbook))
                    .extracting(Goldens.Kept::story)
                    .containsAll(IntStream.range(1, story).boxed().toList()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void meansWhatItMeant(Goldens.Kept golden) throws IOException {
    try (FileJournal journal = open(golden, golden.lines())) {
      ArrayNode runs = reread(Folded.runs(journal));
      JsonNode known = Folded.known(journal, Scene.PRODUCTION, "memory:" + Scene.PRODUCTION);

      assertKept(golden.about().path("runs"), runs, "runs");
      assertThat(known).isEqualTo(golden.about().path("known"));
      assertThat(Folded.open(journal))
          .containsExactlyElementsOf(
              StreamSupport.stream(runs.spliterator(), false)
                  .filter(GoldenTest::isOpen)
                  .map(run -> run.path("taskId").asText())
                  .toList());
    }
  }

  @ParameterizedTest(name = "{0} after {1} entries")
  @MethodSource("everyBoundary")
  void isOpenWhereverItsProcessWasKilled(Goldens.Kept golden, int entries) throws IOException {
    List<String> lines = golden.cut(entries);
    try (FileJournal journal = open(golden, lines)) {
      JsonNode all = golden.about().path("runs");
      boolean isOver =
          entries == golden.length()
              && StreamSupport.stream(all.spliterator(), false)
                  .filter(run -> run.path("taskId").asText().equals(golden.run()))
                  .noneMatch(GoldenTest::isOpen);

      assertThat(Folded.open(journal).contains(golden.run())).isEqualTo(!isOver);
      assertThat(golden.states(entries)).isNotEmpty();
    }
  }

  private FileJournal open(Goldens.Kept golden, List<String> lines) {
    return FileJournal.open(
        golden.copy(folder, lines), ManualTime.startingAt(Goldens.Kept.after(lines)));
  }

  private static boolean isOpen(JsonNode run) {
    return !run.has("outcome") || !Outcome.valueOf(run.path("outcome").asText()).isFinal();
  }

  /** Numbers as they are once they were written. */
  private static ArrayNode reread(ArrayNode node) throws IOException {
    return (ArrayNode) new JsonMapper().readTree(node.toString());
  }

  /** What was there then is there now; more may have come. */
  private static void assertKept(JsonNode then, JsonNode now, String where) {
    if (then.isObject()) {
      for (Map.Entry<String, JsonNode> field : then.properties()) {
        assertKept(field.getValue(), now.path(field.getKey()), where + "/" + field.getKey());
      }
    } else if (then.isArray()) {
      assertThat(now.size()).as(where).isEqualTo(then.size());
      IntStream.range(0, then.size())
          .forEach(index -> assertKept(then.get(index), now.get(index), where + "/" + index));
    } else {
      assertThat(now).as(where).isEqualTo(then);
    }
  }
}
